"""Who took part and who is missing: what people said of themselves, beside the population where it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number
from participation.outcomes.blocks import Heading, Paragraph, Table
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "who"


def title() -> str:
    return str(_("Who took part, and who is missing"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read, answers = Reading(facts, language), facts["answers"]
    if not answers["questions"]:
        yield Paragraph(
            _("People were not asked about themselves. So nobody knows who took part and who is missing.")
        )
        return
    yield Paragraph(
        _(
            "People could say something about themselves, and everybody could pass over it. Counts of fewer than "
            "five people are not shown, nor those from which they could be worked out."
        )
    )
    for question in answers["questions"]:
        yield from _question(question, read)
    yield from _weighed(answers["weighed"], read)


def _question(question: dict[str, Any], read: Reading) -> Iterator[Block]:
    texts, population = read.best(question["texts"]), question["population"]
    known = [count for count in question["counts"] if count is not None]
    answered = sum(known) if len(known) == len(question["counts"]) else None
    rows = []
    for place, choice in enumerate(texts["choices"]):
        count = question["counts"][place]
        part = count / answered if answered and count is not None else None
        expected = population["shares"][place] if population else None
        gap = None if part is None or expected is None else part - expected
        rows.append((choice, count, part, *((expected, gap) if population else ())))
    rest = (None, None, None) if population else (None,)
    rows.append((_("Preferred not to say"), question["unsaid"], *rest))
    rows.append((_("Passed over the question"), question["unanswered"], *rest))
    head = [_("Answer"), _("People"), _("Share of the answers")]
    if population:
        head += [_("Share of the population"), _("Difference")]
    note = _("Population: %(source)s", source=population["source"]) if population else ""
    shares = tuple(range(2, len(head)))
    yield Table(texts["text"], tuple(head), tuple(rows), shares=shares, note=note)
    if not population:
        yield Paragraph(
            _("How the population would answer is not known here, so nobody can say who is missing.")
        )


def _weighed(weighed: dict[str, Any] | None, read: Reading) -> Iterator[Block]:
    if weighed is None or not weighed["common_ground"]:
        return
    yield Heading(_("If those who answered were more like the population"))
    yield Paragraph(
        _(
            "About %(answered)s people answered every question of which the population is known. Weighed to it, they "
            "tell as much as about %(effective)s people would. Both shares are of these people's votes; neither is a "
            "share of the population.",
            answered=number(weighed["answered"]),
            effective=number(weighed["effective"]),
        )
    )
    yield Table(
        _("Common ground as counted and as weighed"),
        (_("Statement"), _("Direction"), _("As counted"), _("Weighed"), _("From"), _("To")),
        tuple(
            (
                read.number_of(row["statement_id"]),
                _("Agree") if row["direction"] == "agree" else _("Disagree"),
                row["as_counted"],
                row["weighed"],
                row["low"],
                row["high"],
            )
            for row in weighed["common_ground"]
            if row["statement_id"] in read.statements
        ),
        shares=(2, 3, 4, 5),
        statements=0,
    )
