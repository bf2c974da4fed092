"""Everything that is stored about one participant, with what each part of it means: one list for page and file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from deliberation.ballot import Choice
from participation.consultations.channels import CHANNEL_NAMES
from participation.consultations.models import Channel
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
from participation.database import now
from participation.formatting import moment, number
from participation.i18n import best_of, name_of
from participation.moderation.forms import OUTCOMES, REASONS, VERDICTS
from participation.moderation.models import Outcome, Reason, Verdict
from participation.opinions.queries import place_of
from participation.questions.queries import answers_of, questions_of
from participation.rooms.queries import seats_of
from participation.statements.models import State
from participation.statements.queries import statements_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask_babel import LazyString

    from participation.consultations.models import Consultation, Participant
    from participation.statements.models import Statement
    from participation.votes.models import SupersededVote, Vote

Row = dict[str, object]
FORMAT = "baraza-own-data-1"


@dataclass(frozen=True)
class Field:
    """What a stored value is called on the page, and what it means."""

    label: LazyString
    meaning: LazyString


@dataclass(frozen=True)
class Section:
    """One kind of thing that is stored: its heading, why it is there, and what each field means by its key.

    Another kind of thing about a participant is one more section in `SECTIONS`.
    """

    key: str
    title: LazyString
    about: LazyString
    fields: Mapping[str, Field]
    rows: Callable[[Participant], Sequence[Row]]


def own_data(consultation: Consultation, participant: Participant | None) -> dict[str, object]:
    """The file: every section by its key, and the meaning of every field in the reader's language."""
    return {
        "format": FORMAT,
        "consultation": consultation.slug,
        "made_at": now().replace(microsecond=0).isoformat(),
        **{section.key: [_plain(row) for row in rows] for section, rows in sections(participant)},
        "meaning": {
            section.key: {
                "about": str(section.about),
                "fields": {key: str(field.meaning) for key, field in section.fields.items()},
            }
            for section in SECTIONS
        },
    }


def sections(participant: Participant | None) -> list[tuple[Section, Sequence[Row]]]:
    """Every section with what is stored; nothing at all about somebody who has not taken part."""
    return [(section, section.rows(participant) if participant else []) for section in SECTIONS]


def in_words(key: str, value: object) -> str:
    """A stored value as the page says it."""
    if value is None or value == "":
        return str(_("nothing"))
    if isinstance(value, Enum):
        return str(WORDS[value])
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, datetime):
        return moment(value)
    if key == "language":
        return name_of(str(value))
    return number(value) if isinstance(value, (int, float)) else str(value)


WORDS: Mapping[Any, LazyString] = {
    **REASONS,
    Choice.AGREE: _l("Agree"),
    Choice.DISAGREE: _l("Disagree"),
    Choice.PASS: _l("Pass"),
    State.WAITING: _l("Received"),
    State.PUBLISHED: _l("Published"),
    State.REJECTED: _l("Not published"),
    State.RETURNED: _l("Sent back for other words"),
    State.MERGED: _l("Closed as a duplicate"),
    State.SPLIT: _l("Split into several"),
    **VERDICTS,
    **OUTCOMES,
    **CHANNEL_NAMES,
}


def _plain(row: Row) -> Row:
    return {key: _plain_value(value) for key, value in row.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, Choice):
        return value.name.lower()
    if isinstance(value, (Verdict, State, Reason, Outcome, Channel)):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value


def _participation(participant: Participant) -> list[Row]:
    return [
        {
            "language": participant.language,
            "channel": participant.channel,
            "rooms": seats_of(participant.id),
            "browsers": browsers_of(participant.id),
        }
    ]


def _votes(participant: Participant) -> list[Row]:
    return [
        {
            **_which(statement),
            **_said(vote),
            "exposure": vote.exposure,
            "nonce": vote.nonce.hex() if vote.nonce else None,
        }
        for vote, statement in votes_of(participant.id)
    ]


def _earlier_votes(participant: Participant) -> list[Row]:
    return [{**_which(statement), **_said(vote)} for vote, statement in earlier_votes_of(participant.id)]


def _statements(participant: Participant) -> list[Row]:
    return [
        {
            **_which(statement),
            "language": statement.language,
            "state": statement.state,
            "written_at": statement.written_at,
        }
        for statement in statements_by(participant.id)
    ]


def _decisions(participant: Participant) -> list[Row]:
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


def _earlier_words(participant: Participant) -> list[Row]:
    return [
        {"number": statement.number, "text": text.text, "written_at": text.made_at}
        for text, statement in earlier_words_by(participant.id)
    ]


def _appeals(participant: Participant) -> list[Row]:
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


def _place(participant: Participant) -> list[Row]:
    place = None if results_are_hidden(participant.consultation_id) else place_of(participant.id)
    if place is None:
        return []
    group = None if place.group_index is None else "ABCDE"[place.group_index]
    return [{"x": place.x, "y": place.y, "error": place.error, "group": group}]


def _self_descriptions(participant: Participant) -> list[Row]:
    answers = answers_of(participant.id)
    told: list[Row] = []
    for question in questions_of(participant.consultation_id) if answers else ():
        if question.id in answers:
            text = question.texts[best_of(question.texts, otherwise=next(iter(question.texts)))]
            choice = answers[question.id]
            told.append({"question": text.text, "answer": None if choice is None else text.choices[choice]})
    return told


def _links(participant: Participant) -> list[Row]:
    return [{"expires_at": link.expires_at} for link in open_links_of(participant.id)]


def _put_off(participant: Participant) -> list[Row]:
    return [_which(statement) for statement in put_off_by(participant.id)]


def _said(vote: Vote | SupersededVote) -> Row:
    return {"choice": vote.choice, "important": vote.is_important, "cast_at": vote.cast_at}


