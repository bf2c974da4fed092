"""What people said of themselves, as everybody may read it after closing: many people at a time, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.ballot import Choice
from deliberation.small_cells import SMALLEST_CELL, withheld
from participation.questions.queries import number_of_answers, questions_of, votes_by_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from participation.consultations.models import Consultation
    from participation.opinions.reading import Finding
    from participation.questions.models import QuestionText


@dataclass(frozen=True)
class Agreement:
    """A statement, and by choice the share that agrees among those who gave it; None where it is withheld."""

    finding: Finding
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class AnsweredQuestion:
    """How many voters gave each answer; None where a count is withheld.

    `counts` are of the choices in their order; `unsaid` preferred not to say, `unanswered` passed over it.
    """

    number: int
    texts: dict[str, QuestionText]
    counts: tuple[int | None, ...]
    unsaid: int | None
    unanswered: int | None
    agreement: tuple[Agreement, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether no count at all may be shown."""
        return all(count is None for count in (*self.counts, self.unsaid, self.unanswered))


def answered_questions(
    consultation: Consultation, *, voters: int, findings: Sequence[Finding]
) -> tuple[AnsweredQuestion, ...]:
    """The answers to each question, and what those who gave each say on some statements.

    Args:
        voters: how many people voted; every page says so.
        findings: the statements to compare.

    """
    counted = number_of_answers(consultation.id)
    answered = []
    for question in questions_of(consultation.id):
        choices = range(len(question.texts[consultation.main_language].choices))
        counts = np.array([counted.get((question.id, answer), 0) for answer in (*choices, None)])
        shown = publishable_counts(np.append(counts, max(voters - counts.sum(), 0)))
        answered.append(
            AnsweredQuestion(
                number=question.number,
                texts=question.texts,
                counts=shown[:-2],
                unsaid=shown[-2],
                unanswered=shown[-1],
                agreement=_agreement(question.id, len(choices), findings),
            )
        )
    return tuple(answered)


def publishable_counts(counts: NDArray[np.int64]) -> tuple[int | None, ...]:
    """Counts of a whole whose total is known, with None for each that must not be published."""
    if counts.sum() < SMALLEST_CELL:
        return (None,) * len(counts)
    return tuple(None if hide else int(count) for count, hide in zip(counts, withheld(counts), strict=True))


def _agreement(question_id: int, choices: int, findings: Sequence[Finding]) -> tuple[Agreement, ...]:
    votes = votes_by_answer(question_id, [finding.result.id for finding in findings])
    rows = []
    for finding in findings:
        cells = np.zeros((choices + 2, 2), dtype=np.int64)
        for place, answer in enumerate((*range(choices), None)):
            cast = votes.get((finding.result.id, answer), {})
            cells[place] = cast.get(Choice.AGREE, 0), sum(cast.values()) - cast.get(Choice.AGREE, 0)
        overall = finding.result.overall
        whole = np.array([overall.agree.count, overall.votes - overall.agree.count])
        cells[-1] = np.maximum(whole - cells.sum(axis=0), 0)
        rows.append(Agreement(finding, publishable_shares(cells)[:choices]))
    return tuple(row for row in rows if any(share is not None for share in row.shares))


def publishable_shares(cells: NDArray[np.int64]) -> tuple[float | None, ...]:
    """The share of the first column in each line, None for those that must not be published.

    Whoever knows what somebody answered must not learn how they voted. So, other than in a count of
    answers, that nobody voted one way is withheld as well: it would say how everybody else in the line
    voted. The totals of lines and columns are taken to be known.
    """
    hidden = np.asarray(withheld(np.maximum(cells, 1)).any(axis=1))
    return tuple(
        None if hide else float(line[0] / line.sum()) for line, hide in zip(cells, hidden, strict=True)
    )
