"""What people said of themselves, as everybody may read it after closing: many people at a time, or nothing.

It is worked out once, with the first analysis after closing, and then stays. Were it counted again after
somebody withdrew or was erased, the difference between two counts would say how that one person voted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.ballot import Choice
from deliberation.small_cells import SMALLEST_CELL, withheld
from participation.questions.queries import number_of_answers, questions_of, votes_by_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from deliberation.results import Tally
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


def count_answers(
    consultation: Consultation, *, voters: int, overall: Mapping[int, Tally]
) -> dict[str, dict[str, Any]]:
    """What may be published of the answers, by the number of the question, to be kept as JSON.

    Beside it, what may not be and only `still_as_counted` asks for: how many answers there were.

    Args:
        voters: how many people voted; every page says so.
        overall: by statement id, what all said of it.

    """
    counted = number_of_answers(consultation.id)
    kept = {}
    for question in questions_of(consultation.id):
        choices = range(len(question.texts[consultation.main_language].choices))
        counts = np.array([counted.get((question.id, answer), 0) for answer in (*choices, None)])
        shown = publishable_counts(np.append(counts, max(voters - counts.sum(), 0)))
        agreement = _agreement(question.id, len(choices), overall)
        kept[str(question.number)] = {
            "answered": int(counts.sum()),
            "counts": shown,
            "agreement": agreement,
        }
    return kept


def still_as_counted(consultation: Consultation, kept: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether nobody has had their answers erased since: after closing they can only become fewer."""
    counted = number_of_answers(consultation.id)
    return all(
        kept[str(question.number)].get("answered")
        == sum(people for (question_id, _choice), people in counted.items() if question_id == question.id)
        for question in questions_of(consultation.id)
        if str(question.number) in kept
    )


def with_unanswered(kept: Mapping[str, Mapping[str, Any]], people: int) -> dict[str, dict[str, Any]]:
    """What was kept, and as many people more who were not asked; what is withheld stays withheld."""
    return {
        number: {**of_question, "counts": (*counts, None if unanswered is None else unanswered + people)}
        for number, of_question in kept.items()
        for *counts, unanswered in (of_question["counts"],)
    }


def answered_questions(
    consultation: Consultation, kept: Mapping[str, Mapping[str, Any]], findings: Sequence[Finding]
) -> tuple[AnsweredQuestion, ...]:
    """What was kept, with the words of the questions, for the statements that are to be compared."""
    return tuple(
        AnsweredQuestion(
            number=question.number,
            texts=question.texts,
            counts=tuple(of_question["counts"][:-2]),
            unsaid=of_question["counts"][-2],
            unanswered=of_question["counts"][-1],
            agreement=tuple(
                Agreement(finding, tuple(shares))
                for finding in findings
                if (shares := of_question["agreement"].get(str(finding.result.id)))
            ),
        )
        for question in questions_of(consultation.id)
        if (of_question := kept.get(str(question.number)))
    )


def publishable_counts(counts: NDArray[np.int64]) -> tuple[int | None, ...]:
    """Counts of a whole whose total is known, with None for each that must not be published."""
    if counts.sum() < SMALLEST_CELL:
        return (None,) * len(counts)
    return tuple(None if hide else int(count) for count, hide in zip(counts, withheld(counts), strict=True))


def _agreement(
    question_id: int, choices: int, overall: Mapping[int, Tally]
) -> dict[str, tuple[float | None, ...]]:
    """By statement id, the share that agrees among those who gave each answer; without what is all withheld."""
    votes = votes_by_answer(question_id, overall)
    shares = {
        str(statement_id): publishable_shares(
            _cells((votes.get((statement_id, answer), {}) for answer in (*range(choices), None)), whole)
        )[:choices]
        for statement_id, whole in overall.items()
    }
    return {key: row for key, row in shares.items() if any(share is not None for share in row)}


def _cells(votes: Iterable[Mapping[Choice, int]], whole: Tally) -> NDArray[np.int64]:
    """Agreements and other votes: a line for each answer, and a last one for everybody without an answer."""
    told = [(cast.get(Choice.AGREE, 0), sum(cast.values()) - cast.get(Choice.AGREE, 0)) for cast in votes]
    all_of_it = np.array([whole.agree.count, whole.votes - whole.agree.count])
    return np.vstack([told, np.maximum(all_of_it - np.sum(told, axis=0), 0)])


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
