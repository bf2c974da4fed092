"""What the common ground would be if those who answered resembled the population, beside what it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.ballot import Choice
from deliberation.raking import MarginError, rake
from deliberation.vote_matrix import VoteMatrix
from deliberation.weighting import WeightedShare, weighted_statements
from participation.monitoring.missing import ENOUGH_ANSWERS, STEPS
from participation.monitoring.queries import answers_to, margins_of, votes_on
from participation.opinions.queries import snapshot_of
from participation.opinions.reading import opinions_of
from participation.questions.queries import number_of_answers
from participation.questions.reading import publishable_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from participation.consultations.models import Consultation
    from participation.monitoring.models import Margin
    from participation.opinions.reading import Finding

# What is known of the votes of all parts together: the published share, and the weighted one.
EQUATIONS = 2
# Of a share that is kept: more than any page shows.
DIGITS = 4
_SAYS = {"agree": Choice.AGREE, "disagree": Choice.DISAGREE}


@dataclass(frozen=True)
class WeighedFinding:
    """A statement of the common ground; the share is None where it would tell how few people voted."""

    finding: Finding
    share: WeightedShare | None


@dataclass(frozen=True)
class Weighed:
    """People who answered every question of which the population is known, weighed to it.

    `answered` and `effective` are rounded down to tens: how many they are, and how many people who resembled
    the population would tell as much. `common_ground` is None before closing.
    """

    answered: int
    effective: int
    common_ground: tuple[WeighedFinding, ...] | None


@dataclass(frozen=True, eq=False)
class _People:
    """Ids in ascending order, shape (n,); the choices of each, shape (n, q), by question; weights, shape (n,)."""

    ids: NDArray[np.int64]
    choices: NDArray[np.int64]
    weights: NDArray[np.float64]
    effective: float


class CannotBeWeighedError(Exception):
    """Too few people are in one part of the population, or the figures contradict each other."""


def weighed(consultation: Consultation) -> Weighed | None:
    """None where nothing is known of the population, or too few have answered.

    After closing, what was worked out then: whoever has their answers erased later changes no figure, and no
    difference between two looks tells what they had answered.

    Raises:
        CannotBeWeighedError

    """
    if consultation.is_closed:
        return _thawed(consultation)
    people = _people_here(consultation)
    return _counted(people, None) if people else None


def to_freeze(consultation: Consultation) -> dict[str, Any]:
    """What weighing says of a closed consultation, as JSON: numbers of many people and shares alone."""
    # Answers can only become fewer after closing: as many as now means that nobody has gone.
    frozen: dict[str, Any] = {"answers": sum(number_of_answers(consultation.id).values())}
    try:
        people = _people_here(consultation)
    except CannotBeWeighedError:
        return {**frozen, "cannot_be_weighed": True}
    if people is None:
        return frozen
    counted = _counted(people, _common_ground(consultation, people))
    shares = {
        str(each.finding.result.id): each.share and _kept(each.finding, each.share)
        for each in counted.common_ground or ()
    }
    return {**frozen, "answered": counted.answered, "effective": counted.effective, "shares": shares}


def _kept(finding: Finding, share: WeightedShare) -> dict[str, Any]:
    figures = {name: round(figure, DIGITS) for name, figure in asdict(share).items()}
    return {"direction": finding.direction, **figures}


def _thawed(consultation: Consultation) -> Weighed | None:
    snapshot = snapshot_of(consultation.id)
    frozen = (snapshot and snapshot.weighed) or {}
    if frozen.get("cannot_be_weighed"):
        raise CannotBeWeighedError
    if "shares" not in frozen:
        return None
    opinions = opinions_of(consultation)
    findings: Sequence[Finding] = opinions.common_ground if opinions else ()
    return Weighed(
        answered=frozen["answered"],
        effective=frozen["effective"],
        common_ground=tuple(
            WeighedFinding(finding, _share(frozen["shares"], finding)) for finding in findings
        ),
    )


def _share(shares: Mapping[str, Any], finding: Finding) -> WeightedShare | None:
    """The frozen share of a finding; None where it was withheld, or was no finding then."""
    kept = shares.get(str(finding.result.id))
    if not kept or kept["direction"] != finding.direction:
        return None
    return WeightedShare(**{name: kept[name] for name in ("unweighted", "weighted", "low", "high")})


def _people_here(consultation: Consultation) -> _People | None:
    margins = margins_of(consultation.id)
    return _people(margins) if margins else None


def _counted(people: _People, common_ground: tuple[WeighedFinding, ...] | None) -> Weighed:
    return Weighed(
        answered=len(people.ids) // STEPS * STEPS,
        effective=int(people.effective) // STEPS * STEPS,
        common_ground=common_ground,
    )


def _people(margins: Mapping[int, Margin]) -> _People | None:
    questions = sorted(margins)
    answers = answers_to(questions)
    ids, places, counts = np.unique(answers[:, 0], return_inverse=True, return_counts=True)
    choices = np.full((len(ids), len(questions)), -1)
    choices[places, np.searchsorted(questions, answers[:, 1])] = answers[:, 2]
    complete = counts == len(questions)
    ids, choices = ids[complete], choices[complete]
    if len(ids) < ENOUGH_ANSWERS:
        return None
    try:
        weights = rake(
            {str(id_): [str(choice) for choice in choices[:, place]] for place, id_ in enumerate(questions)},
            {
                str(id_): {str(place): share for place, share in enumerate(margins[id_].shares)}
                for id_ in questions
            },
        )
    except MarginError as error:
        raise CannotBeWeighedError from error
    return _People(ids, choices, weights.of_people, weights.effective_sample_size)


def _common_ground(consultation: Consultation, people: _People) -> tuple[WeighedFinding, ...]:
    opinions = opinions_of(consultation)
    findings: Sequence[Finding] = opinions.common_ground if opinions else ()
    votes = votes_on([finding.result.id for finding in findings])
    matrix = VoteMatrix.from_votes(*votes[np.isin(votes[:, 0], people.ids)].T)
    weights = people.weights[np.searchsorted(people.ids, matrix.participant_ids)]
    by_id = {each.id: each for each in weighted_statements(matrix, weights)}
    return tuple(
        WeighedFinding(
            finding,
            getattr(by_id[finding.result.id], finding.direction)
            if finding.result.id in by_id and _may_be_shown(votes, people, finding)
            else None,
        )
        for finding in findings
    )


def _may_be_shown(votes: NDArray[np.int64], people: _People, finding: Finding) -> bool:
    """Whether the weighted share lets nobody work out how the few people of one part voted.

    Agreement by answer is published where enough people stand behind it. The total is one equation about the
    parts that are withheld, the weighted share a second one: it solves for two of them, not for three.
    """
    votes = votes[votes[:, 1] == finding.result.id]
    says_otherwise = votes[:, 2] != _SAYS[finding.direction]
    place = np.searchsorted(people.ids, votes[:, 0]).clip(max=len(people.ids) - 1)
    inside = people.ids[place] == votes[:, 0]
    for column in people.choices.T:
        last = int(column.max()) + 1
        lines = np.where(inside, column[place], last)
        cells = np.zeros((last + 1, 2), dtype=np.int64)
        np.add.at(cells, (lines, says_otherwise.astype(int)), 1)
        # Those outside are a line of their own: the published share holds them too.
        hidden = publishable_shares(cells[cells.sum(axis=1) > 0]).count(None)
        if 0 < hidden <= EQUATIONS:
            return False
    return True
