"""The outcome of a consultation: its numbers, what the votes say, and the limits of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from participation.opinions.limits import LIMITS
from participation.opinions.queries import snapshot_of
from participation.opinions.reading import opinions_of
from participation.outcomes.gathered.analysis import published_analysis
from participation.outcomes.queries import important_to, numbers_of
from participation.questions.reading import answered_questions

if TYPE_CHECKING:
    from collections.abc import Callable

    from participation.consultations.models import Consultation
    from participation.opinions.reading import Finding, Opinions
    from participation.outcomes.queries import Numbers
    from participation.questions.reading import AnsweredQuestion
    from participation.statements.models import Wording


class Order(Enum):
    """By what the table of all statements is sorted. The value stands in the address."""

    NUMBER = "number"
    AGREE = "agree"
    DISAGREE = "disagree"
    PASSED = "pass"
    VOTES = "votes"
    DIVISIVENESS = "divisiveness"


MEASURES: dict[Order, Callable[[Finding], float]] = {
    Order.NUMBER: lambda finding: finding.number,
    Order.AGREE: lambda finding: -finding.result.overall.agree.share,
    Order.DISAGREE: lambda finding: -finding.result.overall.disagree.share,
    Order.PASSED: lambda finding: -finding.result.overall.passed.share,
    Order.VOTES: lambda finding: -finding.result.overall.votes,
    Order.DIVISIVENESS: lambda finding: -finding.result.divisiveness,
}


@dataclass(frozen=True)
class Outcome:
    numbers: Numbers
    opinions: Opinions | None
    statements: tuple[Finding, ...]
    #: By statement id, to how many it matters; None where they are too few to be told.
    important_to: dict[int, int | None]
    #: What people said of themselves, and what those who said it say on the statements that matter most.
    answers: tuple[AnsweredQuestion, ...]


def outcome_of(consultation: Consultation, order: Order = Order.NUMBER) -> Outcome:
    """Gather what the outcome page shows. Reads the latest snapshot; computes nothing of it."""
    opinions = opinions_of(consultation)
    findings = (
        sorted(opinions.all, key=lambda found: (MEASURES[order](found), found.number)) if opinions else []
    )
    numbers, snapshot = numbers_of(consultation.id), snapshot_of(consultation.id)
    telling = (*opinions.common_ground, *opinions.dividing) if opinions else ()
    compared = list({finding.result.id: finding for finding in telling}.values())
    return Outcome(
        numbers=numbers,
        opinions=opinions,
        statements=tuple(findings),
        important_to=important_to(consultation.id),
        answers=answered_questions(consultation, (snapshot and snapshot.answers) or {}, compared),
    )


def outcome_as_json(consultation: Consultation) -> dict[str, Any]:
    """The outcome for machines: numbers, statements in the reader's language and the analysis, small cells withheld."""
    numbers, snapshot = numbers_of(consultation.id), snapshot_of(consultation.id)
    opinions = opinions_of(consultation)
    return {
        "schema_version": "1",
        "consultation": {
            "slug": consultation.slug,
            "is_demonstration": consultation.is_demonstration,
            "admission": consultation.admission.value,
            "opens_at": consultation.opens_at.isoformat(),
            "closes_at": consultation.closes_at.isoformat(),
            "texts": {
                tag: {"title": text.title, "question": text.question}
                for tag, text in sorted(consultation.texts.items())
            },
        },
        "participation": {
            "voters": numbers.voters,
            "votes": numbers.votes,
            "statements": numbers.statements,
            "seed_statements": numbers.seed_statements,
            "submitted_statements": numbers.submitted,
            "rejected_statements": numbers.rejected,
        },
        "limits": [str(limit) for limit in LIMITS],
        "statements": _statements_as_json(opinions, important_to(consultation.id)),
        "analysis": published_analysis(snapshot.analysis, {finding.result.id for finding in opinions.all})
        if snapshot and opinions
        else None,
    }


def _statements_as_json(opinions: Opinions | None, important: dict[int, int | None]) -> list[dict[str, Any]]:
    return [
        {
            "id": finding.result.id,
            "number": finding.number,
            "text": finding.wording.text,
            "language": finding.wording.language,
            "translation": _translation_as_json(finding.wording),
            "important_to": important.get(finding.result.id, 0),
        }
        for finding in (opinions.all if opinions else ())
    ]


def _translation_as_json(wording: Wording) -> dict[str, Any] | None:
    """From which language the text was translated, by whom and whether checked; None for an original."""
    if wording.original is None:
        return None
    return {
        "from": wording.original.language,
        "by": wording.origin.value,
        "is_checked": wording.is_checked,
    }
