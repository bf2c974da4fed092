"""What is stored about one participant: the rows of each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.contributions.queries import (
    appeals_by,
    browsers_of,
    decisions_on_statements_of,
    earlier_votes_of,
    earlier_words_by,
    open_links_of,
    put_off_by,
    results_are_hidden,
    votes_of,
)
from participation.i18n import best_of
from participation.opinions.queries import place_of
from participation.questions.queries import answers_of, questions_of
from participation.rooms.queries import seats_of
from participation.statements.queries import statements_by

if TYPE_CHECKING:
    from participation.consultations.models import Participant
    from participation.statements.models import Statement
    from participation.votes.models import SupersededVote, Vote

Row = dict[str, object]


def participation_rows(participant: Participant) -> list[Row]:
    return [
        {
            "language": participant.language,
            "channel": participant.channel,
            "rooms": seats_of(participant.id),
            "browsers": browsers_of(participant.id),
        }
    ]


def votes_rows(participant: Participant) -> list[Row]:
    return [
        {
            **_which(statement),
            **_said(vote),
            "exposure": vote.exposure,
            "nonce": vote.nonce.hex() if vote.nonce else None,
        }
        for vote, statement in votes_of(participant.id)
    ]


def earlier_votes_rows(participant: Participant) -> list[Row]:
    return [{**_which(statement), **_said(vote)} for vote, statement in earlier_votes_of(participant.id)]


def statements_rows(participant: Participant) -> list[Row]:
    return [
        {
            **_which(statement),
            "language": statement.language,
            "state": statement.state,
            "written_at": statement.written_at,
        }
        for statement in statements_by(participant.id)
    ]


def decisions_rows(participant: Participant) -> list[Row]:
    return [
        {
            "number": statement.number,
            "verdict": decision.verdict,
            "reason": decision.reason,
            "in_its_place": ", ".join(str(other.number) for other in decision.successors),
            "note": decision.note,
            "decided_at": decision.decided_at,
        }
        for decision, statement in decisions_on_statements_of(participant.id)
    ]


def earlier_words_rows(participant: Participant) -> list[Row]:
    return [
        {"number": statement.number, "text": text.text, "written_at": text.made_at}
        for text, statement in earlier_words_by(participant.id)
    ]


def appeals_rows(participant: Participant) -> list[Row]:
    return [
        {
            "number": statement.number,
            "words": appeal.words,
            "appealed_at": appeal.appealed_at,
            "outcome": appeal.outcome,
            "answer": appeal.answer,
        }
        for appeal, statement in appeals_by(participant.id)
    ]


def place_rows(participant: Participant) -> list[Row]:
    place = None if results_are_hidden(participant.consultation_id) else place_of(participant.id)
    if place is None:
        return []
    group = None if place.group_index is None else "ABCDE"[place.group_index]
    return [{"x": place.x, "y": place.y, "error": place.error, "group": group}]


def self_descriptions_rows(participant: Participant) -> list[Row]:
    answers = answers_of(participant.id)
    told: list[Row] = []
    for question in questions_of(participant.consultation_id) if answers else ():
        if question.id in answers:
            text = question.texts[best_of(question.texts, otherwise=next(iter(question.texts)))]
            choice = answers[question.id]
            told.append({"question": text.text, "answer": None if choice is None else text.choices[choice]})
    return told


def links_rows(participant: Participant) -> list[Row]:
    return [{"expires_at": link.expires_at} for link in open_links_of(participant.id)]


def put_off_rows(participant: Participant) -> list[Row]:
    return [_which(statement) for statement in put_off_by(participant.id)]


def _said(vote: Vote | SupersededVote) -> Row:
    return {"choice": vote.choice, "important": vote.is_important, "cast_at": vote.cast_at}


def _which(statement: Statement) -> Row:
    return {"number": statement.number, "text": statement.texts[statement.language].text}
