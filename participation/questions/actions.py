"""What changes questions and answers: facilitators ask, participants answer, change and withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert

from participation.consultations.actions import ConsultationNotOpenError
from participation.consultations.models import Participant
from participation.database import db
from participation.errors import DomainError
from participation.questions.models import Question, QuestionText, SelfDescription
from participation.questions.queries import has_answers, has_voted, questions_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from participation.consultations.models import Consultation

MOST_QUESTIONS = 5


class QuestionsAreSettledError(DomainError):
    message = _l(
        "Somebody has answered already, or the consultation is closed: the questions can no longer be changed."
    )


class TooManyQuestionsError(DomainError):
    message = _l("Five questions are the most. Please remove one before you add another.")


class VoteFirstError(DomainError):
    message = _l("Please vote on a statement first. The questions about you come after that.")


class QuestionsChangedError(DomainError):
    message = _l("The questions have changed since you opened the page. Please open it again.")


def add_question(consultation: Consultation, texts: Mapping[str, QuestionText]) -> Question:
    """Ask people about themselves, as the last question.

    Raises:
        QuestionsAreSettledError, TooManyQuestionsError

    """
    _expect_unanswered(consultation)
    questions = questions_of(consultation.id)
    if len(questions) >= MOST_QUESTIONS:
        raise TooManyQuestionsError
    number = max((question.number for question in questions), default=0) + 1
    question = Question(consultation_id=consultation.id, number=number, texts=dict(texts))
    db.session.add(question)
    db.session.commit()
    return question


def remove_question(consultation: Consultation, number: int) -> None:
    """Ask a question no longer. Doing it twice does no more than doing it once.

    Raises:
        QuestionsAreSettledError

    """
    _expect_unanswered(consultation)
    db.session.execute(
        delete(Question).where(Question.consultation_id == consultation.id, Question.number == number)
    )
    db.session.commit()


def describe_oneself(
    consultation: Consultation, participant_id: int, answers: Mapping[int, int | None]
) -> None:
    """Put a participant's answers in the place of those before.

    Args:
        answers: by question id the place of the choice, or None for "I prefer not to say". A question that
            is left out has no answer.

    Raises:
        ConsultationNotOpenError, VoteFirstError, QuestionsChangedError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    if not has_voted(participant_id):
        raise VoteFirstError
    most = {
        question.id: len(question.texts[consultation.main_language].choices)
        for question in questions_of(consultation.id)
    }
    for question_id, choice in answers.items():
        if question_id not in most or (choice is not None and not 0 <= choice < most[question_id]):
            raise QuestionsChangedError
    _forget(participant_id)
    rows = [
        {
            "participant_id": participant_id,
            "question_id": question_id,
            "consultation_id": consultation.id,
            "choice": choice,
        }
        for question_id, choice in answers.items()
    ]
    if rows:
        db.session.execute(insert(SelfDescription), rows)
    db.session.commit()


def withdraw_answers(participant_id: int) -> None:
    """Forget everything that a participant said of themselves. Possible at any time, also after closing."""
    _forget(participant_id)
    db.session.commit()


def _forget(participant_id: int) -> None:
    # Locks the participant: answers from two tabs come one after the other.
    db.session.get(Participant, participant_id, with_for_update=True, populate_existing=True)
    db.session.execute(delete(SelfDescription).where(SelfDescription.participant_id == participant_id))


def _expect_unanswered(consultation: Consultation) -> None:
    db.session.refresh(consultation, with_for_update=True)
    if consultation.is_closed or has_answers(consultation.id):
        raise QuestionsAreSettledError
