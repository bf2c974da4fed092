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

from deliberation.at_once import workers
from deliberation.latent_classes import overall_shares
from deliberation.opinion_map import fit_axes, place
from deliberation.results import Evidence
from deliberation.search import find_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.latent_classes import LatentClasses
    from deliberation.opinion_map import Axes
    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

# Each round hides one part in so many; together the rounds look at about so many votes.
_PARTS = 5
_AFFORDABLE_VOTES = 150_000
# Two groups must predict better than none by so many standard errors of the gain; each further, by so many.
_ERRORS_FOR_ANY = 1.5
_ERRORS_FOR_MORE = 1.0
_CONFIDENCES = (1.0, 0.8, 0.6, 0.4)
_LINES = (1, 2)
# Between two groups and lines, whichever predicts better decides. Three groups or more may stand in a row
# like pieces of a bent line: they must predict better beyond chance, 19 times in 20.
_ERRORS_FOR_DEGREE_OVER_TWO = 0.0
_ERRORS_FOR_DEGREE_OVER_MORE = -1.645
# If people differ in how readily they pass by more than this many times chance, degree is not all.
_MOST_UNEVEN_PASSING = 1.3


def weigh_evidence(table: VoteTable, settings: Settings) -> tuple[Evidence, dict[int, list[LatentClasses]]]:
    """Hide votes, predict them in every way, and choose; and for each number of groups, the fit of each round."""
    sample = table.sample(votes=_AFFORDABLE_VOTES)
    rounds = int(np.clip(_AFFORDABLE_VOTES // max(sample.number_of_votes, 1), 1, _PARTS))
    part = np.random.default_rng(settings.seed).integers(_PARTS, size=sample.number_of_votes)
    predictions = [_predict(sample, part == hidden, settings) for hidden in range(rounds)]
    logs = np.concatenate([prediction.logs for prediction in predictions], axis=2)
    people = np.concatenate([prediction.people for prediction in predictions])
    confidences = [_best_confidence(people, of_number) for of_number in logs]
    number = _best_number(people, logs, confidences)
    errors = np.concatenate([prediction.squares for prediction in predictions], axis=1)
    evidence = Evidence(
        hidden_votes=len(people),
        log_loss=_means(-_at(confidences, logs)),
        squared_error=_means(errors[: settings.max_groups]),
        squared_error_by_degree=_means(errors[settings.max_groups :]),
        uneven_passing=_uneven_passing(sample),
        number_of_groups=number,
        confidence=tuple(_CONFIDENCES[index] for index in confidences),
    )
    if evidence.uneven_passing < _MOST_UNEVEN_PASSING and _degree_accounts_for_it(
        people, errors, number, settings
    ):
        evidence = replace(evidence, number_of_groups=1)
    fits = {number: [each.fits[number] for each in predictions] for number in predictions[0].fits}
    return evidence, fits


@dataclass(frozen=True, eq=False)
class _Predictions:
    """What each answer says of v hidden votes.

    Attributes:
        people: shape (v,), whose votes they are.
        logs: shape (number of groups, confidence, v), log probability of each vote.
        squares: shape (numbers of groups, then of lines, v), squared error of each vote.
        fits: the groups that were fitted to the votes shown, by their number from two on.

    """

    people: NDArray[np.int64]
    logs: NDArray[np.float64]
    squares: NDArray[np.float64]
    fits: dict[int, LatentClasses]


def _predict(table: VoteTable, hide: NDArray[np.bool_], settings: Settings) -> _Predictions:
    shown = table.keep(~hide)
    # Of someone all of whose votes are hidden nothing is known; they would only compare smoothings.
    hidden = table.keep(hide & (shown.votes_per_person > 0)[table.rows])
    numbers = range(2, settings.max_groups + 1)
    with workers(table.number_of_votes) as pool:
        axes = fit_axes(shown)
        places = place(shown, axes).means
        longest_first = {
            number: pool.submit(_by_groups, shown, hidden, places, number, settings.seed)
            for number in reversed(numbers)
        }
        by_degree = [pool.submit(_by_degree, shown, hidden, axes, lines) for lines in _LINES]
        by_groups = [longest_first[number].result() for number in numbers]
        lines = [line.result() for line in by_degree]
    shares = overall_shares(shown)[hidden.columns]
    without = shares[np.arange(hidden.number_of_votes), hidden.choices + 1]
    chances = [[without] * len(_CONFIDENCES)] + [chances for _fit, chances, _sides in by_groups]
    sides = [shares[:, 2] - shares[:, 0]] + [sides for _fit, _chances, sides in by_groups] + lines
    return _Predictions(
        people=hidden.rows,
        logs=np.log(chances),
        squares=np.array([(hidden.choices - side) ** 2 for side in sides]),
        fits={number: fit for number, (fit, _chances, _sides) in zip(numbers, by_groups, strict=True)},
    )


def _by_groups(
    shown: VoteTable, hidden: VoteTable, places: NDArray[np.float64], number: int, seed: int
) -> tuple[LatentClasses, list[NDArray[np.float64]], NDArray[np.float64]]:
    """So many groups, the probability of each hidden vote at each confidence, and the expected votes."""
    classes = find_classes(shown, places, number, seed)
    memberships = classes.memberships(shown)
    doubted = [doubt(memberships, confidence).T.take(hidden.rows, axis=1) for confidence in _CONFIDENCES]
    of_said = classes.shares.reshape(number, -1)[:, hidden.cells]
    chances = [np.einsum("gv,gv->v", each, of_said) for each in doubted]
    of_side = (classes.shares[:, :, 2] - classes.shares[:, :, 0])[:, hidden.columns]
    return classes, chances, np.einsum("gv,gv->v", doubted[0], of_side)


def doubt(memberships: NDArray[np.float64], confidence: float) -> NDArray[np.float64]:
    """Memberships, shape (n, g), held with less confidence than the model's own, which is 1.

    The model takes a person's votes to be independent within a group. Where they are not, it is too
    sure, and its likelihood to the power of a confidence below one predicts better.

    P. Grünwald and T. van Ommen, "Inconsistency of Bayesian inference for misspecified linear models, and
    a proposal for repairing it", Bayesian Analysis 12 (2017).
    """
    powers = memberships**confidence
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _by_degree(shown: VoteTable, hidden: VoteTable, start: Axes, lines: int) -> NDArray[np.float64]:
    """Expected votes, as -1 to 1, of people who differ along so many lines."""
    axes = fit_axes(shown, axes=lines, start=start)
    places = place(shown, axes).means
    votes = axes.means[hidden.columns] + (places[hidden.rows] * axes.loadings[hidden.columns]).sum(axis=1)
    return np.asarray(np.clip(votes, -1, 1))


def _means(rows: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple((rows.sum(axis=1) / max(rows.shape[1], 1)).tolist())


def _degree_accounts_for_it(
    people: NDArray[np.int64], errors: NDArray[np.float64], number: int, settings: Settings
) -> bool:
    """Whether lines predict which side people take as well as so many groups do, or better."""
    lines = settings.max_groups + errors[settings.max_groups :].sum(axis=1).argmin()
    gain = _by_person(people, errors[number - 1] - errors[lines])
    over_two = number <= 2  # noqa: PLR2004  two groups are two points; more can be a row of them
    return _beats(gain, errors=_ERRORS_FOR_DEGREE_OVER_TWO if over_two else _ERRORS_FOR_DEGREE_OVER_MORE)


def _by_person(people: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums by person: the votes of one are not independent."""
    return np.asarray(np.bincount(people, weights=values, minlength=1))


def _beats(gain: NDArray[np.float64], *, errors: float) -> bool:
    """Whether a gain, by person, is more than so many of its standard errors."""
    return bool(gain.sum() > errors * np.sqrt((gain**2).sum()))


def _best_number(people: NDArray[np.int64], logs: NDArray[np.float64], confidences: list[int]) -> int:
    """The number of groups that predicts best, each at its best confidence.

    Any groups must beat none at full confidence. Where the model holds, there is a true number, and more
    groups must be beyond chance. Where it does not, no number is true, and prediction alone decides.
    """
    full = [_by_person(people, of_number[0]) for of_number in logs]
    own = [_by_person(people, row) for row in _at(confidences, logs)]
    best = 0
    for number in range(1, len(logs)):
        errors = _ERRORS_FOR_MORE if confidences[number] == 0 else 0.0
        if best and _beats(own[number] - own[best], errors=errors):
            best = number
        if not best and _beats(full[number] - full[0], errors=_ERRORS_FOR_ANY):
            best = number
    return best + 1


def _at(confidences: list[int], logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (numbers of groups, v): of each number's rows, the one at its best confidence."""
    return logs[np.arange(len(logs)), confidences]


def _best_confidence(people: NDArray[np.int64], logs: NDArray[np.float64]) -> int:
    """Which confidence predicts best, lowered from 1 only by steps that are more than chance."""
    gains = [_by_person(people, row) for row in logs]
    best = 0
    for lower in range(1, len(gains)):
        if _beats(gains[lower] - gains[best], errors=_ERRORS_FOR_MORE):
            best = lower
    return best


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
