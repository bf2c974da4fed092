"""Made-up people for the demonstration: who they are, when they come and what they vote.

The aim is a consultation that looks like real ones: camps of uneven size that overlap, people who
belong to none, statements that came late and have few votes, and far more gaps than votes for some.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deliberation.ballot import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from participation.demonstration.content import Statement

#: The seed of the published demonstration, so that everybody can make the same people again.
DEMONSTRATION_SEED = 20

#: The camps and their shares. What is left are people who belong to none.
CAMP_SHARES: Mapping[str, float] = {"rights": 0.42, "enforcement": 0.30, "service": 0.19}
LANGUAGE_SHARES: Mapping[str, float] = {"en": 0.44, "fr": 0.33, "ar": 0.23}

#: How strongly people of a camp follow it rather than the others; 12 to 2 leaves room for overlap.
LOYALTY = (12.0, 2.0)
#: People differ in how readily they agree with anything, and in how often they pass.
SPREAD_OF_AGREEABLENESS = 0.35
SPREAD_OF_HESITATION = 0.6
#: Half of those who start to vote stop after this many, or when nothing is left.
MEDIAN_VOTES = 18
SPREAD_OF_VOTES = 0.85
#: From one vote to the next, as a share of the timeline: about twenty seconds in four weeks.
PACE = 8e-6


class SimulatedVote(NamedTuple):
    """One vote. The indexes are places in Simulation.people and in the statements that were given."""

    person: int
    statement: int
    choice: Choice
    #: The share of the timeline that had passed.
    time: float


@dataclass(frozen=True)
class Person:
    """One simulated person. Without a camp, they mix what the camps think in their own way."""

    camp: str | None
    language: str
    #: When they came, as a share of the timeline.
    came: float


@dataclass(frozen=True)
class Simulation:
    """People in the order in which they came, and their votes in the order in which they were cast."""

    people: tuple[Person, ...]
    votes: tuple[SimulatedVote, ...]
    #: By statement index: the person who wrote it. Participants' statements only, if somebody came before.
    authors: Mapping[int, int]


def simulate(statements: Sequence[Statement], *, seed: int, people: int = 400) -> Simulation:
    """People and votes on the published statements. The same seed gives the same result."""
    rng = np.random.default_rng(seed)
    crowd = _people(rng, people)
    published = [index for index, statement in enumerate(statements) if statement.state == "published"]
    arrivals = np.array([statements[index].arrival for index in published])
    leans = _leans([statements[index] for index in published])
    votes: list[SimulatedVote] = []
    for number, person in enumerate(crowd):
        chances = _chances(rng, person, leans)
        there = np.flatnonzero(arrivals <= person.came)
        wanted = round(rng.lognormal(np.log(MEDIAN_VOTES), SPREAD_OF_VOTES))
        seen = rng.permutation(there)[: max(wanted, 2)]
        times = person.came + np.cumsum(rng.exponential(PACE, size=len(seen)))
        for place, time in zip(seen, times, strict=True):
            choice = rng.choice([Choice.AGREE, Choice.DISAGREE, Choice.PASS], p=chances[place])
            votes.append(SimulatedVote(number, published[place], Choice(int(choice)), min(float(time), 1.0)))
    votes.sort(key=lambda vote: vote.time)
    return Simulation(crowd, tuple(votes), _authors(statements, crowd))


def _people(rng: np.random.Generator, number: int) -> tuple[Person, ...]:
    camps = rng.choice(
        [*CAMP_SHARES, ""], size=number, p=[*CAMP_SHARES.values(), 1 - sum(CAMP_SHARES.values())]
    )
    languages = rng.choice(list(LANGUAGE_SHARES), size=number, p=list(LANGUAGE_SHARES.values()))
    # Many come when it is announced, some whenever, some shortly before it closes.
    waves = np.stack([rng.beta(1.2, 3.5, number), rng.random(number), rng.beta(7, 1.2, number)])
    wave = rng.choice(3, size=number, p=[0.4, 0.4, 0.2])
    moments = np.sort(waves[wave, np.arange(number)] * 0.99)
    return tuple(
        Person(str(camp) or None, str(language), float(came))
        for camp, language, came in zip(camps, languages, moments, strict=True)
    )


def _leans(statements: Sequence[Statement]) -> NDArray[np.float64]:
    """The chances to agree, disagree and pass; by camp and statement."""
    pairs = np.array(
        [[(s.lean[camp].agree, s.lean[camp].disagree) for s in statements] for camp in CAMP_SHARES]
    )
    return np.concatenate([pairs, 1 - pairs.sum(axis=2, keepdims=True)], axis=2)


def _chances(rng: np.random.Generator, person: Person, leans: NDArray[np.float64]) -> NDArray[np.float64]:
    """One person's chances: a mixture of the camps, bent by temperament."""
    camps = list(CAMP_SHARES)
    mixture = rng.dirichlet(np.ones(len(camps)))
    if person.camp is not None:
        own = np.eye(len(camps))[camps.index(person.camp)]
        loyalty = rng.beta(*LOYALTY)
        mixture = loyalty * own + (1 - loyalty) * mixture
    agreeableness = rng.normal(0, SPREAD_OF_AGREEABLENESS)
    hesitation = rng.normal(0, SPREAD_OF_HESITATION)
    bent = np.tensordot(mixture, leans, axes=1) * np.exp([agreeableness, -agreeableness, hesitation])
    return np.asarray(bent / bent.sum(axis=1, keepdims=True))


def _authors(statements: Sequence[Statement], crowd: Sequence[Person]) -> dict[int, int]:
    """For each participant's statement, the last newcomer before it who speaks its language.

    So nobody votes on their own statement: it appeared after they had left.
    """
    authors: dict[int, int] = {}
    for index, statement in sorted(enumerate(statements), key=lambda entry: entry[1].arrival):
        if statement.author == "participant":
            earlier = (
                number
                for number in range(len(crowd) - 1, -1, -1)
                if crowd[number].came < statement.arrival
                and crowd[number].language == statement.language
                and number not in authors.values()
            )
            author = next(earlier, None)
            if author is not None:
                authors[index] = author
    return authors
