"""The same statements in several places, side by side. The places are never added up: each speaks for itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import TYPE_CHECKING

from deliberation.small_cells import SMALLEST_CELL
from participation.comparison.queries import comparable_with, keys_of
from participation.opinions.reading import A_MAJORITY, opinions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deliberation.results import Share
    from participation.consultations.models import Consultation
    from participation.opinions.reading import Finding
    from participation.statements.models import Wording


class Verdict(Enum):
    """What the places have to say to each other about one statement."""

    #: Common ground in every place, in the same direction.
    SHARED_AGREEMENT = "shared agreement"
    SHARED_DISAGREEMENT = "shared disagreement"
    #: The plausible shares of agreement of two places do not touch.
    DIFFERENT = "different"
    #: Neither can be said.
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class InOnePlace:
    """How people voted on a statement in one consultation; `finding` is None where too few did to tell."""

    consultation: Consultation
    finding: Finding | None

    @property
    def agree(self) -> Share | None:
        return self.finding.result.overall.agree if self.finding else None


@dataclass(frozen=True)
class Compared:
    """One statement in every place that asked it."""

    key: str
    #: As the consultation words it from which the reader came.
    wording: Wording
    places: tuple[InOnePlace, ...]

    @property
    def verdict(self) -> Verdict:
        findings = [place.finding for place in self.places]
        told = [finding for finding in findings if finding and finding.result.enough_votes]
        if len(told) == len(findings):
            if all(finding.result.common_ground_agree > A_MAJORITY for finding in told):
                return Verdict.SHARED_AGREEMENT
            if all(finding.result.common_ground_disagree > A_MAJORITY for finding in told):
                return Verdict.SHARED_DISAGREEMENT
        return Verdict.DIFFERENT if _are_apart(told) else Verdict.UNDECIDED


@dataclass(frozen=True)
class Comparison:
    """What several consultations say on the statements that at least two of them asked."""

    consultations: tuple[Consultation, ...]
    statements: tuple[Compared, ...]

    def with_verdict(self, *verdicts: Verdict) -> list[Compared]:
        return [compared for compared in self.statements if compared.verdict in verdicts]


def comparison_for(consultation: Consultation) -> Comparison | None:
    """A consultation beside those like it; None while it is open or there is nothing to compare it with."""
    others = comparable_with(consultation) if consultation.is_closed else ()
    if not others:
        return None
    consultations = (consultation, *others)
    keys = {one.id: keys_of(one.id) for one in consultations}
    findings = {one.id: _findings(one) for one in consultations}
    return Comparison(
        consultations,
        tuple(
            _compared(key, statement_id, consultations, keys, findings)
            for key, statement_id in sorted(keys[consultation.id].items())
            if statement_id in findings[consultation.id] and any(key in keys[other.id] for other in others)
        ),
    )


def _findings(consultation: Consultation) -> dict[int, Finding]:
    opinions = opinions_of(consultation)
    return {finding.result.id: finding for finding in opinions.all} if opinions else {}


def _compared(
    key: str,
    statement_id: int,
    consultations: Sequence[Consultation],
    keys: dict[int, dict[str, int]],
    findings: dict[int, dict[int, Finding]],
) -> Compared:
    places = [
        InOnePlace(one, _if_enough(findings[one.id].get(keys[one.id][key])))
        for one in consultations
        if key in keys[one.id]
    ]
    return Compared(key, findings[consultations[0].id][statement_id].wording, tuple(places))


def _if_enough(finding: Finding | None) -> Finding | None:
    return finding if finding and finding.result.overall.votes >= SMALLEST_CELL else None


def _are_apart(findings: Iterable[Finding]) -> bool:
    """Whether somewhere the intervals of agreement of two places do not touch."""
    shares = [finding.result.overall.agree for finding in findings]
    return any(one.high < other.low or other.high < one.low for one, other in combinations(shares, 2))
