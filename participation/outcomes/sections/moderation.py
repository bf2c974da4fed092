"""Which statements were kept from the vote, why and by whom; appeals; and what was conspicuous in the votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.formatting import number
from participation.moderation.forms import REASONS, VERDICTS
from participation.moderation.models import Reason, Verdict
from participation.outcomes.blocks import Heading, Paragraph, Points, Table, Written
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "moderation"


def title() -> str:
    return str(_("Moderation"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read, moderation = Reading(facts, language), facts["moderation"]
    yield from _policy(read)
    yield from _decisions(moderation)
    yield from _replaced(moderation["replaced"])
    yield _appeals(moderation["appeals"])
    yield from _conspicuous(facts["integrity"])


def _policy(read: Reading) -> Iterator[Block]:
    texts = read.consultation["texts"]
    main = read.consultation["main_language"]
    tag = read.language if texts.get(read.language, {}).get("moderation") else main
    if texts[tag]["moderation"]:
        yield Paragraph(_("This is what people were told before they took part:"))
        by = read.consultation["organisation"] or _("Those who ran the consultation")
        yield Written(texts[tag]["moderation"], by, tag)


def _decisions(moderation: dict[str, Any]) -> Iterator[Block]:
    decisions = [
        (str(VERDICTS[Verdict(verdict)]), count)
        for verdict, count in moderation["decisions"].items()
        if count
    ]
    if not decisions:
        yield Paragraph(_("No decision about a statement was needed."))
        return
    yield Table(_("Decisions that hold"), (_("Decision"), _("Statements")), tuple(decisions))
    if moderation["reasons"]:
        yield Table(
            _("Reasons for keeping a statement from the vote, or sending it back"),
            (_("Reason"), _("Statements")),
            tuple((str(REASONS[Reason(reason)]), count) for reason, count in moderation["reasons"].items()),
        )
    yield Paragraph(_("Every decision with its reason stands in the public log of the consultation."))


def _replaced(replaced: list[dict[str, Any]]) -> Iterator[Block]:
    if not replaced:
        return
    yield Heading(_("Statements for which others stand"))
    points = []
    for each in replaced:
        others = ", ".join(number(other) for other in each["replaced_by"])
        words = _(
            "In place of statement %(statement)s: %(others)s", statement=number(each["number"]), others=others
        )
        points.append(Paragraph(words, tuple(each["replaced_by"])))
    yield Points(tuple(points))


def _appeals(appeals: dict[str, int]) -> Paragraph:
    if not appeals["total"]:
        return Paragraph(_("No author objected to a decision."))
    objected = ngettext(
        "%(appeals)s author objected to a decision.",
        "%(appeals)s authors objected to a decision.",
        appeals["total"],
        appeals=number(appeals["total"]),
    )
    came_of_it = _(
        "Decisions that were upheld: %(upheld)s; changed: %(overturned)s; not answered: %(waiting)s.",
        upheld=number(appeals["upheld"]),
        overturned=number(appeals["overturned"]),
        waiting=number(appeals["waiting"]),
    )
    return Paragraph(f"{objected} {came_of_it}")


def _conspicuous(integrity: dict[str, Any] | None) -> Iterator[Block]:
    yield Heading(_("Accounts that were conspicuous"))
    yield Paragraph(
        _(
            "No account was excluded. Votes were looked at for signs of manipulation; a sign is a reason to "
            "look, no proof."
        )
    )
    if integrity is None:
        return
    names = {
        "burst": _("First votes within the same minutes"),
        "identical_votes": _("The same votes on the same statements"),
        "hurried": _("Votes faster than one can read"),
        "one_sided": _("The same answer throughout"),
        "one_vote": _("One vote only"),
    }
    if integrity["accounts"]:
        yield Table(
            _("Accounts by what is conspicuous"),
            (_("Sign"), _("Accounts")),
            tuple((names[reason], count) for reason, count in integrity["accounts"].items()),
        )
    if without := integrity["without"]:
        yield Paragraph(
            _(
                "Without the conspicuous accounts, %(kept)s of the %(before)s statements of the common ground would "
                "still be common ground.",
                kept=number(without["common_ground_kept"]),
                before=number(integrity["with_all"]["common_ground"]),
            )
        )
