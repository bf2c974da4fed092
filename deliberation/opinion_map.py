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
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_table import VoteTable

# People see two axes; looking for groups needs one fewer than the most groups we look for.
SHOWN_AXES = 2
FITTED_AXES = 4
_MOST_STEPS = 25
_ENOUGH_VOTES = 60_000
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
    covariances = posterior.covariances[:, :SHOWN_AXES, :SHOWN_AXES]
    reliabilities, vectors = np.linalg.eigh(np.eye(SHOWN_AXES) - covariances)
    known = reliabilities > _NO_RELIABILITY
    roots = np.sqrt(np.where(known, reliabilities, 1.0))
    turned = np.einsum("nji,nj->ni", vectors, posterior.means[:, :SHOWN_AXES])
    positions = np.einsum("nij,nj->ni", vectors, np.where(known, turned / roots, 0.0))
    variances = np.where(known, 2 - 2 * roots, 1.0)
    return OpinionMap(positions, np.sqrt(np.maximum(variances, 0.0).mean(axis=1)))


def fit_axes(table: VoteTable, *, axes: int = FITTED_AXES) -> Axes:
    """Maximise the penalised likelihood by expectation and maximisation, from a start fixed by the votes.

    Of each axis, the statement that it moves most is agreed with on its right, or upper, side. Of a
    large table, a sample of people leads to the maximum and everybody takes the last step.
    """
    sample = table.sample(votes=_ENOUGH_VOTES)
    fitted = _fit(sample, axes)
    if sample is not table:
        seen, means = _means(table)
        residuals, ones = _matrices(table, means)
        fitted = _step(residuals, ones, Axes(means, fitted.loadings, fitted.variance), seen)
    return _oriented(fitted)


def place(table: VoteTable, axes: Axes) -> Posterior:
    """What each person's votes say about their place on these axes."""
    residuals, ones = _matrices(table, axes.means)
    return _places(residuals, ones, axes)


def _fit(table: VoteTable, number: int) -> Axes:
    seen, means = _means(table)
    residuals, ones = _matrices(table, means)
    axes = Axes(means, _start(residuals, number), 0.5)
    for _ in range(_MOST_STEPS if table.number_of_votes else 0):
        improved = _step(residuals, ones, axes, seen)
        moved = np.abs(improved.loadings - axes.loadings).max(initial=0.0)
        axes = improved
        if moved < _TOLERANCE:
            break
    return axes


def _means(table: VoteTable) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    seen = table.counts.sum(axis=1)
    return seen, (table.counts[:, 2] - table.counts[:, 0]) / (seen + _PRIOR_VOTES)


def _matrices(table: VoteTable, means: NDArray[np.float64]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    shape = (table.number_of_people, table.number_of_statements)
    values = (table.choices - means[table.columns]).astype(np.float32)
    residuals = sparse.csr_matrix((values, table.columns, table.starts), shape=shape)
    ones = sparse.csr_matrix((np.ones_like(values), table.columns, table.starts), shape=shape)
    return residuals, ones


def _start(residuals: sparse.csr_matrix, number: int) -> NDArray[np.float64]:
    """Leading directions of the votes by subspace iteration, from a start that only votes determine."""
    m = residuals.shape[1]
    if not residuals.nnz:
        return np.zeros((m, number))
    squares = np.asarray(residuals.multiply(residuals).sum(axis=0), dtype=np.float64).ravel()
    basis = np.sqrt(squares)[:, None] * np.cos(np.arange(m)[:, None] * (1.0 + np.arange(number)))
    for _ in range(8 if m >= number else 0):
        basis, _triangle = np.linalg.qr(residuals.T @ (residuals @ basis))
    largest = max(float(np.linalg.norm(basis, axis=0).max()), 1e-12)
    return np.asarray(np.sqrt(0.3 * squares.sum() / residuals.nnz * m / number) * basis / largest)


def _step(
    residuals: sparse.csr_matrix, ones: sparse.csr_matrix, axes: Axes, seen: NDArray[np.float64]
) -> Axes:
    """One round of expectation and maximisation."""
    posterior = _places(residuals, ones, axes)
    means, d = posterior.means, posterior.means.shape[1]
    seconds = posterior.covariances + means[:, :, None] * means[:, None, :]
    upper = np.triu_indices(d)
    second_sums = _symmetric(ones.T @ seconds[:, upper[0], upper[1]].astype(np.float32), d)
    cross = residuals.T @ means
    loadings = np.linalg.solve(second_sums + _PRIOR_VOTES * np.eye(d), cross[:, :, None])[:, :, 0]
    unexplained = np.square(residuals.data, dtype=np.float64).sum() - 2 * (loadings * cross).sum()
    unexplained += np.einsum("mi,mij,mj->", loadings, second_sums, loadings)
    variance = (unexplained + 1.0) / (seen.sum() + 2.0)
    # Places are N(0, I) by definition: let the loadings take up what the sample says otherwise.
    loadings = loadings @ np.linalg.cholesky(seconds.mean(axis=0))
    return Axes(axes.means, loadings, max(float(variance), _SMALLEST_VARIANCE))


def _places(residuals: sparse.csr_matrix, ones: sparse.csr_matrix, axes: Axes) -> Posterior:
    d = axes.loadings.shape[1]
    first, second = np.triu_indices(d)
    products = (axes.loadings[:, first] * axes.loadings[:, second]).astype(np.float32)
    information = _symmetric(ones @ products, d) / axes.variance + np.eye(d)
    covariances = np.asarray(np.linalg.inv(information), dtype=np.float64)
    scores = residuals @ axes.loadings / axes.variance
    return Posterior(np.einsum("nij,nj->ni", covariances, scores), covariances)


def _symmetric(entries: NDArray[np.float32], d: int) -> NDArray[np.float64]:
    """Shape (k, d, d) of the distinct entries of each symmetric matrix, shape (k, d(d + 1) / 2)."""
    matrices = np.empty((len(entries), d, d))
    first, second = np.triu_indices(d)
    matrices[:, first, second] = entries
    matrices[:, second, first] = entries
    return matrices


def _oriented(axes: Axes) -> Axes:
    """Axes at right angles, the one that explains most first, signs by the rule of `fit_axes`."""
    if not len(axes.loadings):
        return axes
    _values, vectors = np.linalg.eigh(axes.loadings.T @ axes.loadings)
    loadings = axes.loadings @ vectors[:, ::-1]
    strongest = np.abs(loadings).argmax(axis=0)
    signs = np.where(loadings[strongest, np.arange(loadings.shape[1])] < 0, -1.0, 1.0)
    return Axes(axes.means, loadings * signs, axes.variance)
