"""In which ways people could take part: admission, languages, days; and what the platform does not record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from participation.consultations.models import Admission, Channel
from participation.formatting import day
from participation.i18n import name_of
from participation.outcomes.blocks import Paragraph, Table
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask_babel import LazyString

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "taking_part"

#: Who could take part, and what is known of who they are.
ADMITTED: Mapping[Admission, tuple[LazyString, LazyString]] = {
    Admission.OPEN: (
        _l("Everybody who had the address, without an account"),
        _l("Not checked. Each browser is one participant."),
    ),
    Admission.EMAIL: (
        _l("Everybody who confirmed an e-mail address, without an account"),
        _l("Not checked. Each e-mail address is one participant; no address is kept with the votes."),
    ),
    Admission.CODE: (
        _l("People with an invitation code; each code admits one participant"),
        _l("Not recorded. Each code is one participant."),
    ),
}


def title() -> str:
    return str(_("How people took part"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    consultation = read.consultation
    who, identity = ADMITTED[Admission(consultation["admission"])]
    rows = [
        (_("First day"), day(consultation["first_day"])),
        (_("Last day"), day(consultation["last_day"])),
        (_("Languages"), ", ".join(name_of(tag) for tag in consultation["languages"])),
        (_("Who could take part"), str(who)),
        (_("Identity"), str(identity)),
        *_on_paper(facts),
        (
            _("Interim results"),
            _("Shown to everybody while people voted")
            if consultation["shows_interim_results"]
            else _("Shown to nobody until the end"),
        ),
    ]
    if consultation["last_day_to_write"]:
        rows.insert(2, (_("New statements until"), day(consultation["last_day_to_write"])))
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


def _on_paper(facts: Facts) -> Iterator[tuple[str, str]]:
    if any(row["channel"] == Channel.PAPER.value for row in facts["participation"]["by_channel"]):
        yield (
            _("On paper"),
            _(
                "Sheets of paper were counted too. Each sheet is one participant; who filled it in was not checked, "
                "and the same person may have taken part in another way as well."
            ),
        )
