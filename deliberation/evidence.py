"""Are there groups at all, and how many?

Every answer must predict votes that were hidden from it: no groups, two groups or more, and people who
differ by degree along one or two lines. Groups are found when they predict better than no groups, unless
a difference of degree accounts for the votes.

"Types or degrees": G. H. Lubke and B. O. Muthén, "Investigating population heterogeneity with factor
mixture models", Psychological Methods 10 (2005); held-out likelihood: P. Smyth, "Model selection for
probabilistic clustering using cross-validated likelihood", Statistics and Computing 10 (2000).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from deliberation.latent_classes import fit_classes, overall_shares
from deliberation.opinion_map import fit_axes, place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

# Each round hides one part in so many; together the rounds look at about so many votes.
_PARTS = 5
_AFFORDABLE_VOTES = 150_000
# Two groups must predict better than none by so many standard errors of the gain; each further, by so many.
_ERRORS_FOR_ANY = 2.0
_ERRORS_FOR_MORE = 1.0
_LINES = (1, 2)
# Lines must predict better than groups by so many.
_ERRORS_FOR_DEGREE = 0.5
# If people differ in how readily they pass by more than this many times chance, degree is not all.
_MOST_UNEVEN_PASSING = 1.3


@dataclass(frozen=True)
class Evidence:
    """How well each answer predicts hidden votes.

    Attributes:
        hidden_votes: how many votes were hidden and predicted, over all rounds.
        log_loss: mean negative log probability of a hidden vote with 1, 2, ... groups; 1 is no groups.
        squared_error: mean squared error of a hidden vote as -1, 0, 1, likewise.
        squared_error_by_degree: the same for people who differ by degree along one, or two, lines.
        uneven_passing: spread of people's readiness to pass, 1 being chance.
        number_of_groups: the answer: 1 for no groups.

    """

    hidden_votes: int
    log_loss: tuple[float, ...]
    squared_error: tuple[float, ...]
    squared_error_by_degree: tuple[float, ...]
    uneven_passing: float
    number_of_groups: int

    @property
    def degree_predicts_better(self) -> bool:
        """Whether lines predict which side people take better than any number of groups does."""
        if not self.hidden_votes:
            return False
        return min(self.squared_error_by_degree) < min(self.squared_error)


def weigh_evidence(table: VoteTable, settings: Settings) -> Evidence:
    """Hide votes, predict them in every way, and choose."""
    sample = table.sample(votes=_AFFORDABLE_VOTES)
    rounds = int(np.clip(_AFFORDABLE_VOTES // max(sample.number_of_votes, 1), 1, _PARTS))
    part = np.random.default_rng(settings.seed).integers(_PARTS, size=sample.number_of_votes)
    predictions = [_predict(sample, part == hidden, settings) for hidden in range(rounds)]
    logs = np.concatenate([prediction.logs for prediction in predictions], axis=1)
    people = np.concatenate([prediction.people for prediction in predictions])
    gains = np.array([np.bincount(people, weights=row, minlength=1) for row in logs])
    errors = np.concatenate([prediction.squares for prediction in predictions], axis=1)
    evidence = Evidence(
        hidden_votes=len(people),
        log_loss=_means(-logs),
        squared_error=_means(errors[: settings.max_groups]),
        squared_error_by_degree=_means(errors[settings.max_groups :]),
        uneven_passing=_uneven_passing(sample),
        number_of_groups=_best_number(gains),
    )
    if evidence.uneven_passing < _MOST_UNEVEN_PASSING and _degree_accounts_for_it(people, errors, settings):
        return replace(evidence, number_of_groups=1)
    return evidence


@dataclass(frozen=True, eq=False)
class _Predictions:
    """Of v hidden votes: whose, the log probability by number of groups, the squared error by all models."""

    people: NDArray[np.int64]
    logs: NDArray[np.float64]
    squares: NDArray[np.float64]


def _predict(table: VoteTable, hide: NDArray[np.bool_], settings: Settings) -> _Predictions:
    shown, hidden = table.keep(~hide), table.keep(hide)
    axes = fit_axes(shown)
    places = place(shown, axes).means
    expected = [overall_shares(shown)[hidden.columns]]
    for number in range(2, settings.max_groups + 1):
        classes = fit_classes(shown, starting_memberships(places, number, settings.seed))
        shares = classes.shares[:, hidden.columns]
        expected.append(np.einsum("vg,gvc->vc", classes.memberships(shown)[hidden.rows], shares))
    votes = np.arange(hidden.number_of_votes)
    sides = [chances[:, 2] - chances[:, 0] for chances in expected]
    sides += [_by_degree(shown, hidden, lines) for lines in _LINES]
    return _Predictions(
        people=hidden.rows,
        logs=np.array([np.log(chances[votes, hidden.choices + 1]) for chances in expected]),
        squares=np.array([(hidden.choices - side) ** 2 for side in sides]),
    )


def _by_degree(shown: VoteTable, hidden: VoteTable, lines: int) -> NDArray[np.float64]:
    """Expected votes, as -1 to 1, of people who differ along so many lines."""
    axes = fit_axes(shown, axes=lines)
    places = place(shown, axes).means
    votes = axes.means[hidden.columns] + (places[hidden.rows] * axes.loadings[hidden.columns]).sum(axis=1)
    return np.asarray(np.clip(votes, -1, 1))


def _means(rows: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple((rows.sum(axis=1) / max(rows.shape[1], 1)).tolist())


def _degree_accounts_for_it(
    people: NDArray[np.int64], errors: NDArray[np.float64], settings: Settings
) -> bool:
    """Whether lines predict which side people take better than groups do, by more than chance might."""
    totals = errors.sum(axis=1)
    groups = totals[: settings.max_groups].argmin()
    lines = settings.max_groups + totals[settings.max_groups :].argmin()
    gain = np.bincount(people, weights=errors[groups] - errors[lines], minlength=1)
    return bool(gain.sum() > _ERRORS_FOR_DEGREE * np.sqrt((gain**2).sum()))


def _best_number(gains: NDArray[np.float64]) -> int:
    """The smallest number of groups that no larger one beats by more than chance; `gains` is by person."""
    best = 0
    for number in range(1, len(gains)):
        gain = gains[number] - gains[best]
        errors = _ERRORS_FOR_MORE if best else _ERRORS_FOR_ANY
        if gain.sum() > errors * np.sqrt((gain**2).sum()):
            best = number
    return best + 1


def _uneven_passing(table: VoteTable) -> float:
    """Standard deviation over people of passes beyond those expected, each in units of chance.

    Opinion decides which side people take. If some pass on everything and others on nothing, they
    differ in kind, and no line of opinion accounts for it.
    """
    chances = overall_shares(table)[:, 1][table.columns]
    n = table.number_of_people
    beyond = np.bincount(table.rows, weights=(table.choices == 0) - chances, minlength=n)
    variances = np.bincount(table.rows, weights=chances * (1 - chances), minlength=n)
    return float(np.sqrt((beyond**2).sum() / variances.sum())) if n else 0.0


def starting_memberships(places: NDArray[np.float64], number: int, seed: int) -> NDArray[np.float64]:
    """Shape (n, number): near-certain memberships of the clusters that k-means finds among places."""
    clusters = min(number, len(np.unique(places, axis=0)))
    with threadpool_limits(1):  # sums over several threads come in any order
        labels = KMeans(clusters, n_init=8, random_state=seed).fit_predict(places)
    memberships = np.full((len(places), number), 0.05 / number)
    memberships[np.arange(len(places)), labels] += 0.95
    return memberships
