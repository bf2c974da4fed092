"""Rights and risks: prohibited practices, the rights that are affected, and what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.deployments.checking import is_withheld
from participation.deployments.rights.practices import PRACTICES
from participation.formatting import number
from participation.outcomes.blocks import Heading, Limit, Paragraph, Table, Written
from participation.outcomes.models import FindingKind
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "rights"


def title() -> str:
    return str(_("Rights and risks"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read, rights = Reading(facts, language), facts["rights"]
    if rights is None:
        yield Paragraph(
            _("There was no dossier, so nothing was said about rights and risks before people voted.")
        )
    else:
        yield from _screen(rights, read)
        yield from _compatibility(rights["compatibility"], facts, read)
    yield Paragraph(
        _(
            "Which statement touches which right was not coded by anybody. Read the statements that divide and the "
            "minority views with this question in mind."
        ),
        tuple(each["statement_number"] for each in read.findings(FindingKind.DIVIDES, FindingKind.MINORITY)),
    )


def _screen(rights: dict[str, Any], read: Reading) -> Iterator[Block]:
    yield Heading(_("Prohibited practices"))
    if rights["is_withheld"]:
        yield Paragraph(_("The dossier withholds the answers to the questions about prohibited practices."))
        return
    yield Paragraph(
        _(
            "Article 5 of Regulation (EU) 2024/1689 prohibits some practices. The organisation answered for "
            "each of them."
        )
        if rights["is_law"]
        else _(
            "Article 5 of Regulation (EU) 2024/1689 prohibits some practices. It is not the law here; the same "
            "questions were asked about human rights."
        )
    )
    if rights["needs_lawyers"]:
        yield Limit(
            _("At least one answer calls for lawyers: the system may be incompatible with human rights law.")
        )
    answers = {"no": _("No"), "unclear": _("Unclear"), "yes": _("Yes")}
    yield Table(
        _("Answers of the organisation"),
        (_("Practice"), _("Answer"), _("Why")),
        tuple(
            (str(practice.label), answers[given["answer"]], read.best(given["note"]) if given["note"] else "")
            if (given := rights["practices"].get(practice.key))
            else (str(practice.label), _("Not answered"), "")
            for practice in PRACTICES
        ),
    )


def _compatibility(said: dict[str, Any] | None, facts: Facts, read: Reading) -> Iterator[Block]:
    if not said or is_withheld(said):
        return
    headings = {
        "rights_affected": _("Rights that are affected"),
        "necessity": _("Why it is needed"),
        "proportionality": _("Why no milder means is enough"),
        "moratorium_considered": _("Whether doing without was considered"),
    }
    source = _("The dossier, version %(number)s", number=number(facts["dossier"]["number"]))
    for key, heading in headings.items():
        if key in said:
            yield Heading(heading)
            tag = (
                read.language if read.language in said[key] else facts["dossier"]["content"]["main_language"]
            )
            yield Written(said[key][tag], source, tag)
