"""All statements with their votes, the dossier as it was shown, and what the words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.deployments.reading import Reader
from participation.deployments.schema import SECTIONS
from participation.formatting import share
from participation.opinions.reading import A_LARGE_MINORITY
from participation.outcomes.blocks import Cell, Heading, Paragraph, Points, Table
from participation.outcomes.reading import Reading
from participation.outcomes.sentences import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "annexes"


def title() -> str:
    return str(_("Annexes"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    yield Heading(_("All statements"))
    for id_ in read.statements:
        yield read.quoted(id_)
    yield from _votes(read)
    yield from _words(has_groups=bool(read.letters))
    yield from _dossier(facts["dossier"])


def _votes(read: Reading) -> Iterator[Block]:
    """One table for all people, one for each group."""
    if not read.results:
        return
    results = sorted(read.results.values(), key=lambda each: read.number_of(each["id"]))
    note = _(
        "From and to: the interval that holds the share with great certainty. Empty where it is withheld."
    )
    shares = [
        _("Agree"),
        _("From"),
        _("To"),
        _("Disagree"),
        _("From"),
        _("To"),
        _("Pass"),
        _("From"),
        _("To"),
    ]
    yield Table(
        _("Votes of all people on every statement"),
        (_("Statement"), _("Votes"), *shares, *([_("Divides")] if read.letters else ()), _("Matters to")),
        tuple(
            (
                read.number_of(each["id"]),
                *_cells(each),
                *([each["divisiveness"]] if read.letters else ()),
                read.statements[each["id"]]["important_to"],
            )
            for each in results
        ),
        shares=tuple(range(2, 12 if read.letters else 11)),
        statements=0,
        note=note,
    )
    for place, letter in enumerate(read.letters):
        yield Table(
            _("Votes of group %(letter)s on every statement", letter=letter),
            (_("Statement"), _("Votes"), *shares),
            tuple((read.number_of(each["id"]), *_cells(each["groups"][place])) for each in results),
            shares=tuple(range(2, 11)),
            statements=0,
            note=note,
        )


def _cells(tally: dict[str, Any] | None) -> tuple[Cell, ...]:
    """Votes, and each choice's share with its interval; nothing where it is withheld."""
    if tally is None:
        return (None,) * 10
    cells: list[Cell] = [tally["votes"]]
    for choice in CHOICES:
        part = tally[choice]
        cells += [part["share"], part["low"], part["high"]] if part and part["total"] else [None] * 3
    return tuple(cells)


def _words(*, has_groups: bool) -> Iterator[Block]:
    yield Heading(_("What the words mean"))
    yield Points(
        tuple(
            Paragraph(words)
            for words in (
                _("Statement: one idea in one sentence, with which people can agree or disagree."),
                _("Pass: an answer that takes no side."),
                *(_words_of_groups() if has_groups else _words_without_groups()),
                _("Matters to: how many of those who voted on the statement said that it matters to them."),
                _(
                    "Finding: a statement that the authority has to answer, chosen by the rules of this report."
                ),
            )
        )
    )


def _words_of_groups() -> tuple[str, ...]:
    return (
        _("Opinion group: people who voted alike, found by a method. It has a letter and no name."),
        _("Common ground: what a majority of every group agrees with, or disagrees with."),
        _(
            "Divides: the largest difference between the shares that agree in two groups, made smaller where "
            "votes are few."
        ),
    )


def _words_without_groups() -> tuple[str, ...]:
    return (
        _("Common ground: what a majority of those who take a side agrees with, or disagrees with."),
        _(
            "It divides: at least %(least)s of the votes agree and as many disagree, for certain.",
            least=share(A_LARGE_MINORITY),
        ),
    )


def _dossier(shown: dict[str, Any] | None) -> Iterator[Block]:
    if shown is None:
        return
    reader = Reader(shown["content"])
    yield Heading(_("The dossier, word for word"))
    for section in SECTIONS:
        rows = [
            (str(field.label), reader.plain(field, reader.fields[field.key]))
            for field in section.fields
            if field.key in reader.fields
        ]
        if rows:
            yield Table(str(section.heading), (_("Fact"), _("What the dossier says")), tuple(rows))
