"""Everything that is stored about one participant, with what each part of it means: one list for page and file."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from deliberation.ballot import Choice
from participation.consultations.channels import CHANNEL_NAMES
from participation.consultations.models import Channel
from participation.contributions.own_data_sections import SECTIONS
from participation.database import now
from participation.formatting import moment, number
from participation.i18n import name_of
from participation.moderation.forms import OUTCOMES, REASONS, VERDICTS
from participation.moderation.models import Outcome, Reason, Verdict
from participation.statements.models import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask_babel import LazyString

    from participation.consultations.models import Consultation, Participant
    from participation.contributions.own_data_sections import Section
    from participation.contributions.stored import Row

FORMAT = "baraza-own-data-1"


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
