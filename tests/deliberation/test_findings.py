"""Common ground, what divides, what sets groups apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from deliberation.analysis import Settings, analyse
from deliberation.group_voices import voices_of_groups
from deliberation.latent_classes import fit_classes
from deliberation.opinion_groups import OpinionGroups
from deliberation.opinion_map import fit_axes, place
from deliberation.search import starting_memberships
from deliberation.stability import Stability
from deliberation.verdicts import common_ground
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange
from tests.deliberation.planting import planted

if TYPE_CHECKING:
    from deliberation.results import Analysis

QUICK = Settings(resamples=0)
SHARED, REJECTED, DIVIDING, UNCERTAIN, UNSEEN = 100, 101, 102, 103, 104


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """Two groups, and four statements of which the answer is known."""
    votes, groups = planted((110, 90))
    people = votes.participant_ids
    known = {SHARED: 1, REJECTED: -1, DIVIDING: np.where(groups == 0, 1, -1), UNCERTAIN: 0}
    return analyse(
        VoteMatrix.from_votes(
            np.concatenate([votes.rows, *[people] * 4]),
            np.concatenate([votes.columns, *(np.full(len(people), number) for number in known)]),
            np.concatenate([votes.choices, *(np.broadcast_to(said, len(people)) for said in known.values())]),
            statement_ids=[*votes.statement_ids.tolist(), *known, UNSEEN],
        ),
        QUICK,
    )


def test_what_both_groups_agree_with_is_common_ground(analysis: Analysis) -> None:
    by_id = {statement.id: statement for statement in analysis.statements}

    assert by_id[SHARED].common_ground_agree > 0.9
    assert by_id[REJECTED].common_ground_disagree > 0.9
    assert by_id[DIVIDING].common_ground_agree < 0.1
    assert by_id[UNCERTAIN].common_ground_agree < 0.1


def test_a_pass_is_not_a_disagreement(analysis: Analysis) -> None:
    uncertain = next(statement for statement in analysis.statements if statement.id == UNCERTAIN)

    assert uncertain.common_ground_disagree < 0.1
    assert uncertain.uncertainty == 1.0


@pytest.mark.parametrize(
    ("agree", "disagree", "passes", "shared"),
    [(60, 0, 40, True), (55, 45, 0, False), (45, 5, 50, True), (30, 0, 70, False), (0, 60, 40, True)],
)
def test_passes_take_no_side_but_a_crowd_that_passes_has_not_spoken(
    agree: int, disagree: int, passes: int, *, shared: bool
) -> None:
    said = [1] * agree + [-1] * disagree + [0] * passes
    analysis = analyse(VoteMatrix.from_votes(range(100), [1] * 100, said), QUICK)

    assert bool(common_ground(analysis.statements)) == shared


def test_what_splits_the_groups_divides(analysis: Analysis) -> None:
    divisiveness = {statement.id: statement.divisiveness for statement in analysis.statements}

    assert divisiveness[DIVIDING] > 0.8
    assert divisiveness[SHARED] < 0.05
    assert divisiveness[UNCERTAIN] < 0.05


def test_of_a_statement_nobody_saw_nothing_may_be_read(analysis: Analysis) -> None:
    unseen = analysis.statements[-1]

    assert unseen.id == UNSEEN
    assert not unseen.enough_votes
    assert (unseen.overall.agree.low, unseen.overall.agree.high) == (0.0, 1.0)
    assert unseen.common_ground_agree == 0.0


def test_each_group_says_what_it_says(analysis: Analysis) -> None:
    said = [{voice.statement_id: voice for voice in group.voices} for group in analysis.groups]
    directions = {group[DIVIDING].direction for group in said}

    assert directions == {"agree", "disagree"}
    for group in said:
        assert SHARED not in group
        assert group[DIVIDING].low <= group[DIVIDING].effect <= group[DIVIDING].high


def test_the_slate_speaks_for_both(analysis: Analysis) -> None:
    assert SHARED in analysis.slate.statement_ids
    assert REJECTED not in analysis.slate.statement_ids
    assert list(analysis.slate.coverage) == sorted(analysis.slate.coverage, reverse=True)


def test_noise_has_no_voices() -> None:
    """Groups forced upon random votes: what defined them must not count as a discovery."""
    table = arrange(planted((300,), votes=20).votes).table
    classes = fit_classes(table, starting_memberships(place(table, fit_axes(table)).means, 2, 0))
    groups = OpinionGroups(classes.memberships(table), classes, Stability.unmeasured(2), None)

    voices = voices_of_groups(table, groups, np.arange(30), minimum_votes=10)

    assert sum(len(group) for group in voices) <= 2


def test_intervals_hold_in_simulation() -> None:
    votes, groups = planted((150, 150), votes=20, seed=4)
    rng = np.random.default_rng(4)
    truth = 1 / (1 + np.exp(-rng.normal(scale=3.0, size=(2, 30))))
    analysis = analyse(votes, QUICK)
    labels = analysis.places.memberships.argmax(axis=1)
    order = [0, 1] if (labels == groups).mean() > 0.5 else [1, 0]

    held = [
        tally.agree.low <= 0.9 * truth[order[index], statement.id] <= tally.agree.high
        for statement in analysis.statements
        for index, tally in enumerate(statement.groups)
    ]

    assert np.mean(held) >= 0.88
