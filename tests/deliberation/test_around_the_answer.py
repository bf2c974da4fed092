"""Weighting, integrity signals, sensitivity, axes beyond chance, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deliberation.analysis import Settings, analyse
from deliberation.analysis_json import UnknownSchemaError, from_json, to_json
from deliberation.axes import axes_beyond_chance
from deliberation.integrity import bursts
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange
from deliberation.weighting import ImpossibleMarginsError, rake, suppress_small_cells, weigh_shares
from tests.deliberation.planting import continuum, planted, votes_of

if TYPE_CHECKING:
    from deliberation.results import Analysis


def test_raked_weights_meet_the_margins() -> None:
    attributes = {"age": ["young"] * 30 + ["old"] * 70, "place": ["town", "country"] * 50}
    margins = {"age": {"young": 0.5, "old": 0.5}, "place": {"town": 0.6, "country": 0.4}}

    weights = rake(attributes, margins, people=100)

    young, town = np.array(attributes["age"]) == "young", np.array(attributes["place"]) == "town"
    assert weights.values[young].sum() == pytest.approx(50)
    assert weights.values[town].sum() == pytest.approx(60)
    assert weights.effective_sample < 100


def test_margins_that_are_met_already_change_nothing() -> None:
    weights = rake({"age": ["young", "old"] * 20}, {"age": {"young": 0.5, "old": 0.5}}, people=40)

    np.testing.assert_allclose(weights.values, 1.0)
    assert weights.effective_sample == pytest.approx(40)


@pytest.mark.parametrize(
    ("margins", "reason"),
    [
        ({"young": 0.5, "old": 0.4}, "not to 1"),
        ({"young": 1.0}, "no margin for"),
        ({"young": 0.4, "old": 0.4, "child": 0.2}, "took part"),
    ],
)
def test_impossible_margins_are_refused(margins: dict[str, float], reason: str) -> None:
    with pytest.raises(ImpossibleMarginsError, match=reason):
        rake({"age": ["young", "old"]}, {"age": margins}, people=2)


def test_weighted_shares_stand_beside_unweighted_ones() -> None:
    votes = votes_of(*[[1]] * 30, *[[-1]] * 70)
    weights = rake({"age": ["young"] * 30 + ["old"] * 70}, {"age": {"young": 0.5, "old": 0.5}}, people=100)

    shares = weigh_shares(votes, weights)

    assert shares.unweighted[0, 0] == pytest.approx(0.3)
    assert shares.weighted[0, 0] == pytest.approx(0.5)
    assert shares.low[0, 0] < 0.5 < shares.high[0, 0]


def test_a_hidden_cell_cannot_be_worked_out() -> None:
    hidden = suppress_small_cells(np.array([[3, 40, 50], [30, 20, 10], [12, 13, 14]]))

    assert hidden[0, 0]
    assert all(row.sum() != 1 for row in hidden)
    assert all(column.sum() != 1 for column in hidden.T)


def test_identical_votes_are_a_signal() -> None:
    votes, _groups = planted((60, 50), votes=20)
    copies = np.flatnonzero(votes.rows == 4)
    forged = VoteMatrix.from_votes(
        np.concatenate([votes.rows, np.full(len(copies), 900), np.full(len(copies), 901)]),
        np.concatenate([votes.columns, votes.columns[copies], votes.columns[copies]]),
        np.concatenate([votes.choices, votes.choices[copies], votes.choices[copies]]),
    )

    analysis = analyse(forged, Settings(resamples=1))

    assert analysis.integrity.identical == ((4, 900, 901),)
    without = next(variation for variation in analysis.sensitivity if variation.name == "without_flagged")
    assert without.participants == analysis.number_of_participants - 2


def test_agreeing_with_everything_like_everybody_is_no_signal() -> None:
    assert analyse(votes_of(*[[1] * 12] * 30), Settings(resamples=0)).integrity.identical == ()


def test_accounts_with_one_vote_are_a_signal() -> None:
    votes = votes_of(*[[1, -1] * 6] * 20, [1] + [None] * 11)

    assert analyse(votes, Settings(resamples=0)).integrity.one_statement == (20,)


def test_nobody_reads_fifty_statements_in_a_minute() -> None:
    hasty, calm = np.full(50, 1), np.full(50, 2)
    seconds = np.concatenate([np.arange(50), np.arange(50) * 10])

    assert bursts(np.concatenate([hasty, calm]), seconds) == (1,)
    assert bursts([], []) == ()


def test_clear_groups_survive_other_choices(two_groups: Analysis) -> None:
    variations = {variation.name: variation for variation in two_groups.sensitivity}
    assert {"minimum_votes_3", "minimum_votes_7", "minimum_votes_10", "without_passes"} <= set(variations)
    assert variations["without_passes"].number_of_groups == 2
    assert variations["minimum_votes_7"].likeness is not None
    assert variations["minimum_votes_7"].likeness > 0.9


def test_one_line_is_one_axis_and_noise_is_none() -> None:
    line, noise = arrange(continuum(200)).table, arrange(planted((200,)).votes).table

    assert axes_beyond_chance(line, Settings()) == 1
    assert axes_beyond_chance(noise, Settings()) == 0


def test_json_holds_everything(two_groups: Analysis) -> None:
    written = json.dumps(to_json(two_groups), allow_nan=False)

    read = from_json(json.loads(written))

    assert json.dumps(to_json(read)) == written
    assert read.groups == two_groups.groups
    assert read.statements == two_groups.statements
    assert read.sensitivity == two_groups.sensitivity


def test_json_without_participants_names_nobody() -> None:
    assert (
        to_json(analyse(planted((20,)).votes, Settings(resamples=0)), participants=False)["participants"]
        == []
    )


def test_json_of_another_version_is_refused() -> None:
    with pytest.raises(UnknownSchemaError, match="schema version 1"):
        from_json({"schema_version": "0"})
