"""In which ways people could take part: admission, languages, days; and what the platform does not record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.consultations.models import Admission
from participation.formatting import day
from participation.i18n import name_of
from participation.outcomes.blocks import Paragraph, Table
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "taking_part"


def title() -> str:
    return str(_("How people took part"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    consultation = read.consultation
    is_open = consultation["admission"] == Admission.OPEN.value
    rows = [
        (_("First day"), day(consultation["first_day"])),
        (_("Last day"), day(consultation["last_day"])),
        (_("Languages"), ", ".join(name_of(tag) for tag in consultation["languages"])),
        (
            _("Who could take part"),
            _("Everybody who had the address, without an account")
            if is_open
            else _("People with an invitation code; each code admits one participant"),
        ),
        (
            _("Identity"),
            _("Not checked. Each browser is one participant.")
            if is_open
            else _("Not recorded. Each code is one participant."),
        ),
        (
            _("Interim results"),
            _("Shown to everybody while people voted")
            if consultation["shows_interim_results"]
            else _("Shown to nobody until the end"),
        ),
    ]
    if consultation["statements_until"]:
        rows.insert(2, (_("New statements until"), day(consultation["statements_until"][:10])))
    yield Table(_("How people could take part"), (_("Subject"), _("What held")), tuple(rows))
    yield Paragraph(
        _(
            "People read what is proposed, then voted agree, disagree or pass on short statements, one at a time. "
            "They could write statements of their own, which others then voted on."
        )
    )
    yield Paragraph(
        _(
            "How people were invited, what help they were offered and whether they were paid is not recorded by the "
            "platform. If the organiser has something to say about it, it stands below in their own words."
        )
    )
