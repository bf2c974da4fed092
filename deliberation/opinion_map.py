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

AXES = 2
_MOST_STEPS = 60
_TOLERANCE = 1e-4
# Below this reliability the votes say nothing about a direction.
_NO_RELIABILITY = 1e-9
# As many votes of the overall mean are added to each statement, and of no loading to each loading.
_PRIOR_VOTES = 2.0


@dataclass(frozen=True, eq=False)
class Axes:
    """What a map is drawn with.

    Attributes:
        means: shape (m,), the mean vote on each statement, as -1 to 1.
        loadings: shape (m, 2), how much a step along each axis moves a vote.
        variance: what is left of a vote's variance when place and statement are known.

    """

    means: NDArray[np.float64]
    loadings: NDArray[np.float64]
    variance: float


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Everybody's place, in standard deviations of people along an axis.

    Attributes:
        positions: shape (n, 2).
        errors: shape (n,), standard error of a position, the root mean square over the two axes.
        axes: what the map was drawn with.

    """

    positions: NDArray[np.float64]
    errors: NDArray[np.float64]
    axes: Axes


def draw_map(table: VoteTable) -> OpinionMap:
    """Fit the two axes and place everybody.

    The first axis is the one that explains most. Of each axis, the statement that it moves most is
    agreed with on its right, or upper, side; which statement has which number plays no part.
    """
    axes = fit_axes(table)
    means, precisions = _posterior(table, axes)
    positions, errors = _even_spread(means, precisions)
    return OpinionMap(positions, errors, axes)


def fit_axes(table: VoteTable) -> Axes:
    """Maximise the penalised likelihood by expectation and maximisation, from a fixed start."""
    seen = table.counts.sum(axis=1)
    means = (table.counts[:, 2] - table.counts[:, 0]) / (seen + _PRIOR_VOTES)
    residuals, ones = _matrices(table, means)
    axes = Axes(means, _start(residuals, seen), 0.5)
    for _ in range(_MOST_STEPS):
        improved = _step(residuals, ones, axes, seen)
        moved = np.abs(improved.loadings - axes.loadings).max(initial=0.0)
        axes = improved
        if moved < _TOLERANCE:
            break
    return _oriented(axes)


def _matrices(table: VoteTable, means: NDArray[np.float64]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    shape = (table.number_of_people, table.number_of_statements)
    values = (table.choices - means[table.columns]).astype(np.float32)
    residuals = sparse.csr_matrix((values, table.columns, table.starts), shape=shape)
    ones = sparse.csr_matrix((np.ones_like(values), table.columns, table.starts), shape=shape)
    return residuals, ones


def _start(residuals: sparse.csr_matrix, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leading directions of the votes by subspace iteration, from a start that only votes determine."""
    m = residuals.shape[1]
    if m == 0:
        return np.zeros((0, AXES))
    squares = np.asarray(residuals.multiply(residuals).sum(axis=0), dtype=np.float64).ravel()
    wave = np.cos(np.arange(m)[:, None] * (1.0 + np.arange(AXES)[None, :]))
    basis = np.sqrt(squares + 1e-9)[:, None] * wave
    for _ in range(12):
        basis, _triangle = np.linalg.qr(residuals.T @ (residuals @ basis)) if m >= AXES else (basis, None)
    spread = np.sqrt(squares.sum() / max(seen.sum(), 1.0) / AXES)
    return np.asarray(0.5 * spread * np.sqrt(m) * basis / max(np.linalg.norm(basis, axis=0).max(), 1e-12))


def _outer(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m, 3): the distinct entries of each statement's loadings times themselves."""
    first, second = loadings[:, 0], loadings[:, 1]
    return np.stack([first * first, first * second, second * second], axis=1)


def _symmetric(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (k, 2, 2) of the three distinct entries, shape (k, 3)."""
    return entries[:, [0, 1, 1, 2]].reshape(-1, AXES, AXES)


def _posterior(table: VoteTable, axes: Axes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    residuals, ones = _matrices(table, axes.means)
    return _places(residuals, ones, axes)


def _places(
    residuals: sparse.csr_matrix, ones: sparse.csr_matrix, axes: Axes
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means, shape (n, 2), and covariances, shape (n, 2, 2), of the places given the votes."""
    information = _symmetric(ones @ _outer(axes.loadings)) / axes.variance + np.eye(AXES)
    covariances = np.asarray(np.linalg.inv(information), dtype=np.float64)
    scores = (residuals @ axes.loadings) / axes.variance
    return np.einsum("nij,nj->ni", covariances, scores), covariances


def _step(
    residuals: sparse.csr_matrix, ones: sparse.csr_matrix, axes: Axes, seen: NDArray[np.float64]
) -> Axes:
    means, covariances = _places(residuals, ones, axes)
    seconds = covariances + means[:, :, None] * means[:, None, :]
    second_sums = _symmetric(ones.T @ seconds.reshape(-1, 4)[:, [0, 1, 3]])
    cross = residuals.T @ means
    loadings = np.linalg.solve(second_sums + _PRIOR_VOTES * np.eye(AXES), cross[:, :, None])[:, :, 0]
    unexplained = residuals.multiply(residuals).sum() - 2 * (loadings * cross).sum()
    unexplained += np.einsum("mi,mij,mj->", loadings, second_sums, loadings)
    variance = (unexplained + 1.0) / (seen.sum() + 2.0)
    # Places are N(0, I) by definition: let the loadings take up what the sample says otherwise.
    spread = seconds.mean(axis=0) if len(seconds) else np.eye(AXES)
    return Axes(axes.means, loadings @ np.linalg.cholesky(spread), max(float(variance), 1e-3))


def _oriented(axes: Axes) -> Axes:
    """Axes at right angles, the one that explains most first, signs by the rule of `draw_map`."""
    if not len(axes.loadings):
        return axes
    _values, vectors = np.linalg.eigh(axes.loadings.T @ axes.loadings)
    loadings = axes.loadings @ vectors[:, ::-1]
    strongest = np.abs(loadings).argmax(axis=0)
    signs = np.where(loadings[strongest, np.arange(AXES)] < 0, -1.0, 1.0)
    return Axes(axes.means, loadings * signs, axes.variance)


def _even_spread(
    means: NDArray[np.float64], covariances: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places that are spread alike for people with few votes and with many.

    A posterior mean draws people with few votes to the middle; a maximum of the likelihood flings them
    out. Dividing the mean by the square root of its own reliability gives everybody the spread of the
    population, and puts the doubt where it belongs, in the error.

    J. M. F. ten Berge, W. P. Krijnen, T. Wansbeek and A. Shapiro, "Some new results on
    correlation-preserving factor scores prediction methods", Linear Algebra and its Applications (1999).
    """
    reliabilities, vectors = np.linalg.eigh(np.eye(AXES) - covariances)
    known = reliabilities > _NO_RELIABILITY
    roots = np.sqrt(np.where(known, reliabilities, 1.0))
    turned = np.einsum("nji,nj->ni", vectors, means)
    positions = np.einsum("nij,nj->ni", vectors, np.where(known, turned / roots, 0.0))
    variances = np.where(known, 2 - 2 * roots, 1.0)
    return positions, np.sqrt(np.maximum(variances, 0.0).mean(axis=1))
