"""What would change the conclusion? Two camps that must survive other ways of looking, and crowds without any."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.analysis import Settings, analyse
from deliberation.analysis_json import from_json, to_json
from deliberation.divisions import into_groups
from deliberation.sensitivity import sensitivity, with_sensitivity
from deliberation.verdicts import common_ground
from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from deliberation.results import Variation

AGREE, PASS, DISAGREE = 1, 0, -1
QUICK = Settings(resamples=0)


def camps(
    sizes: tuple[int, ...], *, statements: int = 12, shared: int = 3, passes: float = 0.1
) -> VoteMatrix:
    """Camps that disagree at random with each other, but all agree with the first few statements."""
    random = np.random.default_rng(5)
    lines = np.where(random.random((len(sizes), statements)) < 0.5, 0.08, 0.92)
    lines[:, :shared] = 0.97
    lines[0, shared:], lines[-1, shared:] = 0.95, 0.05
    agree = random.random((sum(sizes), statements)) < np.repeat(lines, sizes, axis=0)
    choices = np.where(random.random(agree.shape) < passes, PASS, np.where(agree, AGREE, DISAGREE))
    people, columns = np.indices(choices.shape)
    return VoteMatrix.from_votes(people.ravel(), columns.ravel(), choices.ravel())


def table_of(votes: VoteMatrix) -> dict[str, Variation]:
    return {row.name: row for row in sensitivity(votes, analyse(votes, QUICK), QUICK)}


@pytest.fixture(scope="module")
def two_camps() -> VoteMatrix:
    return camps((40, 30))


@pytest.fixture(scope="module")
def table(two_camps: VoteMatrix) -> dict[str, Variation]:
    return table_of(two_camps)


def test_two_clear_camps_are_found_however_one_looks(table: dict[str, Variation]) -> None:
    assert table["minimum_votes_10"].number_of_groups == 2
    for name in ("minimum_votes_3", "minimum_votes_10", "without_passes_as_many_groups", "polis"):
        assert table[name].likeness == pytest.approx(1.0, abs=0.05), name
        assert table[name].common_ground_before == 3
        assert table[name].common_ground_kept == 3


def test_one_group_fewer_than_two_is_none(table: dict[str, Variation]) -> None:
    row = table["one_group_fewer"]

    assert (row.number_of_groups, row.likeness) == (0, None)


def test_one_group_more_splits_a_camp(table: dict[str, Variation]) -> None:
    row = table["one_group_more"]

    assert row.number_of_groups == 3
    assert row.likeness is not None
    assert row.likeness < 1


def test_people_with_few_votes_are_dropped() -> None:
    """Two people who cast two votes each, three who cast eight, one who cast ten."""
    cast = [2, 2, 8, 8, 8, 10]
    votes = VoteMatrix.from_votes(
        np.repeat(np.arange(6), cast),
        np.concatenate([np.arange(number) for number in cast]),
        [AGREE] * sum(cast),
    )

    table = table_of(votes)

    counts = [table[f"minimum_votes_{fewest}"].participants for fewest in (3, 7, 10)]
    assert counts == [4, 4, 1]


def test_forced_groups_are_those_of_the_analysis_where_the_number_is_the_same(two_camps: VoteMatrix) -> None:
    analysis = analyse(two_camps, QUICK)

    forced = into_groups(two_camps, analysis.number_of_groups, QUICK)

    assert common_ground(forced.statements) == common_ground(analysis.statements)


def test_too_early_for_groups_is_too_early_for_other_numbers_of_them() -> None:
    table = table_of(camps((6, 5)))

    assert not {"one_group_fewer", "one_group_more", "without_stability"} & set(table)
    assert table["minimum_votes_3"].number_of_groups == 0
    assert table["minimum_votes_3"].likeness is None


def test_where_no_groups_were_published_it_says_what_stability_hid() -> None:
    table = table_of(camps((60,), statements=6, shared=6))

    assert table["without_stability"].number_of_groups == 0
    assert "one_group_fewer" not in table
    assert table["one_group_more"].number_of_groups == 2


def test_without_passes_they_do_not_count_against_agreement() -> None:
    """Of 30 people 14 agree and 16 pass: most have not spoken, unless passes are left out."""
    votes = VoteMatrix.from_votes(range(30), [1] * 30, [AGREE] * 14 + [PASS] * 16)

    row = table_of(votes)["without_passes"]

    assert (row.common_ground, row.common_ground_before, row.participants) == (1, 0, 14)


def test_the_votes_themselves_are_left_alone(two_camps: VoteMatrix) -> None:
    before = two_camps.fingerprint()
    into_groups(two_camps, 2, QUICK)

    assert two_camps.fingerprint() == before
    assert two_camps.keep(np.ones(two_camps.number_of_votes, dtype=bool)).fingerprint() == before


def test_copies_of_one_account_count_once(two_camps: VoteMatrix) -> None:
    """Twelve accounts vote alike, like neither camp; their ids are told only where people's are."""
    copies = np.repeat(range(900, 912), 12)
    votes = VoteMatrix.from_votes(
        np.concatenate([two_camps.rows, copies]),
        np.concatenate([two_camps.columns, np.tile(range(12), 12)]),
        np.concatenate([two_camps.choices, np.tile([AGREE, DISAGREE, PASS] * 4, 12)]),
    )
    analysis = with_sensitivity(votes, analyse(votes, QUICK), QUICK)

    row = {row.name: row for row in analysis.sensitivity}["without_flagged"]
    written = json.loads(json.dumps(to_json(analysis)))
    assert row.participants == 71
    assert from_json(written).sensitivity == analysis.sensitivity
    assert from_json(written).integrity == analysis.integrity
    assert all(not signal["participant_ids"] for signal in to_json(analysis, participants=False)["integrity"])


crowds = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from([AGREE, PASS, DISAGREE])), max_size=12
)


@settings(deadline=None, max_examples=10)
@given(crowds, st.randoms(use_true_random=False))
def test_any_crowd_gets_a_table_whatever_the_order(cast: list[tuple[int, int, int]], random: object) -> None:
    cast = list({(person, statement): (person, statement, said) for person, statement, said in cast}.values())
    shuffled = sorted(cast, key=lambda _: random.random())  # type: ignore[attr-defined]

    tables = [
        sensitivity(votes, analyse(votes, QUICK), QUICK)
        for votes in (
            VoteMatrix.from_votes(*np.array(c, dtype=int).reshape(-1, 3).T) for c in (cast, shuffled)
        )
    ]

    assert tables[0] == tables[1]
    json.dumps([asdict(row) for row in tables[0]], allow_nan=False)
    assert all(
        row.common_ground_kept <= min(row.common_ground, row.common_ground_before) for row in tables[0]
    )
