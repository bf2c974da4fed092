"""What the made-up people say of themselves, and the made-up city's register: the young are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from participation.database import db
from participation.monitoring.models import Margin
from participation.questions.models import Question, SelfDescription
from participation.questions.ready_made import READY_MADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from participation.consultations.models import Consultation

# The age groups of those who answer, over and over, and the shares of the population, youngest first.
AGES = (3, 4, 2, 1, 4, 5, 3, 2, 4, 3, 0, 2, 5, 4, 3, 2, 1, 3, 4, 5)
POPULATION = [0.17, 0.16, 0.2, 0.2, 0.17, 0.1]
SOURCE = "Velmora in figures"


def add_answers(consultation: Consultation, languages: Iterable[str], people: Sequence[int]) -> None:
    """Ask about age; every second person has answered."""
    question = Question(consultation_id=consultation.id, number=1, texts=READY_MADE["age"].texts(languages))
    db.session.add(question)
    db.session.flush()
    db.session.add(Margin(question_id=question.id, shares=POPULATION, source=SOURCE))
    rows = [
        {
            "participant_id": person,
            "question_id": question.id,
            "consultation_id": consultation.id,
            "choice": AGES[place % len(AGES)],
        }
        for place, person in enumerate(people[::2])
    ]
    db.session.execute(insert(SelfDescription), rows)
