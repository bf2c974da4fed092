"""Copies of accounts, sensitivity, axes beyond chance, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deliberation.analysis import Settings, analyse
from deliberation.analysis_json import UnknownSchemaError, from_json, to_json
from deliberation.axes import axes_beyond_chance
from deliberation.sensitivity import with_sensitivity
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange
from tests.deliberation.planting import continuum, planted

if TYPE_CHECKING:
    from deliberation.results import Analysis


def test_identical_votes_are_a_signal() -> None:
    votes, _groups = planted((60, 50), votes=20)
    copies = np.flatnonzero(votes.rows == 4)
    forged = VoteMatrix.from_votes(
        np.concatenate([votes.rows, np.full(len(copies), 900), np.full(len(copies), 901)]),
        np.concatenate([votes.columns, votes.columns[copies], votes.columns[copies]]),
        np.concatenate([votes.choices, votes.choices[copies], votes.choices[copies]]),
    )

    settings = Settings(resamples=1)
    analysis = with_sensitivity(forged, analyse(forged, settings), settings)

    assert [s.participant_ids for s in analysis.integrity if s.reason == "identical_votes"] == [(4, 900, 901)]
    without = next(variation for variation in analysis.sensitivity if variation.name == "without_flagged")
    assert without.participants == analysis.number_of_participants - 2


def test_clear_groups_survive_other_choices(two_groups: Analysis) -> None:
    told = with_sensitivity(planted((100, 90)).votes, two_groups, Settings(resamples=5))
    variations = {variation.name: variation for variation in told.sensitivity}
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
