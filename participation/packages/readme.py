"""The README of a package: what is in it and what it may be used for, in plain words and in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.formatting import day, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.models import Report


def readme(report: Report, tag: str, *, has_votes: bool) -> str:
    """Markdown. Call it while that language is spoken."""
    about = report.facts["consultation"]
    text = about["texts"].get(tag) or about["texts"][about["main_language"]]
    lines = [
        f"# {text['title']}",
        text["question"],
        _(
            "This is the data of version %(number)s of the report on this consultation, published on %(day)s.",
            number=number(report.number),
            day=day(report.published_at),
        ),
        *_what_is_in_it(report, has_votes=has_votes),
        *_who_is_protected(has_votes=has_votes),
        *_how_to_check(),
        f"## {_('What you may do with it')}",
        _(
            "Use it for anything, also commercially, as long as you say where it comes from: Creative Commons "
            "Attribution 4.0 (CC BY 4.0). Do not try to find out who a person in it is."
        ),
        f"## {_('What it cannot say')}",
        _(
            "The people who took part chose to do so. The data show which views there are and how they are "
            "arranged; they do not show what share of the population holds them."
        ),
    ]
    return "\n\n".join(lines) + "\n"


def _what_is_in_it(report: Report, *, has_votes: bool) -> Iterator[str]:
    yield f"## {_('What is in it')}"
    files = {
        "report.json": _("All facts of the report. Every number in it comes from here."),
        "words.json": _("What the report says, in every language."),
        "method.json": _("With what settings and code the figures were computed."),
        "data/": _("The same figures as tables, one file for each. An empty cell is withheld or unknown."),
        "datapackage.json": _("What each column means, for programs (Frictionless Data)."),
        "MANIFEST.sha256": _("The fingerprint of every other file, by which a change is noticed."),
    }
    if report.facts["dossier"]:
        files["dossier.json"] = _("The dossier of the AI system as people read it before they voted.")
    if has_votes:
        files["polis/"] = _("Statements and single votes, in the files that tools for Polis read.")
    yield "\n".join(f"- `{name}`: {words}" for name, words in files.items())
    yield _(
        "In the tables, a text that begins with a sign by which a spreadsheet would take it for a formula has an "
        "apostrophe before it."
    )


def _who_is_protected(*, has_votes: bool) -> Iterator[str]:
    yield f"## {_('How people are protected')}"
    if has_votes:
        yield _(
            "People read before they voted that the single votes can be given away. They have random numbers, "
            "which are others in every package. Votes have no time, and nothing about people stands beside them. "
            "Votes that were changed or taken back are not in it."
        )
    else:
        yield _("There are no single votes in it, only counts.")
    yield _(
        "What is withheld: how people voted on a statement with fewer than five votes, how an opinion group voted "
        "where it has fewer than five, and counts of fewer than five people by day, by language, by way of taking "
        "part, by what they said about themselves and by whether a statement matters to them; and what would give "
        "such a number away. Of a statement with five votes or more, the votes of everybody are given in full. What "
        "people said about themselves is given in counts only."
    )
    yield _(
        "What has been published and copied cannot be called back. Whoever had themselves erased is nobody in "
        "it: their votes count, and nothing leads to them."
    )


def _how_to_check() -> Iterator[str]:
    yield f"## {_('How to check it')}"
    yield _("With the code of Baraza, this command computes every figure again and says which differ:")
    yield "    python -m deliberation.verify PACKAGE.zip"
