"""Where does each person stand, and how sure are we?

Probabilistic principal components, fitted to the votes that were cast: a vote that was never cast is
not guessed. The model: what person i says about statement j, as -1, 0 or 1, is

    mean_j + loadings_j . place_i + noise,   place_i ~ N(0, I),   noise ~ N(0, variance).

M. E. Tipping and C. M. Bishop, "Probabilistic principal component analysis", JRSS B 61 (1999);
A. Ilin and T. Raiko, "Practical approaches to principal component analysis in the presence of missing
values", JMLR 11 (2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_table import VoteTable

# People see two axes; looking for groups needs one fewer than the most groups we look for.
SHOWN_AXES = 2
FITTED_AXES = 4
_MOST_STEPS = 25
# From so many votes on, further steps fit the sample closer and predict hidden votes no better.
_MANY_VOTES = 60_000
_MOST_STEPS_OF_MANY = 5
# What is left of doubt about the axes is then little beside that about anybody's place.
_VOTES_THAT_REFINE = 600_000
_TOLERANCE = 3e-3
_SMALLEST_VARIANCE = 1e-3
# As many votes of zero are added to each statement's mean, and to each loading.
_PRIOR_VOTES = 2.0
# Below this reliability the votes say nothing about a direction.
_NO_RELIABILITY = 1e-9


@dataclass(frozen=True, eq=False)
class Axes:
    """What a map is drawn with: d axes, the one that explains most first.

    Attributes:
        means: shape (m,), the mean vote on each statement, from -1 to 1.
        loadings: shape (m, d), how much a step along each axis moves a vote.
        variance: what is left of a vote's variance when place and statement are known.

    """

    means: NDArray[np.float64]
    loadings: NDArray[np.float64]
    variance: float

    @property
    def strengths(self) -> NDArray[np.float64]:
        """Shape (d,): the variance that each axis explains, summed over statements."""
        return np.asarray((self.loadings**2).sum(axis=0))


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the votes say about places: means, shape (n, d), and covariances, shape (n, d, d)."""

    means: NDArray[np.float64]
    covariances: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Everybody's place, in standard deviations of people along an axis.

    Attributes:
        positions: shape (n, 2).
        errors: shape (n,), standard error of a position, the root mean square over the two axes.

    """

    positions: NDArray[np.float64]
    errors: NDArray[np.float64]


def draw_map(posterior: Posterior) -> OpinionMap:
    """Places on the first two axes, spread alike for people with few votes and with many.

    A posterior mean draws people with few votes to the middle; a maximum of the likelihood flings them
    out. Dividing the mean by the square root of its own reliability gives everybody the spread of the
    population, and puts the doubt where it belongs, in the error.

    J. M. F. ten Berge, W. P. Krijnen, T. Wansbeek and A. Shapiro, "Some new results on
    correlation-preserving factor scores prediction methods", Linear Algebra and its Applications (1999).
    """
    first, both, second = (posterior.covariances[:, i, j] for i, j in ((0, 0), (0, 1), (1, 1)))
    # Along these angles, at right angles to each other, errors do not go together.
    angles = np.arctan2(-2 * both, second - first) / 2
    turns = np.array([[np.cos(angles), np.sin(angles)], [-np.sin(angles), np.cos(angles)]])
    middle, apart = 1 - (first + second) / 2, np.hypot(second - first, 2 * both) / 2
    reliabilities = np.array([middle + apart, middle - apart])
    known = reliabilities > _NO_RELIABILITY
    roots = np.sqrt(np.where(known, reliabilities, 1.0))
    turned = np.einsum("ijn,nj->in", turns, posterior.means[:, :SHOWN_AXES])
    positions = np.einsum("ijn,in->nj", turns, np.where(known, turned / roots, 0.0))
    variances = np.where(known, 2 - 2 * roots, 1.0)
    return OpinionMap(positions, np.sqrt(np.maximum(variances, 0.0).mean(axis=0)))


def fit_axes(table: VoteTable, *, axes: int = FITTED_AXES, start: Axes | None = None) -> Axes:
    """Maximise the penalised likelihood by expectation and maximisation, from a start fixed by the votes.

    Of each axis, the statement that it moves most is agreed with on its right, or upper, side. Of a
    large table, a sample of people leads to the maximum: see `refined`. `start` are axes of the same
    votes, of which the first so many are where to start.
    """
    sample = table.sample()
    loadings = _start(sample, axes) if start is None else start.loadings[:, :axes]
    return _oriented(_fit(sample, Axes(_means(sample), loadings, start.variance if start else 0.5)))


def refined(table: VoteTable, axes: Axes) -> Axes:
    """Axes that `fit_axes` fitted to a sample, after one more step, which a far larger sample takes."""
    larger = table.sample(votes=_VOTES_THAT_REFINE)
    if table.sample() is table:
        return axes
    return _oriented(_step(larger, Axes(_means(table), axes.loadings, axes.variance)))


def place(table: VoteTable, axes: Axes) -> Posterior:
    """What each person's votes say about their place on these axes."""
    d = axes.loadings.shape[1]
    scores = _residuals(axes.means)[:, :, None] * axes.loadings[:, None, :]
    products = np.repeat(_packed(axes.loadings.T[:, None] * axes.loadings.T[None]).T, CHOICES, axis=0)
    sums = table.sums_by_person(np.hstack([scores.reshape(-1, d), products]) / axes.variance)
    of_person = np.ascontiguousarray(sums.T)  # person after person, so that all are computed at once
    covariances = _inverses(_unpacked(of_person[d:]) + np.eye(d)[:, :, None])
    means = np.einsum("ijn,jn->in", covariances, of_person[:d])
    return Posterior(means.T, covariances.transpose(2, 0, 1))


