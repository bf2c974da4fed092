"""What the worker does with stale opinions: gather, compute, store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert

from deliberation.analysis import analyse
from deliberation.analysis_json import to_json
from deliberation.routing import statement_weights
from deliberation.sensitivity import with_sensitivity
from deliberation.settings import Settings
from participation.consultations.actions import revise_deck
from participation.consultations.models import Consultation
from participation.database import db
from participation.opinions.models import Place, Snapshot
from participation.opinions.queries import gather_inputs, number_of_voters
from participation.opinions.second_look import second_look, with_timed_signals
from participation.questions.reading import count_answers

if TYPE_CHECKING:
    from deliberation.results import Analysis
    from participation.opinions.queries import Inputs

# Votes times resamples that one core works through in about two seconds.
VOTES_REPEATED_IN_A_FEW_SECONDS = 200_000
FEWEST_RESAMPLES = 10
# With more, the results without conspicuous accounts are computed once it is closed.
VOTES_VARIED_IN_A_FEW_SECONDS = 30_000


def refresh_snapshot(consultation_id: int) -> None:
    """Analyse a consultation again and replace its snapshot. Computes outside any transaction."""
    consultation = db.session.get_one(Consultation, consultation_id, populate_existing=True)
    inputs, is_closed = gather_inputs(consultation), consultation.is_closed
    # From here to _store nothing may touch the consultation: reading an attribute would begin a
    # transaction, and on SQLite every vote would wait for the analysis to end.
    db.session.rollback()
    settings = _settings(inputs, is_closed=is_closed)
    analysis = analyse(inputs.votes, settings)
    affordable = is_closed or inputs.votes.number_of_votes <= VOTES_VARIED_IN_A_FEW_SECONDS
    # What other choices would change stands beside the outcome; nobody asks it of a picture that moves.
    if is_closed and not analysis.too_few_for_groups:
        analysis = with_sensitivity(inputs.votes, analysis, settings)
    analysis = with_timed_signals(inputs.votes, inputs.minutes, analysis, in_rooms=inputs.in_rooms)
    integrity = second_look(inputs.votes, analysis, settings, compared=affordable)
    _store(consultation, inputs, analysis, integrity)
    db.session.commit()


def _settings(inputs: Inputs, *, is_closed: bool) -> Settings:
    """All repetitions once it is closed; before, as many as leave the picture a few seconds old."""
    if is_closed:
        return Settings()
    affordable = VOTES_REPEATED_IN_A_FEW_SECONDS // max(inputs.votes.number_of_votes, 1)
    return Settings(resamples=max(FEWEST_RESAMPLES, min(Settings.resamples, affordable)))


def _store(consultation: Consultation, inputs: Inputs, analysis: Analysis, integrity: dict[str, Any]) -> None:
    # The new weights change the deck. If anything else changed it since the inputs were gathered,
    # the two revisions differ and the snapshot is stale at once.
    revise_deck(consultation)
    before = db.session.get(Snapshot, consultation.id)
    answers = before.answers if before else None
    if answers is None and consultation.is_closed:
        overall = {statement.id: statement.overall for statement in analysis.statements}
        answers = count_answers(consultation, voters=number_of_voters(consultation.id), overall=overall)
    db.session.execute(delete(Place).where(Place.consultation_id == consultation.id))
    if places := _places(consultation.id, analysis):
        db.session.execute(insert(Place), places)
    weights = statement_weights(analysis)
    db.session.merge(
        Snapshot(
            consultation_id=consultation.id,
            gathered_at=inputs.gathered_at,
            vote_events=inputs.vote_events,
            deck_revision=inputs.deck_revision + 1,
            analysis=to_json(analysis, participants=False),
            integrity=integrity,
            answers=answers,
            weights={
                str(statement.id): float(weight)
                for statement, weight in zip(analysis.statements, weights, strict=True)
            },
        )
    )


def _places(consultation_id: int, analysis: Analysis) -> list[dict[str, object]]:
    places = analysis.places
    return [
        {
            "participant_id": int(participant),
            "consultation_id": consultation_id,
            "x": float(x),
            "y": float(y),
            "error": float(error),
            "group_index": int(group) if group >= 0 else None,
            "group_probability": float(memberships[group]) if group >= 0 else None,
        }
        for participant, (x, y), error, memberships, group in zip(
            places.participant_ids,
            places.positions,
            places.errors,
            places.memberships,
            places.groups,
            strict=True,
        )
    ]
