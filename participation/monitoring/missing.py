"""Who is missing: the people who say something of themselves, beside the population.

While people still answer, somebody who watches the figures could see the answer of whoever comes next. So
shares are told in steps of ten per cent, and only of so many people that even four of them are less than the
first step. After closing they are told exactly where no count behind them is withheld from the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from participation.monitoring.queries import margins_of
from participation.opinions.queries import snapshot_of
from participation.questions.queries import number_of_answers, questions_of
from participation.questions.reading import answered_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.consultations.models import Consultation
    from participation.monitoring.models import Margin
    from participation.questions.models import Question, QuestionText

STEPS = 10
ENOUGH_ANSWERS = 50
# An exact share this far from the population's is worth a word.
FAR = 0.05


@dataclass(frozen=True)
class Part:
    """People who gave one answer: their share lies between `low` and `high`; the population's if it is known."""

    low: float
    high: float
    population: float | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_missing(self) -> bool:
        """Whether there are fewer than in the population, for certain."""
        reach = FAR if self.is_exact else 0.0
        return self.population is not None and self.high + reach <= self.population


@dataclass(frozen=True)
class Asked:
    """A question with its parts in the order of its choices; none while too few have answered."""

    number: int
    texts: dict[str, QuestionText]
    margin: Margin | None
    parts: tuple[Part, ...] | None


def who_answered(consultation: Consultation) -> tuple[Asked, ...]:
    """Each question that is asked, with the shares of the answers among those who named one."""
    margins, counted = margins_of(consultation.id), number_of_answers(consultation.id)
    exact = _published(consultation)
    return tuple(
        Asked(
            number=question.number,
            texts=question.texts,
            margin=margins.get(question.id),
            parts=_parts(
                exact.get(question.number)
                or [counted.get((question.id, place), 0) for place in _places(question, consultation)],
                margins.get(question.id),
                is_exact=question.number in exact,
            ),
        )
        for question in questions_of(consultation.id)
    )


def _published(consultation: Consultation) -> dict[int, list[int]]:
    """The counts of the choices as they are public, by number of the question, where none is withheld."""
    snapshot = snapshot_of(consultation.id)
    answered = answered_questions(consultation, (snapshot and snapshot.answers) or {}, ())
    return {
        each.number: [count for count in each.counts if count is not None]
        for each in answered
        if None not in (*each.counts, each.unsaid, each.unanswered)
    }


def _places(question: Question, consultation: Consultation) -> range:
    return range(len(question.texts[consultation.main_language].choices))


def _parts(counts: Sequence[int], margin: Margin | None, *, is_exact: bool) -> tuple[Part, ...] | None:
    answers = sum(counts)
    if not answers or (answers < ENOUGH_ANSWERS and not is_exact):
        return None
    bounds = [_bounds(count, answers, is_exact=is_exact) for count in counts]
    population = margin.shares if margin else [None] * len(counts)
    return tuple(Part(low, high, share) for (low, high), share in zip(bounds, population, strict=True))


def _bounds(count: int, answers: int, *, is_exact: bool) -> tuple[float, float]:
    if is_exact:
        return count / answers, count / answers
    step = min(count * STEPS // answers, STEPS - 1)
    return step / STEPS, (step + 1) / STEPS
