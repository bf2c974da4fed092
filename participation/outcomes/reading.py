"""The facts of a report as its sections read them: by number, in one language, with the words that recur."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from participation.formatting import day, number
from participation.i18n import name_of
from participation.outcomes.blocks import Paragraph, Quoted, Split
from participation.outcomes.models import FindingKind
from participation.outcomes.sentences import LETTERS, label, why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

T = TypeVar("T")
CHOICES = ("agree", "disagree", "pass")


class Reading:
    """One report in one language. Asks the database nothing."""

    def __init__(self, facts: Facts, language: str) -> None:
        self.facts, self.language = facts, language
        self.consultation: dict[str, Any] = facts["consultation"]
        self.analysis: dict[str, Any] = facts["analysis"]
        self.statements = {each["id"]: each for each in facts["statements"]}
        self.results = {each["id"]: each for each in facts["analysis"]["statements"]}

    @cached_property
    def texts(self) -> dict[str, str]:
        """What the consultation says of itself, in this language or else in its main one."""
        return self.best(self.consultation["texts"])

    def best(self, by_language: Mapping[str, T]) -> T:
        """What there is in this language, or in the main one, or in any."""
        for tag in (self.language, self.consultation["main_language"]):
            if tag in by_language:
                return by_language[tag]
        return by_language[min(by_language)]

    @property
    def letters(self) -> str:
        """The names of the groups."""
        return LETTERS[: len(self.analysis["groups"])]

    @property
    def responds_by(self) -> str | None:
        promised = self.consultation["responds_by"]
        return promised and day(promised)

    def day_of(self, moment: str) -> str:
        """The day of a moment, in ISO 8601, on the clocks of the consultation."""
        return day(datetime.fromisoformat(moment).astimezone(ZoneInfo(self.consultation["time_zone"])))

    def number_of(self, statement_id: int) -> int:
        return int(self.statements[statement_id]["number"])

    def quoted(self, statement_id: int) -> Quoted:
        """The statement in this language if it was translated, and where it comes from."""
        statement = self.statements[statement_id]
        tag = self.language if self.language in statement["texts"] else statement["original"]
        text = statement["texts"][tag]
        return Quoted(
            statement["number"], text["text"], tag, _note(text, statement["original"], self.language)
        )

    def split(self, statement_id: int) -> Split:
        """The votes of everybody and of each group."""
        result = self.results[statement_id]
        rows = [_row(_("All"), result)]
        for letter, cell in zip(self.letters, result["groups"], strict=True):
            rows.append(_row(_("Group %(letter)s", letter=letter), cell))
        caption = _("Votes on statement %(number)s", number=number(self.number_of(statement_id)))
        return Split(self.number_of(statement_id), caption, tuple(rows))

    def findings(self, *kinds: FindingKind) -> list[dict[str, Any]]:
        """Those of some kinds, in the order in which they were found."""
        wanted = {kind.value for kind in kinds or FindingKind}
        return [each for each in self.facts["findings"] if each["kind"] in wanted]

    def finding(self, found: Mapping[str, Any]) -> Iterator[Block]:
        """The statement, and the sentence that says why it is a finding."""
        yield self.quoted(found["statement_id"])
        words = f"{label(found)} {why(found, self.analysis, self.results[found['statement_id']])}"
        yield Paragraph(words, (found["statement_number"],))


def _row(
    name: str, cell: Mapping[str, Any] | None
) -> tuple[str, float | None, float | None, float | None, int | None]:
    """A row of bars; no shares where the cell is withheld or nobody voted."""
    if not cell or not cell["agree"]:
        return name, None, None, None, None
    agree, disagree, passed = (cell[choice]["share"] for choice in CHOICES)
    return name, agree, disagree, passed, cell["votes"]


def _note(text: Mapping[str, Any], original: str, language: str) -> str:
    """Who put a statement into the language that it is quoted in; nothing of an original that one can read."""
    if text["origin"] == "author":
        sentence = "" if original == language else _("The original, in %(language)s.")
    elif text["origin"] != "machine":
        sentence = _("Translated from %(language)s by a person.")
    elif text["is_checked"]:
        sentence = _("Translated from %(language)s by machine, checked by a person.")
    else:
        sentence = _("Translated from %(language)s by machine, not checked.")
    return str(sentence) % {"language": name_of(original)}
