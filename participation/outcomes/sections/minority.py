"""What small groups say, what speaks against the common ground, what few have voted on: never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number, share
from participation.outcomes.blocks import Heading, Paragraph, Points, Table
from participation.outcomes.models import FindingKind
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "minority"
#: People who gave one answer about themselves and say something else than all by at least this much.
APART = 0.3
MOST = 10


def title() -> str:
    return str(_("Minority views"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    yield Paragraph(
        _(
            "What stands here is not shared by most. It is told all the same: a view is not wrong because few hold it."
        )
    )
    yield from _small_groups(read)
    yield from _objections(read)
    yield from _communities(read)
    yield from _few_votes(read)


def _small_groups(read: Reading) -> Iterator[Block]:
    yield Heading(_("Views of small groups"))
    found = read.findings(FindingKind.MINORITY)
    if not read.letters:
        yield Paragraph(_("There are no opinion groups, so none is small."))
    elif not found:
        yield Paragraph(
            _(
                "No opinion group is smaller than a third of the people, or none has a view that sets it apart."
            )
        )
    for each in found:
        yield from read.finding(each)
        yield read.split(each["statement_id"])


def _objections(read: Reading) -> Iterator[Block]:
    """Those who stand against what is shared, in counts."""
    yield Heading(_("Objections to what is shared"))
    points = [
        _objection(found, read, against)
        for kind, against in (
            (FindingKind.SHARED_AGREEMENT, "disagree"),
            (FindingKind.SHARED_DISAGREEMENT, "agree"),
        )
        for found in read.findings(kind)
        if read.results[found["statement_id"]][against]["count"]
    ]
    if points:
        yield Points(tuple(points))
    else:
        yield Paragraph(
            _("No vote stands against what is shared, or nothing is shared with enough certainty.")
        )


def _objection(found: dict[str, Any], read: Reading, against: str) -> Paragraph:
    result = read.results[found["statement_id"]]
    counts = {
        "statement": number(found["statement_number"]),
        "people": number(result[against]["count"]),
        "votes": number(result["votes"]),
        "share": share(result[against]["share"]),
    }
    if against == "disagree":
        words = _(
            "Statement %(statement)s: %(people)s of %(votes)s votes (%(share)s) disagree with what most agree with.",
            **counts,
        )
    else:
        words = _(
            "Statement %(statement)s: %(people)s of %(votes)s votes (%(share)s) agree with what most disagree with.",
            **counts,
        )
    return Paragraph(words, (found["statement_number"],))


def _communities(read: Reading) -> Iterator[Block]:
    """People who gave the same answer about themselves and vote unlike the others."""
    rows = sorted(_unlike(read), key=lambda row: -abs(row[3] - row[4]))
    if rows:
        yield Heading(_("People who say something else than most"))
        yield Table(
            _("Agreement among people who gave one answer about themselves, and among all"),
            (_("Statement"), _("Question"), _("Answer"), _("Agree, of these people"), _("Agree, of all")),
            tuple(rows[:MOST]),
            shares=(3, 4),
            statements=0,
        )


def _unlike(read: Reading) -> Iterator[tuple[int, str, str, float, float]]:
    for question in read.facts["answers"]["questions"]:
        texts = read.best(question["texts"])
        for key, shares in question["agreement"].items():
            result = read.results.get(int(key))
            if result is None or not result["agree"] or not result["enough_votes"]:
                continue
            everybody = result["agree"]["share"]
            for choice, part in zip(texts["choices"], shares, strict=True):
                if part is not None and abs(part - everybody) >= APART:
                    yield read.number_of(int(key)), texts["text"], choice, part, everybody


def _few_votes(read: Reading) -> Iterator[Block]:
    yield Heading(_("Statements with few votes"))
    few = [each for each in read.results.values() if not each["enough_votes"]]
    if not few:
        yield Paragraph(_("Every statement has enough votes to be read."))
        return
    yield Paragraph(
        _(
            "Too few people voted on these statements to say how they are seen. That does not make them less important."
        )
    )
    for each in sorted(few, key=lambda result: read.number_of(result["id"])):
        yield read.quoted(each["id"])
        cited = read.number_of(each["id"])
        yield Paragraph(_("Votes: %(votes)s.", votes=number(each["votes"])), (cited,))
