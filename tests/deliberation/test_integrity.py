"""What should a facilitator look at twice? And what is only what people do?"""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.analysis import Settings, analyse
from deliberation.arrivals import times_of
from deliberation.integrity import Change, compare, find_signals, flagged, without
from deliberation.vote_matrix import VoteMatrix

AGREE, PASS, DISAGREE = 1, 0, -1
QUICK = Settings(resamples=0)


def crowd(people: int = 60, statements: int = 12, seed: int = 3) -> np.ndarray:
    """Shape (people, statements): everybody tosses a coin on everything."""
    return np.random.default_rng(seed).choice([AGREE, DISAGREE], size=(people, statements))


def matrix(choices: np.ndarray) -> VoteMatrix:
    people, statements = np.indices(choices.shape)
    return VoteMatrix.from_votes(people.ravel(), statements.ravel(), choices.ravel())


def accounts(votes: VoteMatrix, reason: str, minutes: np.ndarray | None = None) -> list[int]:
    signals = find_signals(votes, minutes=minutes)
    return [person for person, reasons in flagged(signals).items() if reason in reasons]


def test_four_accounts_with_the_same_twelve_votes_are_noticed() -> None:
    choices = crowd()
    choices[[7, 20, 41, 59]] = choices[7]

    assert accounts(matrix(choices), "identical_votes") == [7, 20, 41, 59]


def test_people_who_toss_coins_are_not_noticed() -> None:
    assert find_signals(matrix(crowd(people=200))) == ()


def test_where_everybody_agrees_being_alike_is_nothing_special() -> None:
    assert find_signals(matrix(np.full((60, 12), AGREE))) == ()


def test_seven_equal_votes_are_too_few_to_say_anything() -> None:
    assert find_signals(matrix(np.tile(crowd(1, 7), (5, 1)))) == ()


@pytest.mark.parametrize("seed", range(5))
def test_two_camps_vote_alike_because_they_think_alike(seed: int) -> None:
    random = np.random.default_rng(seed)
    sides = np.repeat([1, -1], 50)[:, None] * np.array([1, -1] * 5)
    choices = np.where(random.random((100, 10)) < 0.97, sides, -sides)

    assert accounts(matrix(choices), "identical_votes") == []


def test_copies_within_a_camp_are_noticed() -> None:
    random = np.random.default_rng(4)
    sides = np.repeat([1, -1], 50)[:, None] * np.array([1, -1] * 6)
    choices = np.where(random.random((100, 12)) < 0.85, sides, -sides)
    odd = next(i for i in range(50) if (choices[i] != sides[i]).sum() == 4)

    copied = np.concatenate([choices, np.tile(choices[odd], (12, 1))])
    assert accounts(matrix(copied), "identical_votes") == [odd, *range(100, 112)]


def test_an_account_that_agrees_with_everything_is_noticed() -> None:
    choices = crowd(people=60, statements=25)
    choices[5] = AGREE

    assert accounts(matrix(choices), "one_sided") == [5]


def test_accounts_with_one_vote_are_listed() -> None:
    votes = VoteMatrix.from_votes([1, 1, 2, 3], [1, 2, 1, 2], [AGREE, DISAGREE, AGREE, AGREE])

    assert accounts(votes, "one_vote") == [2, 3]


def arrivals(minutes: list[float]) -> tuple[VoteMatrix, np.ndarray]:
    """One after the other comes and votes twice, slowly enough."""
    people = np.repeat(np.arange(len(minutes)), 2)
    votes = VoteMatrix.from_votes(
        people, np.tile([1, 2], len(minutes)), np.tile([AGREE, DISAGREE], len(minutes))
    )
    return votes, np.array([[first, first + 100] for first in minutes]).ravel()


def test_twenty_who_come_at_once_are_noticed() -> None:
    steadily = [60.0 * hour for hour in range(48)]
    votes, minutes = arrivals([*steadily, *[1450.0 + 0.3 * person for person in range(20)]])

    assert set(range(48, 68)) <= set(accounts(votes, "burst", minutes)) <= {*range(48, 68), 24}


