"""Where machines had a part in this report: translation, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.i18n import name_of
from participation.outcomes.blocks import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "ai_use"


def title() -> str:
    return str(_("Use of AI in this report"))


def say(facts: Facts, language: str) -> Iterator[Block]:  # noqa: ARG001 - every section is asked in the same way
    used = facts["machine_use"]
    yield Paragraph(
        _(
            "No sentence of this report was written by a language model. The figures are statistics of the votes; the "
            "sentences are templates that people wrote, filled in by rule. Nobody's votes were predicted or simulated."
        )
    )
    by_machine = any(
        kinds["machine_checked"] or kinds["machine_unchecked"] for kinds in used["statements"].values()
    )
    texts = [tag for tag, made in used["texts"].items() if made["by_machine"]]
    if not by_machine and not texts:
        yield Paragraph(_("No text of this consultation was translated by machine."))
        return
    yield Paragraph(
        _(
            "Some texts were translated by machine, by the service at %(service)s. Each is marked where it stands.",
            service=used["service"],
        )
        if used["service"]
        else _("Some texts were translated by machine. Each is marked where it stands.")
    )
    yield Table(
        _("Where the texts of statements come from"),
        (
            _("Language"),
            _("Written in it"),
            _("Translated by a person"),
            _("By machine, checked"),
            _("By machine, not checked"),
        ),
        tuple(
            (
                name_of(tag),
                kinds["author"],
                kinds["person"],
                kinds["machine_checked"],
                kinds["machine_unchecked"],
            )
            for tag, kinds in used["statements"].items()
        ),
    )
    for tag in texts:
        yield Paragraph(
            _(
                "The consultation's own texts in %(language)s were translated by machine and checked by a person.",
                language=name_of(tag),
            )
            if used["texts"][tag]["is_checked"]
            else _(
                "The consultation's own texts in %(language)s were translated by machine and not checked.",
                language=name_of(tag),
            )
        )
