"""The figures of a report as tables: what each column is called and means, and its rows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deliberation.polis.writing import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Facts = dict[str, Any]
Row = tuple[object, ...]

LETTERS = "ABCDE"
CHOICES = ("agree", "disagree", "pass")
STATEMENT = ("statement", "integer", "Number of the statement.")
GROUP = ("group", "string", "Letter of the opinion group. The largest group is A.")
TALLY = (
    ("votes", "integer", "Votes. Empty where it is withheld, as is everything made of it."),
    *((choice, "integer", f"Votes that say {choice}.") for choice in CHOICES),
    *(
        (
            f"{choice}_{end}",
            "number",
            f"Share that says {choice}, between 0 and 1"
            + ("." if end == "share" else f": the {end} end of its 95% interval (Wilson)."),
        )
        for choice in CHOICES
        for end in ("share", "low", "high")
    ),
)


@dataclass(frozen=True)
class Table:
    """One CSV file. A column is its name, its Frictionless type and what it means."""

    name: str
    about: str
    columns: tuple[tuple[str, str, str], ...]
    rows: Callable[[Facts], Iterable[Row]]

    def text(self, facts: Facts) -> Iterator[str]:
        """The file, piece by piece. Texts that a spreadsheet would run as a formula begin with an apostrophe."""
        piece = io.StringIO(newline="")
        writer = csv.writer(piece, lineterminator="\r\n")
        writer.writerow([name for name, _type, _about in self.columns])
        for row in self.rows(facts):
            writer.writerow([_cell(value) for value in row])
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
        yield piece.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _numbers(facts: Facts) -> dict[int, int]:
    """Number by id: people know statements by their number."""
    return {statement["id"]: statement["number"] for statement in facts["statements"]}


def _tally(tally: Facts | None) -> Row:
    """A tally in the columns of `TALLY`; of a withheld one, only the number of votes if that is told."""
    if tally is None or tally["agree"] is None:
        return (tally and tally["votes"], *(None,) * (len(TALLY) - 1))
    return (
        tally["votes"],
        *(tally[choice]["count"] for choice in CHOICES),
        *(tally[choice][end] for choice in CHOICES for end in ("share", "low", "high")),
    )


def _statements(facts: Facts) -> Iterator[Row]:
    results = {result["id"]: result for result in facts["analysis"]["statements"]}
    measures = ("common_ground_agree", "common_ground_disagree", "divisiveness", "enough_votes")
    for statement in facts["statements"]:
        result = results.get(statement["id"])
        yield (
            statement["number"],
            statement["is_seed"],
            statement["is_meta"],
            statement["original"],
            statement["important_to"],
            *_tally(result),
            *(result[measure] if result else None for measure in measures),
        )


def _texts(facts: Facts) -> Iterator[Row]:
    for statement in facts["statements"]:
        for tag, text in statement["texts"].items():
            yield statement["number"], tag, text["text"], text["origin"], text["is_checked"]


def _by_group(facts: Facts) -> Iterator[Row]:
    numbers = _numbers(facts)
    for result in facts["analysis"]["statements"]:
        for letter, cell in zip(LETTERS, result["groups"], strict=False):
            yield numbers[result["id"]], letter, *_tally(cell)


def _groups(facts: Facts) -> Iterator[Row]:
    for group in facts["analysis"]["groups"]:
        yield LETTERS[group["id"]], group["size"], group["stability"], group["found_again"]


def _voices(facts: Facts) -> Iterator[Row]:
    numbers = _numbers(facts)
    figures = ("share_in_group", "share_elsewhere", "effect", "low", "high")
    for group in facts["analysis"]["groups"]:
        for voice in group["voices"]:
            yield (
                LETTERS[group["id"]],
                numbers[voice["statement_id"]],
                voice["direction"],
                *(voice[figure] for figure in figures),
            )


def _participation(facts: Facts) -> Iterator[Row]:
    for name, value in facts["participation"].items():
        if isinstance(value, dict):
            yield from ((f"{name}_{part}", number) for part, number in value.items())
        elif not isinstance(value, list):
            yield name, value


def _per_day(facts: Facts) -> Iterator[Row]:
    return ((each["day"], each["voters"], each["votes"]) for each in facts["participation"]["per_day"])


def _languages(facts: Facts) -> Iterator[Row]:
    return ((each["language"], each["voters"]) for each in facts["participation"]["by_language"])


def _channels(facts: Facts) -> Iterator[Row]:
    return ((each["channel"], each["voters"], each["votes"]) for each in facts["participation"]["by_channel"])


def _moderation(facts: Facts) -> Iterator[Row]:
    for part in ("decisions", "reasons", "appeals"):
        yield from ((part, what, count) for what, count in facts["moderation"][part].items())


def _findings(facts: Facts) -> Iterator[Row]:
    for found in facts["findings"]:
        group = found["group"]
        yield (
            found.get("number"),
            found["kind"],
            found["statement_number"],
            None if group is None else LETTERS[group],
            found["measure"],
        )


def _answers(facts: Facts) -> Iterator[Row]:
    main = facts["consultation"]["main_language"]
    for question in facts["answers"]["questions"]:
        text = question["texts"].get(main) or next(iter(question["texts"].values()))
        for choice, count in zip(text["choices"], question["counts"], strict=True):
            yield question["number"], text["text"], "answer", choice, count
        for kind in ("unsaid", "unanswered"):
            yield question["number"], text["text"], kind, None, question[kind]


TABLES = (
    Table(
        "statements",
        "Every statement that was put to the vote, with everybody's votes.",
        (
            STATEMENT,
            ("is_seed", "boolean", "Whether the organiser wrote it."),
            (
                "is_about_people",
                "boolean",
                "Whether it is about those who take part; then it is not analysed.",
            ),
            ("original", "string", "The language in which it was written (BCP 47)."),
            ("important_to", "integer", "To how many it matters. Empty for one to four people."),
            *TALLY,
            (
                "common_ground_agree",
                "number",
                "The least that agrees in any group, of those who took a side.",
            ),
            ("common_ground_disagree", "number", "The least that disagrees in any group, likewise."),
            ("divisiveness", "number", "How far the groups' shares of agreement lie apart."),
            ("enough_votes", "boolean", "Whether there are enough votes to read the figures."),
        ),
        _statements,
    ),
    Table(
        "statement_texts",
        "The statements in every language.",
        (
            STATEMENT,
            ("language", "string", "Language of the text (BCP 47)."),
            ("text", "string", "The statement."),
            ("origin", "string", "author: as it was written. Otherwise who translated it."),
            ("is_checked", "boolean", "Whether a second person has checked the translation."),
        ),
        _texts,
    ),
    Table(
        "statements_by_group",
        "How each opinion group votes. Counts under five, and what would give them away, are empty. Shares are "
        "estimates in which people count by how likely they are in the group.",
        (STATEMENT, GROUP, *TALLY),
        _by_group,
    ),
    Table(
        "groups",
        "The opinion groups.",
        (
            GROUP,
            ("people", "integer", "People who are likelier in it than not."),
            ("stability", "number", "How alike it is when the analysis is repeated with part of the people."),
            ("found_again", "integer", "In how many repetitions it was found again."),
        ),
        _groups,
    ),
    Table(
        "voices",
        "What sets each group apart.",
        (
            GROUP,
            STATEMENT,
            ("direction", "string", "agree or disagree."),
            ("share_in_group", "number", "Share of the group that says so."),
            ("share_elsewhere", "number", "Share of everybody else that says so."),
            ("difference", "number", "The first less the second."),
            ("low", "number", "Lower end of the 95% interval of the difference."),
            ("high", "number", "Upper end of it."),
        ),
        _voices,
    ),
    Table(
        "participation",
        "How many took part, and how much they said.",
        (("figure", "string", "What is counted."), ("value", "number", "The number. Empty where withheld.")),
        _participation,
    ),
    Table(
        "participation_by_day",
        "People and votes by day, in UTC. Days with few people are empty.",
        (
            ("day", "date", "The day."),
            ("people", "integer", "People whose vote of that day holds."),
            ("votes", "integer", "Their votes."),
        ),
        _per_day,
    ),
    Table(
        "participation_by_language",
        "People by the language of the page on which they first voted. Few people are empty.",
        (("language", "string", "BCP 47; empty if unknown."), ("people", "integer", "People.")),
        _languages,
    ),
    Table(
        "participation_by_channel",
        "People by the way in which they took part. Few people are empty.",
        (
            ("channel", "string", "online, paper, kiosk or group."),
            ("people", "integer", "People."),
            ("votes", "integer", "Their votes."),
        ),
        _channels,
    ),
    Table(
        "moderation",
        "What was decided about statements, in counts.",
        (
            ("part", "string", "decisions, reasons or appeals."),
            ("what", "string", "Which decision, reason or outcome."),
            ("count", "integer", "How many."),
        ),
        _moderation,
    ),
    Table(
        "findings",
        "What the authority has to answer.",
        (
            ("finding", "integer", "Number of the finding."),
            ("kind", "string", "What it says of the statement."),
            STATEMENT,
            ("group", "string", "The group whose view it is; empty if it is everybody's."),
            ("measure", "number", "The figure by which it was found."),
        ),
        _findings,
    ),
    Table(
        "about_people",
        "What people said about themselves, in counts, never beside votes. Few people are empty.",
        (
            ("question", "integer", "Number of the question."),
            ("text", "string", "The question, in the main language."),
            ("kind", "string", "answer; unsaid: preferred not to say; unanswered: passed over it."),
            ("answer", "string", "The answer, in the main language."),
            ("people", "integer", "How many gave it."),
        ),
        _answers,
    ),
)
