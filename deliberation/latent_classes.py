"""A latent class model: each group has its own shares of agree, pass and disagree for each statement.

Who is in which group is not observed. Shares are uncertain and are drawn towards the overall ones as
far as the votes leave doubt (variational Bayes with Dirichlet priors), so that a group of few votes
does not become a caricature.

L. A. Goodman, "Exploratory latent structure analysis", Biometrika 61 (1974); H. Attias, "A variational
Bayesian framework for graphical models", NIPS 1999.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import digamma

from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_table import VoteTable

_MOST_STEPS = 100
_TOLERANCE = 1e-4
# One vote is spread over the three choices of a statement nobody has voted on.
_SPREAD_VOTES = 1.5


@dataclass(frozen=True, eq=False)
class LatentClasses:
    """Fitted groups.

    Attributes:
        weights: shape (g,), the share of people in each group.
        pseudo_votes: shape (g, m, 3), votes of disagree, pass, agree plus those of the prior; a group's
            shares are distributed as Dirichlet with these parameters.

    """

    weights: NDArray[np.float64]
    pseudo_votes: NDArray[np.float64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Shape (g, m, 3): the expected share of each choice."""
        return np.asarray(self.pseudo_votes / self.pseudo_votes.sum(axis=2, keepdims=True))

    def memberships(self, table: VoteTable) -> NDArray[np.float64]:
        """Shape (n, g): the probability of each group given a person's votes; rows sum to one."""
        expected = digamma(self.pseudo_votes) - digamma(self.pseudo_votes.sum(axis=2, keepdims=True))
        logs = table.indicators @ expected.reshape(len(self.weights), -1).T.astype(np.float32)
        return _softmax(logs.astype(np.float64) + np.log(self.weights))


def overall_shares(table: VoteTable) -> NDArray[np.float64]:
    """Shape (m, 3): the shares of disagree, pass, agree, with a little doubt added."""
    counts = table.counts + _SPREAD_VOTES / CHOICES
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def fit_classes(
    table: VoteTable, start: NDArray[np.float64], *, prior_votes: float = 6.0, most_steps: int = _MOST_STEPS
) -> LatentClasses:
    """Fit groups from a first guess of memberships, shape (n, g).

    `prior_votes` is how many votes the overall shares count for in each group.
    """
    prior = prior_votes * overall_shares(table)
    memberships = start
    classes = _maximise(table, memberships, prior)
    for _ in range(most_steps):
        improved = classes.memberships(table)
        moved = np.abs(improved - memberships).mean() if improved.size else 0.0
        memberships = improved
        classes = _maximise(table, memberships, prior)
        if moved < _TOLERANCE:
            break
    return classes


def _maximise(
    table: VoteTable, memberships: NDArray[np.float64], prior: NDArray[np.float64]
) -> LatentClasses:
    votes = table.indicators.T @ memberships.astype(np.float32)
    sizes = memberships.sum(axis=0) + 1.0
    shape = (memberships.shape[1], table.number_of_statements, CHOICES)
    return LatentClasses(sizes / sizes.sum(), votes.T.reshape(shape).astype(np.float64) + prior)


def _softmax(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    odds = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