def _which(statement: Statement) -> Row:
    return {"number": statement.number, "text": statement.texts[statement.language].text}


NUMBER = Field(_l("Number"), _l("The number of the statement in this consultation."))
TEXT = Field(_l("Statement"), _l("The statement as it was written."))
CHOICE = Field(_l("Your vote"), _l("What you said: agree, disagree or pass."))
IMPORTANT = Field(_l("This matters to me"), _l("Whether you said with your vote that this matters to you."))
WRITTEN_AT = Field(_l("Time"), _l("When you sent it, in universal time (UTC)."))
CAST_AT = Field(_l("Time"), _l("When you said it, to the minute, in universal time (UTC)."))

SECTIONS = (
    Section(
        "participation",
        _l("That you take part"),
        _l("You are a random number here. Your name, e-mail address and network address are not stored."),
        {
            "language": Field(_l("Language"), _l("The language of the page on which you first voted.")),
            "channel": Field(_l("Way"), _l("By which way you took part first.")),
            "rooms": Field(
                _l("Group sessions"),
                _l(
                    "In how many group sessions you sit now. When a session ends, who sat in it is forgotten."
                ),
            ),
            "browsers": Field(
                _l("Browsers"),
                _l(
                    "From how many browsers you take part; a confirmed e-mail address counts as one. "
                    "Of each, only a scrambled secret is stored."
                ),
            ),
        },
        _participation,
    ),
    Section(
        "votes",
        _l("Your votes that count"),
        _l("The results are computed from these."),
        {
            "number": NUMBER,
            "text": TEXT,
            "choice": CHOICE,
            "important": IMPORTANT,
            "cast_at": CAST_AT,
            "exposure": Field(
                _l("Chance"),
                _l(
                    "How likely it was, from 0 to 1, that this statement would be shown to you at that moment; "
                    "nothing if you chose it yourself."
                ),
            ),
            "nonce": Field(
                _l("Seal"),
                _l(
                    "The random number under which your vote is sealed in the public log; nothing while it is not. "
                    "Whoever has it and your vote can find its line there."
                ),
            ),
        },
        _votes,
    ),
    Section(
        "earlier_votes",
        _l("Earlier votes that you changed or took back"),
        _l("They do not count. They are kept so that you can see what you changed."),
        {"number": NUMBER, "text": TEXT, "choice": CHOICE, "important": IMPORTANT, "cast_at": CAST_AT},
        _earlier_votes,
    ),
    Section(
        "put_off",
        _l("Statements you kept for later"),
        _l("They come back when you have voted on the others."),
        {"number": NUMBER, "text": TEXT},
        _put_off,
    ),
    Section(
        "statements",
        _l("Statements you wrote"),
        _l("That you wrote them is stored so that this page can tell you what became of them."),
        {
            "number": NUMBER,
            "text": TEXT,
            "language": Field(_l("Language"), _l("The language you wrote it in.")),
            "state": Field(_l("State"), _l("Where it stands: received, published or not published.")),
            "written_at": WRITTEN_AT,
        },
        _statements,
    ),
    Section(
        "decisions",
        _l("Decisions about your statements"),
        _l("What the people who run the consultation decided, and why."),
        {
            "number": NUMBER,
            "verdict": Field(_l("Decision"), _l("Whether it was published.")),
            "reason": Field(_l("Reason"), _l("The rule it was found to break, if it was not published.")),
            "in_its_place": Field(
                _l("In its place"), _l("The numbers of the statements that say it instead, if there are any.")
            ),
            "note": Field(_l("Note"), _l("A note to you from whoever decided.")),
            "decided_at": Field(_l("Time"), _l("When it was decided, in universal time (UTC).")),
        },
        _decisions,
    ),
    Section(
        "earlier_words",
        _l("What you wrote before you were asked for other words"),
        _l("Only those who decide about statements can read it."),
        {"number": NUMBER, "text": TEXT, "written_at": WRITTEN_AT},
        _earlier_words,
    ),
    Section(
        "appeals",
        _l("Second looks that you asked for"),
        _l("Only those who decide about statements can read your words and the answer."),
        {
            "number": NUMBER,
            "words": Field(_l("Your words"), _l("Why you think that it should be published.")),
            "appealed_at": Field(_l("Time"), _l("When you asked, in universal time (UTC).")),
            "outcome": Field(_l("What came of it"), _l("Nothing while nobody has answered.")),
            "answer": Field(_l("The answer"), _l("What you were told.")),
        },
        _appeals,
    ),
    Section(
        "self_descriptions",
        _l("What you said about yourself"),
        _l("Kept apart from your votes, without a time, and shown as counts of many people only."),
        {
            "question": Field(_l("Question"), _l("What was asked.")),
            "answer": Field(_l("Answer"), _l("What you chose; nothing if you prefer not to say.")),
        },
        _self_descriptions,
    ),
    Section(
        "place",
        _l("Your place on the opinion map"),
        _l(
            "It is computed from everybody's votes, again and again while people vote. "
            "Where results are shown after the last day only, it is shown then too."
        ),
        {
            "x": Field(_l("Across"), _l("How far to one side of the map you stand.")),
            "y": Field(_l("Up"), _l("How far up or down you stand.")),
            "error": Field(
                _l("Uncertainty"), _l("How uncertain these two numbers are: their standard error.")
            ),
            "group": Field(
                _l("Group"), _l("The letter of the opinion group you are closest to; nothing if it is none.")
            ),
        },
        _place,
    ),
    Section(
        "links",
        _l("Links to other devices"),
        _l("A link that you made to go on from another device and that has not been used yet."),
        {"expires_at": Field(_l("Until"), _l("When it stops working, in universal time (UTC)."))},
        _links,
    ),
)
