"""What people could read about the proposed system before they voted, with its fingerprint, and how it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.formatting import number
from participation.outcomes.blocks import Paragraph, Table
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "dossier"


def title() -> str:
    return str(_("The dossier, as it was shown"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    shown = facts["dossier"]
    if shown is None:
        yield Paragraph(_("There was no dossier: people read only the texts of the consultation itself."))
        return
    read = Reading(facts, language)
    yield Paragraph(
        _(
            "Before they voted, people could read version %(number)s of the dossier of the proposed system. All of it "
            "is printed in the annexes. It cannot be changed: the fingerprint below would be another.",
            number=number(shown["number"]),
        )
    )
    opens, closes = read.consultation["opens_at"], read.consultation["closes_at"]
    during = [
        each
        for each in shown["versions"]
        if opens <= each["published_at"] < closes and each["number"] != shown["number"]
    ]
    if during:
        yield Paragraph(
            ngettext(
                "While people took part, %(versions)s further version was published. The one named above is the one "
                "that this consultation showed.",
                "While people took part, %(versions)s further versions were published. The one named above is the "
                "one that this consultation showed.",
                len(during),
                versions=number(len(during)),
            )
        )
    else:
        yield Paragraph(_("No other version was published while people took part."))
    yield Table(
        _("Versions of the dossier"),
        (_("Version"), _("Published on"), _("Fingerprint (SHA-256)")),
        tuple(
            (each["number"], read.day_of(each["published_at"]), each["sha256"]) for each in shown["versions"]
        ),
    )