def test_a_wave_that_swells_and_ebbs_is_not_a_burst() -> None:
    rates = np.exp(-((np.arange(0, 2880, 10) - 1440) ** 2) / (2 * 240**2)) * 4
    minutes = [
        10.0 * window + 10 * part / rate for window, rate in enumerate(rates) for part in range(int(rate))
    ]
    votes, times = arrivals(minutes)

    assert accounts(votes, "burst", times) == []


def test_a_meeting_where_all_vote_in_the_same_half_hour_is_not_a_burst() -> None:
    votes, minutes = arrivals([0.5 * person for person in range(60)])
    assert accounts(votes, "burst", np.minimum(minutes, 30)) == []


def test_ten_votes_in_nine_seconds_are_hasty() -> None:
    votes = matrix(crowd(2, 10))
    minutes = np.concatenate([np.arange(10) / 60, 5 + np.arange(10) / 10])

    assert accounts(votes, "hurried", minutes) == [0]
    assert accounts(votes, "hurried", np.floor(minutes)) == []  # whole minutes cannot tell


def test_times_find_their_votes() -> None:
    """Bob changed his mind; that he came at minute 1 counts. A vote on a statement that is gone does not."""
    cast = [(2, 5, 1.0), (1, 4, 2.0), (2, 4, 3.0), (2, 5, 9.0), (1, 6, 0.0)]
    people, statements, minutes = zip(*cast, strict=True)
    votes = VoteMatrix.from_votes(people, statements, [AGREE] * 5, statement_ids=[4, 5])

    assert times_of(votes, people, statements, minutes).tolist() == [2.0, 3.0, 1.0]
    with pytest.raises(ValueError, match="has no time"):
        times_of(votes, people[1:3], statements[1:3], minutes[1:3])
    with pytest.raises(ValueError, match="same length"):
        times_of(votes, people, statements, [])
    with pytest.raises(ValueError, match="2 times were given for 3 votes"):
        find_signals(votes, minutes=[1.0, 2.0])


def test_nothing_is_removed_unless_somebody_says_so() -> None:
    choices = crowd()
    choices[:4] = choices[0]
    votes = matrix(choices)
    before = votes.fingerprint()

    signals = find_signals(votes)
    rest = without(votes, flagged(signals))

    assert votes.fingerprint() == before
    assert rest.participant_ids.tolist() == list(range(4, 60))
    assert rest.statement_ids.tolist() == votes.statement_ids.tolist()
    assert without(votes, flagged(signals, reasons=["one_vote"])).fingerprint() == before


def test_only_what_changes_is_told() -> None:
    """Twenty people agree with both; thirty accounts disagree with the first and agree with the second."""
    votes = VoteMatrix.from_votes(
        [*range(50), *range(50)], [1] * 50 + [2] * 50, [AGREE] * 20 + [DISAGREE] * 30 + [AGREE] * 50
    )

    changes = compare(analyse(votes, QUICK), analyse(without(votes, range(20, 50)), QUICK))

    assert changes == (Change(1, 0.4, 1.0, False, True),)


votes_of_few = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 11), st.sampled_from([AGREE, PASS, DISAGREE]), st.floats(0, 5000)
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(votes_of_few, st.randoms(use_true_random=False))
def test_any_crowd_in_any_order(cast: list[tuple[int, int, int, float]], random: object) -> None:
    cast = list({vote[:2]: vote for vote in cast}.values())
    shuffled = sorted(cast, key=lambda _: random.random())  # type: ignore[attr-defined]

    found = []
    for ballots in (cast, shuffled):
        people, statements, choices, minutes = zip(*ballots, strict=True) if ballots else ((), (), (), ())
        votes = VoteMatrix.from_votes(people, statements, choices)
        found.append(
            find_signals(votes, minutes=times_of(votes, people, statements, minutes), fewest_votes=3)
        )

    assert found[0] == found[1]
    json.dumps([asdict(signal) for signal in found[0]], allow_nan=False)