def _fit(table: VoteTable, axes: Axes) -> Axes:
    most_steps = _MOST_STEPS if table.number_of_votes < _MANY_VOTES else _MOST_STEPS_OF_MANY
    for _ in range(most_steps if table.number_of_votes else 0):
        improved = _step(table, axes)
        moved = np.abs(improved.loadings - axes.loadings).max(initial=0.0)
        axes = improved
        if moved < _TOLERANCE:
            break
    return axes


def _means(table: VoteTable) -> NDArray[np.float64]:
    """Shape (m,), drawn a little towards 0."""
    counts = table.counts
    return np.asarray((counts[:, 2] - counts[:, 0]) / (counts.sum(axis=1) + _PRIOR_VOTES))


def _residuals(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m, 3): what disagree, pass and agree are beyond a statement's mean."""
    return np.array([-1.0, 0.0, 1.0]) - means[:, None]


def _start(table: VoteTable, number: int) -> NDArray[np.float64]:
    """Leading directions of the votes by subspace iteration, from a start that only votes determine."""
    m = table.number_of_statements
    if not table.number_of_votes:
        return np.zeros((m, number))
    residuals = _residuals(_means(table))
    squares = (table.counts * residuals**2).sum(axis=1)
    basis = np.sqrt(squares)[:, None] * np.cos(np.arange(m)[:, None] * (1.0 + np.arange(number)))
    for _ in range(8 if m >= number else 0):
        of_people = table.sums_by_person((residuals[:, :, None] * basis[:, None, :]).reshape(-1, number))
        basis, _triangle = np.linalg.qr(np.einsum("mc,mcd->md", residuals, table.sums_by_choice(of_people)))
    largest = max(float(np.linalg.norm(basis, axis=0).max()), 1e-12)
    return np.asarray(np.sqrt(0.3 * squares.sum() / table.number_of_votes * m / number) * basis / largest)


def _step(table: VoteTable, axes: Axes) -> Axes:
    """One round of expectation and maximisation."""
    posterior = place(table, axes)
    means, d = posterior.means.T, posterior.means.shape[1]
    seconds = _packed(posterior.covariances.transpose(1, 2, 0)) + _packed(means[:, None] * means[None])
    sums = table.sums_by_choice(np.vstack([means, seconds]).T)
    second_sums = _unpacked(sums[:, :, d:].sum(axis=1).T).transpose(2, 0, 1)
    residuals = _residuals(axes.means)
    cross = np.einsum("mc,mcd->md", residuals, sums[:, :, :d])
    loadings = np.linalg.solve(second_sums + _PRIOR_VOTES * np.eye(d), cross[:, :, None])[:, :, 0]
    unexplained = (table.counts * residuals**2).sum() - 2 * (loadings * cross).sum()
    unexplained += np.einsum("mi,mij,mj->", loadings, second_sums, loadings)
    variance = (unexplained + 1.0) / (table.number_of_votes + 2.0)
    # Places are N(0, I) by definition: let the loadings take up what the sample says otherwise.
    loadings = loadings @ np.linalg.cholesky(_unpacked(seconds.mean(axis=1)))
    return Axes(axes.means, loadings, max(float(variance), _SMALLEST_VARIANCE))


def _inverses(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverses of n symmetric positive definite matrices, shape (d, d, n); they are overwritten.

    The sweep operator: a few dozen operations on all at once, where a library call for each takes longer.
    J. H. Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33 (1979).
    """
    for k in range(len(matrices)):
        pivot = 1.0 / matrices[k, k]
        row = matrices[k] * pivot
        matrices -= matrices[:, k, None] * row[None]
        matrices[k], matrices[:, k], matrices[k, k] = row, row, -pivot
    return np.negative(matrices, out=matrices)


def _packed(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distinct entries, shape (d(d + 1) / 2, ...), of symmetric matrices, shape (d, d, ...)."""
    return matrices[np.triu_indices(len(matrices))]


def _unpacked(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """The matrices whose distinct entries these are."""
    d = int(np.sqrt(2 * len(entries)))
    places = np.empty((d, d), dtype=np.int64)
    rows, columns = np.triu_indices(d)
    places[rows, columns] = places[columns, rows] = np.arange(len(entries))
    return entries[places]


def _oriented(axes: Axes) -> Axes:
    """Axes at right angles, the one that explains most first, signs by the rule of `fit_axes`."""
    if not len(axes.loadings):
        return axes
    _values, vectors = np.linalg.eigh(axes.loadings.T @ axes.loadings)
    loadings = axes.loadings @ vectors[:, ::-1]
    strongest = np.abs(loadings).argmax(axis=0)
    signs = np.where(loadings[strongest, np.arange(loadings.shape[1])] < 0, -1.0, 1.0)
    return Axes(axes.means, loadings * signs, axes.variance)
