"""Consultations whose truth is known: people in planted groups, or none, who vote as people do.

Participation is log-normal, early statements are seen more, and statements that people agree with are
shown more often, as routing makes it. A share of the votes is noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import softmax
from sklearn.metrics import adjusted_rand_score

from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHOICES = np.array([-1, 0, 1])


@dataclass(frozen=True)
class Setting:
    """How a consultation is planted.

    Attributes:
        people: n.
        statements: m.
        groups: how many are planted; 1 plants none.
        votes: median votes per person.
        separation: standard deviation of the groups' log odds of agreement on contested statements.
        contested: share of statements on which groups differ.
        noise: share of votes that are cast at random.
        smallest: the weight of the smallest group next to the largest.

    """

    people: int
    statements: int
    groups: int
    votes: int
    separation: float = 1.5
    contested: float = 0.5
    noise: float = 0.1
    smallest: float = 0.5


@dataclass(frozen=True, eq=False)
class Planted:
    """A consultation and its truth.

    Attributes:
        votes: what people said.
        groups: shape (n,), who is in which group; the row order of `votes.participant_ids`.
        probabilities: shape (g, m, 3), of disagree, pass, agree.
        weights: shape (g,).

    """

    votes: VoteMatrix
    groups: NDArray[np.int64]
    probabilities: NDArray[np.float64]
    weights: NDArray[np.float64]

    def bayes_optimal(self) -> NDArray[np.int64]:
        """The best guess at each person's group by someone who knows the true probabilities."""
        votes = self.votes
        logs = np.log(self.probabilities)[:, votes.columns, votes.choices.astype(int) + 1]
        n = len(votes.participant_ids)
        scores = np.stack([np.bincount(votes.rows, weights=row, minlength=n) for row in logs])
        return np.asarray((scores + np.log(self.weights)[:, None]).argmax(axis=0))

    def index_of(self, labels: NDArray[np.int64]) -> float:
        """Adjusted Rand index of a grouping against the planted one."""
        return float(adjusted_rand_score(self.groups, labels))


def plant(setting: Setting, seed: int) -> Planted:
    """Draw a consultation with groups, or with one group: noise around shared opinions."""
    rng = np.random.default_rng(seed)
    g, m = setting.groups, setting.statements
    weights = np.geomspace(1.0, setting.smallest, g)
    weights /= weights.sum()
    contested = rng.random(m) < setting.contested
    lean = rng.normal(0.3, 1.0, m) + setting.separation * contested * rng.normal(size=(g, m))
    passing = rng.normal(-0.8, 0.5, m) + np.zeros((g, m))
    probabilities = softmax(np.stack([-lean / 2, passing, lean / 2], axis=2), axis=2)
    probabilities = (1 - setting.noise) * probabilities + setting.noise / 3
    groups = rng.choice(g, size=setting.people, p=weights)
    appeal = np.einsum("g,gm->m", weights, probabilities[:, :, 2])
    who, what = _participation(setting, appeal, rng)
    drawn = (rng.random(len(who))[:, None] > probabilities[groups[who], what].cumsum(axis=1)).sum(axis=1)
    return _planted((who, what), np.minimum(drawn, 2), groups, probabilities, weights)


def plant_continuum(setting: Setting, seed: int, *, dimensions: int = 1, uniform: bool = False) -> Planted:
    """Draw a consultation without groups, where people differ by degree along one or more lines."""
    rng = np.random.default_rng(seed)
    n, m = setting.people, setting.statements
    places = rng.uniform(-1.7, 1.7, (n, dimensions)) if uniform else rng.normal(size=(n, dimensions))
    contested = rng.random(m) < setting.contested
    slopes = setting.separation * contested[:, None] * rng.normal(size=(m, dimensions)) / dimensions**0.5
    base = rng.normal(0.3, 1.0, m)
    passing = rng.normal(-0.8, 0.5, m)
    appeal = 1 / (1 + np.exp(-base))
    who, what = _participation(setting, appeal, rng)
    lean = base[what] + (places[who] * slopes[what]).sum(axis=1)
    chances = softmax(np.stack([-lean / 2, passing[what], lean / 2], axis=1), axis=1)
    chances = (1 - setting.noise) * chances + setting.noise / 3
    drawn = (rng.random(len(who))[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    none = np.zeros(n, dtype=np.int64)
    return _planted((who, what), np.minimum(drawn, 2), none, np.full((1, m, 3), 1 / 3), np.ones(1))


def _participation(
    setting: Setting, appeal: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who was shown what: a weighted draw without replacement for each person."""
    n, m = setting.people, setting.statements
    amounts = np.clip(np.round(setting.votes * rng.lognormal(0.0, 0.7, n)), 1, m).astype(int)
    exposure = (1 + 2 * appeal) * np.exp(-0.7 * np.arange(m) / m)
    who, what = [], []
    for first in range(0, n, 5000):
        part = np.arange(first, min(first + 5000, n))
        order = np.argsort(rng.exponential(size=(len(part), m)) / exposure, axis=1)
        shown = np.arange(m)[None, :] < amounts[part][:, None]
        who.append(np.repeat(part, amounts[part]))
        what.append(order[shown])
    return np.concatenate(who), np.concatenate(what)


def _planted(
    shown: tuple[NDArray[np.int64], NDArray[np.int64]],
    drawn: NDArray[np.int64],
    groups: NDArray[np.int64],
    probabilities: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Planted:
    votes = VoteMatrix.from_votes(*shown, CHOICES[drawn], statement_ids=range(probabilities.shape[1]))
    return Planted(votes, groups[votes.participant_ids], probabilities, weights)


TRUTH = {
    "300 x 60, 2 groups": Setting(300, 60, 2, 20, separation=3.5),
    "300 x 60, 3 groups": Setting(300, 60, 3, 30, separation=3.0),
    "500 x 100, 3 groups": Setting(500, 100, 3, 30, separation=2.5),
    "1,000 x 100, 2 groups": Setting(1000, 100, 2, 15, separation=3.0, noise=0.2),
    "1,000 x 150, 4 groups": Setting(1000, 150, 4, 40, separation=2.5),
    "2,000 x 200, 5 groups": Setting(2000, 200, 5, 50, separation=2.5, smallest=0.3),
    "5,000 x 300, 3 groups": Setting(5000, 300, 3, 25, separation=3.0, contested=0.3),
    "10,000 x 300, 4 groups": Setting(10000, 300, 4, 30, separation=2.0, contested=0.8),
    "20,000 x 500, 5 groups": Setting(20000, 500, 5, 60, separation=2.0, smallest=0.2),
}
