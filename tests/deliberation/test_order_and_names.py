"""The same votes give the same answer; other names give the same answer under other names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deliberation.analysis import Settings, analyse
from deliberation.analysis_json import to_json
from deliberation.at_once import ENOUGH_VOTES
from deliberation.vote_matrix import VoteMatrix
from tests.deliberation.planting import planted

if TYPE_CHECKING:
    from random import Random

QUICK = Settings(resamples=0, minimum_voters_for_groups=8, minimum_group_size=2)

VOTES = st.dictionaries(
    st.tuples(st.integers(0, 14), st.integers(0, 7)), st.sampled_from([-1, 0, 1]), max_size=100
)
RELAXED = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def matrix(votes: dict[tuple[int, int], int]) -> VoteMatrix:
    people, statements = [cell[0] for cell in votes], [cell[1] for cell in votes]
    return VoteMatrix.from_votes(people, statements, list(votes.values()), statement_ids=range(8))


def written(votes: VoteMatrix, choices: Settings = QUICK) -> str:
    return json.dumps(to_json(analyse(votes, choices)), allow_nan=False)


@RELAXED
@given(VOTES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(votes: dict[tuple[int, int], int], random: Random) -> None:
    cells = list(votes.items())
    random.shuffle(cells)

    assert written(matrix(dict(cells))) == written(matrix(votes))


@RELAXED
@given(VOTES, st.permutations(range(15)), st.permutations(range(8)))
def test_other_names_only_rename(
    votes: dict[tuple[int, int], int], people: list[int], statements: list[int]
) -> None:
    renamed = matrix({(people[i], statements[j]): choice for (i, j), choice in votes.items()})

    before, after = analyse(matrix(votes), QUICK), analyse(renamed, QUICK)

    assert after.number_of_groups == before.number_of_groups
    # Votes can be so symmetric that people trade places: then each place is still taken, by one of them.
    np.testing.assert_allclose(np.sort(after.places.errors), np.sort(before.places.errors), atol=0.01)
    assert sorted(group.size for group in after.groups) == sorted(group.size for group in before.groups)
    for statement in before.statements:
        assert after.statements[statements[statement.id]].overall == statement.overall


@RELAXED
@given(VOTES)
def test_any_votes_have_a_sensible_answer(votes: dict[tuple[int, int], int]) -> None:
    analysis = analyse(matrix(votes), QUICK)

    places = analysis.places
    assert np.isfinite(places.positions).all()
    assert ((places.errors >= 0) & (places.errors <= 2**0.5)).all()
    if analysis.number_of_groups:
        np.testing.assert_allclose(places.memberships.sum(axis=1), 1.0)
    for statement in analysis.statements:
        for tally in (statement.overall, *statement.groups):
            shares = (tally.agree, tally.disagree, tally.passed)
            assert all(0 <= share.low <= share.share <= share.high <= 1 for share in shares)
            if tally.votes:
                assert sum(share.count for share in shares) == tally.votes


def test_renaming_people_in_groups_only_renames() -> None:
    votes, _groups = planted((80, 70), votes=12)
    rng = np.random.default_rng(5)
    people, statements = rng.permutation(150), rng.permutation(30)
    renamed = VoteMatrix.from_votes(people[votes.rows], statements[votes.columns], votes.choices)
    choices = Settings(resamples=1)

    before, after = analyse(votes, choices), analyse(renamed, choices)

    assert before.number_of_groups == 2
    np.testing.assert_array_equal(after.places.positions[people], before.places.positions)
    np.testing.assert_array_equal(after.places.memberships[people], before.places.memberships)
    assert [group.stability for group in after.groups] == [group.stability for group in before.groups]
    assert after.sensitivity == before.sensitivity


def test_the_inputs_are_left_alone() -> None:
    votes, _groups = planted((60, 50))
    before = {name: getattr(votes, name).copy() for name in ("rows", "columns", "choices", "statement_ids")}

    analyse(votes, Settings(resamples=1))

    for name, values in before.items():
        np.testing.assert_array_equal(getattr(votes, name), values)


def test_a_second_analysis_is_the_same_to_the_last_bit() -> None:
    votes, _groups = planted((60, 50))

    assert written(votes, Settings(resamples=1)) == written(votes, Settings(resamples=1))


def test_two_threads_and_another_order_of_arrival_change_nothing() -> None:
    """So many votes that two threads work on them."""
    votes, _groups = planted((1500, 1000), votes=28)
    order = np.random.default_rng(3).permutation(votes.number_of_votes)
    shuffled = VoteMatrix.from_votes(votes.rows[order], votes.columns[order], votes.choices[order])

    assert votes.number_of_votes >= ENOUGH_VOTES
    assert written(shuffled, Settings(resamples=0)) == written(votes, Settings(resamples=0))


def test_another_seed_is_written_down() -> None:
    votes, _groups = planted((30, 30))

    assert analyse(votes, Settings(seed=3, resamples=0)).provenance.settings["seed"] == 3
