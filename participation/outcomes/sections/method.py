"""How the figures came about, what they cannot say, and how to compute them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number
from participation.outcomes.blocks import Heading, Limit, Paragraph, Table
from participation.outcomes.limits import limits_of
from participation.outcomes.variations import VARIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "method"


def title() -> str:
    return str(_("Method and limits"))


def say(facts: Facts, language: str) -> Iterator[Block]:  # noqa: ARG001 - every section is asked in the same way
    yield Heading(_("What these results cannot say"))
    yield from (Limit(sentence) for sentence in limits_of(facts))
    yield from _how(facts["analysis"])
    yield from _variations(facts["analysis"]["sensitivity"])
    yield from _again(facts["method"])


def _how(analysis: dict[str, Any]) -> Iterator[Block]:
    yield Heading(_("How it is computed"))
    yield Paragraph(
        _(
            "Each person's place is estimated from their votes, with its doubt. Groups are looked for by how well they "
            "predict votes that were hidden. Shares have intervals after Wilson. Every step is open source."
        )
    )
    if analysis["resamples"]:
        yield Paragraph(
            _(
                "The analysis was repeated %(times)s times with a random part of the people, to see which groups are "
                "found again.",
                times=number(analysis["resamples"]),
            )
        )


def _variations(rows: list[dict[str, Any]]) -> Iterator[Block]:
    if rows:
        yield Table(
            _("The groups under other choices"),
            (_("Choice"), _("People"), _("Groups"), _("Likeness"), _("Common ground kept")),
            tuple(
                (
                    str(VARIATIONS.get(row["name"], row["name"])),
                    row["participants"],
                    row["number_of_groups"],
                    row["likeness"],
                    row["common_ground_kept"],
                )
                for row in rows
            ),
            shares=(3,),
            note=_("Likeness: all of it means the same groups, none no more likeness than by chance."),
        )


def _again(method: dict[str, Any]) -> Iterator[Block]:
    yield Heading(_("To compute it again"))
    yield Paragraph(_("The same votes with the same version, parameters and seed give the same figures."))
    yield Table(
        _("Version and parameters"),
        (_("Name"), _("Value")),
        (
            ("method", method["name"]),
            ("code_version", method["code_version"]),
            ("analysed_at", method["analysed_at"]),
            *((name, str(value)) for name, value in sorted(method["parameters"].items())),
        ),
    )
    names = {
        "votes_sha256": _("Votes"),
        "analysis_sha256": _("Analysis"),
        "statements_sha256": _("Statements and their translations"),
        "dossier_sha256": _("Dossier"),
        "texts_sha256": _("Texts of the organiser"),
        "answers_sha256": _("What people said of themselves, in counts"),
        "moderation_sha256": _("Moderation, in counts"),
    }
    yield Table(
        _("Fingerprints of what this report rests on (SHA-256)"),
        (_("Input"), _("Fingerprint")),
        tuple((name, method[key]) for key, name in names.items() if method[key]),
    )
