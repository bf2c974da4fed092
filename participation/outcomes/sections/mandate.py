"""Who asks, what is decided, what could still change, and who answers by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.outcomes.blocks import Paragraph, Table
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "mandate"


def title() -> str:
    return str(_("Mandate"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    texts = read.texts
    not_said = _("Nobody has said so.")
    rows = (
        (_("Who asked"), read.consultation["organisation"] or not_said),
        (_("The question"), texts["question"]),
        (_("Who decides"), texts["decision_maker"] or not_said),
        (_("What can still change, and what cannot"), texts["still_open"] or not_said),
        (_("How the answers will be used"), texts["use_of_answers"] or not_said),
        (_("An answer is promised by"), read.responds_by or _("No day was promised.")),
    )
    yield Table(_("What the consultation was for"), (_("Subject"), _("What was said to participants")), rows)
    if read.responds_by:
        yield Paragraph(_("The day of the answer was promised before people voted."))
