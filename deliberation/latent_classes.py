"""A latent class model: each group has its own shares of disagree, pass and agree for each statement.

Who is in which group is not observed. What a group says is drawn towards what everybody says, by as many
votes as that statement's own evidence suggests: not at all where groups differ, all the way where they
do not. So a group of few votes does not become a caricature, and statements on which all agree tell
nobody's group.

L. A. Goodman, "Exploratory latent structure analysis using both identifiable and unidentifiable models",
Biometrika 61 (1974); H. Attias, "A variational Bayesian framework for graphical models", NIPS 1999;
spike and slab priors: H. Ishwaran and J. S. Rao, Annals of Statistics 33 (2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import digamma, gammaln

from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_table import VoteTable

# How many votes of the overall shares are added to each group's own: candidates for each statement.
_STRENGTHS = (1.0, 2.0, 4.0, 8.0, 32.0, 128.0)
_MOST_STEPS = 100
_TOLERANCE = 3e-4
# From so many votes on, nothing comes of the last small moves but time.
_MANY_VOTES = 60_000
_TOLERANCE_OF_MANY = 1e-3
# This many votes are spread over the three choices of each statement.
_SPREAD_VOTES = 1.5
# All the votes that fitting may look at after its start, and the fewest rounds in any case.
_AFFORDABLE_VOTES = 3_000_000
_FEWEST_STEPS = 2
# Weighing the prior costs more than a step, and soon changes little.
_STEPS_THAT_WEIGH_THE_PRIOR = frozenset({0, 1, 2, 4, 8, 16, 32, 64})
_STEPS_THAT_WEIGH_THE_PRIOR_OF_MANY = frozenset({0, 2, 8, 32})
_ROUNDS_OF_PREVALENCE = 10


@dataclass(frozen=True, eq=False)
class LatentClasses:
    """Fitted groups.

    Attributes:
        weights: shape (g,), the share of people in each group.
        votes: shape (g, m, 3), expected votes of disagree, pass, agree of each group.
        prior: shape (m, 3), votes added to each group's own; a group's shares are distributed as
            Dirichlet with the sum of both as parameters.

    """

    weights: NDArray[np.float64]
    votes: NDArray[np.float64]
    prior: NDArray[np.float64]

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Shape (g, m, 3): the expected share of each choice."""
        pseudo = self.votes + self.prior
        return np.asarray(pseudo / pseudo.sum(axis=2, keepdims=True))

    @cached_property
    def expected_logs(self) -> NDArray[np.float64]:
        """Shape (g, m, 3): the expected logarithm of each share, lower where the share is less known."""
        pseudo = self.votes + self.prior
        return np.asarray(digamma(pseudo) - digamma(pseudo.sum(axis=2, keepdims=True)))

    def memberships(self, table: VoteTable) -> NDArray[np.float64]:
        """Shape (n, g): the probability of each group given a person's votes; rows sum to one."""
        logs = table.sums_by_person(self.expected_logs.reshape(len(self.weights), -1).T)
        return _softmax(logs.T + np.log(self.weights)[:, None]).T

    def evidence(self, table: VoteTable) -> float:
        """The evidence lower bound of the votes, in nats: the higher, the likelier these groups are."""
        memberships = self.memberships(table)
        shares = _evidence(group_votes(table, memberships), self.prior).sum()
        odds = np.log(self.weights) - np.log(np.maximum(memberships, np.finfo(float).tiny))
        return float(shares + (memberships * odds).sum())

    def largest_first(self) -> LatentClasses:
        """The same groups by descending size."""
        order = np.argsort(-self.weights, kind="stable")
        return LatentClasses(self.weights[order], self.votes[order], self.prior)


def overall_shares(table: VoteTable) -> NDArray[np.float64]:
    """Shape (m, 3): the shares of disagree, pass, agree, with a little doubt added."""
    counts = table.counts + _SPREAD_VOTES / CHOICES
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def fit_classes(table: VoteTable, start: NDArray[np.float64]) -> LatentClasses:
    """Fit groups from a first guess of memberships.

    `start` has shape (k, g), for the first k people; everybody takes part from there on.
    """
    classes = _settle(table.first(len(start)), start, most_steps=_MOST_STEPS)
    if len(start) == table.number_of_people:
        return classes
    most_steps = max(_FEWEST_STEPS, _AFFORDABLE_VOTES // table.number_of_votes)
    return _settle(table, classes.memberships(table), most_steps=most_steps - 1)


def _settle(table: VoteTable, start: NDArray[np.float64], *, most_steps: int) -> LatentClasses:
    memberships = start
    prior = overall_shares(table)
    classes = _maximise(table, memberships, prior)
    many = table.number_of_votes >= _MANY_VOTES
    tolerance = _TOLERANCE_OF_MANY if many else _TOLERANCE
    weighing = _STEPS_THAT_WEIGH_THE_PRIOR_OF_MANY if many else _STEPS_THAT_WEIGH_THE_PRIOR
    for step in range(most_steps):
        if step in weighing:
            prior = _fitting_prior(classes.votes, overall_shares(table))
        classes = LatentClasses(classes.weights, classes.votes, prior)
        improved = classes.memberships(table)
        moved = np.abs(improved - memberships).mean() if improved.size else 0.0
        memberships = improved
        classes = _maximise(table, memberships, prior)
        if moved < tolerance and step > _FEWEST_STEPS:
            break
    return classes


def _maximise(
    table: VoteTable, memberships: NDArray[np.float64], prior: NDArray[np.float64]
) -> LatentClasses:
    sizes = memberships.sum(axis=0) + 1.0
    return LatentClasses(sizes / sizes.sum(), group_votes(table, memberships), prior)


def _fitting_prior(votes: NDArray[np.float64], overall: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m, 3): the overall shares times each statement's own strength.

    How common each strength is among statements is estimated with them (empirical Bayes); a statement's
    strength is the geometric mean over its candidates.
    """
    logs = np.array([_evidence(votes, strength * overall) for strength in _STRENGTHS])
    probabilities = np.full(logs.shape, 1 / len(_STRENGTHS))
    for _ in range(_ROUNDS_OF_PREVALENCE):
        prevalence = probabilities.sum(axis=1) + 0.5
        probabilities = _softmax(logs + np.log(prevalence / prevalence.sum())[:, None])
    strengths = np.exp(np.log(_STRENGTHS) @ probabilities)
    return np.asarray(strengths[:, None] * overall)


def group_votes(table: VoteTable, memberships: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (g, m, 3): votes of each group, everybody counting for each group as likely as they are in it."""
    return table.sums_by_choice(memberships).transpose(2, 0, 1)


def _evidence(votes: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m,): log probability of the groups' votes, their shares being Dirichlet with this prior."""
    pseudo = votes + prior
    groups = np.einsum("gmc->m", gammaln(pseudo)) - gammaln(pseudo.sum(axis=2)).sum(axis=0)
    each = np.einsum("mc->m", gammaln(prior)) - gammaln(prior.sum(axis=1))
    return np.asarray(groups - len(votes) * each)


def _softmax(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (g, n): columns sum to one."""
    odds = np.exp(logs - logs.max(axis=0))
    return np.asarray(odds / odds.sum(axis=0))
