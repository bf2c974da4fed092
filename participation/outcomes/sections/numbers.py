"""How many took part and how much they said; and plainly, what was not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.consultations.channels import CHANNEL_NAMES
from participation.consultations.models import Channel
from participation.formatting import day, number
from participation.i18n import name_of
from participation.outcomes.blocks import Cell, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "numbers"


def title() -> str:
    return str(_("Participation in numbers"))


def say(facts: Facts, language: str) -> Iterator[Block]:  # noqa: ARG001 - every section is asked in the same way
    counted = facts["participation"]
    yield Table(
        _("People, votes and statements"), (_("What was counted"), _("Number")), tuple(_rows(counted))
    )
    yield Table(
        _("How much of it people saw, and how often they passed"),
        (_("What was counted"), _("Share")),
        (
            (_("Part of the statements that a person saw, on average"), counted["coverage"]),
            (_("Part of the votes that are a pass"), counted["pass_rate"]),
        ),
        shares=(1,),
    )
    yield Paragraph(
        _(
            "In the analysis are all people who voted on at least one published statement about the question. "
            "Nobody's votes were left out."
        )
    )
    yield from _by_language(counted["by_language"])
    yield from _by_channel(counted["by_channel"])
    yield from _per_day(counted["per_day"])
    yield Paragraph(
        _(
            "Not counted: how many people visited the pages, and at which step others stopped. The platform follows "
            "nobody about, so it does not know."
        )
    )


def _rows(counted: dict[str, Any]) -> Iterator[tuple[Cell, ...]]:
    yield _("People who voted"), counted["voters"]
    yield _("People in the analysis"), counted["in_analysis"]
    yield _("Votes"), counted["votes"]
    yield _("Votes in the analysis"), counted["votes_in_analysis"]
    if per_voter := counted["votes_per_voter"]:
        yield _("Votes per person: the middle"), per_voter["median"]
        yield _("Votes per person: a quarter have at most"), per_voter["lower_quartile"]
        yield _("Votes per person: a quarter have at least"), per_voter["upper_quartile"]
    yield _("Statements put to the vote"), counted["statements"]
    yield _("First statements, written by the organiser"), counted["seed_statements"]
    yield _("Statements written by participants"), counted["submitted"]
    yield _("Of these, published"), counted["published"]
    yield _("Of these, not published"), counted["rejected"]
    yield _("Of these, closed because another one stands for them"), counted["merged"] + counted["split"]
    yield _("Of these, sent back for other words"), counted["returned"]
    yield _("Of these, never decided about"), counted["waiting"]
    if per_statement := counted["votes_per_statement"]:
        yield _("Votes on the statement with the fewest"), per_statement["min"]
        yield _("Votes on the statement in the middle"), per_statement["median"]


def _by_language(rows: list[dict[str, Any]]) -> Iterator[Block]:
    if rows:
        yield Table(
            _("People by the language of the page on which they first voted"),
            (_("Language"), _("People")),
            tuple((_language(row["language"]), row["voters"]) for row in rows),
        )


def _by_channel(rows: list[dict[str, Any]]) -> Iterator[Block]:
    if rows:
        yield Table(
            _("By which way people took part"),
            (_("Way"), _("People"), _("Votes")),
            tuple((str(CHANNEL_NAMES[Channel(row["channel"])]), row["voters"], row["votes"]) for row in rows),
        )


def _language(tag: str | None) -> str:
    return name_of(tag) if tag else _("No longer known: they had themselves erased")


def _per_day(rows: list[dict[str, Any]]) -> Iterator[Block]:
    if not rows:
        return
    yield Table(
        _("People and votes on each day (UTC)"),
        (_("Day"), _("People"), _("Votes")),
        tuple((day(row["day"]), row["voters"], row["votes"]) for row in rows),
        note=_("Votes that were changed later count on the day of the vote that holds."),
    )
    busiest = max(rows, key=lambda row: row["votes"] or 0)
    if busiest["votes"]:
        yield Paragraph(
            _(
                "The busiest day (in UTC) was %(day)s, with %(votes)s votes.",
                day=day(busiest["day"]),
                votes=number(busiest["votes"]),
            )
        )
