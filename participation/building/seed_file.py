"""First statements as people paste or upload them, and everything that is wrong with them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from participation.i18n import count_characters
from participation.statements.actions import LONGEST_STATEMENT
from participation.statements.models import Leaning
from participation.text import has_deceptive_characters, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MOST_ROWS = 200
#: What a list that is pasted puts before each line.
MARKER = re.compile(r"^\s*(?:[-*•\u2013]|\d{1,3}[.)])\s+")
#: What a spreadsheet may put between two cells.
DELIMITERS = ",;\t"
#: What several consultations call the same statement.
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(?<!.{41})")
KEY_HINT = _l("A key is made of small letters a to z, digits and hyphens, 40 at most: “person-decides”.")


@dataclass(frozen=True)
class Draft:
    """A first statement that is not kept yet: its texts by language, of which one is the original."""

    language: str
    texts: dict[str, str]
    leaning: Leaning | None = None
    #: What it is called in every consultation that asks the same; empty where none does.
    key: str | None = None

    @property
    def text(self) -> str:
        return self.texts[self.language]


@dataclass(frozen=True)
class Fault:
    """Something wrong. Rows count from one as a spreadsheet shows them; a fault of the whole file has none."""

    words: str
    row: int | None = None
    column: str = ""


@dataclass
class Reading:
    """What a text holds. It is taken over only if there is no fault in it."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_lines(text: str, language: str, taken: Collection[str]) -> Reading:
    """One statement on each line, all in one language.

    Args:
        taken: the texts that the consultation has already.

    """
    rows = [
        (number, {"text": MARKER.sub("", line), "language": language})
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    return _read(rows, [language], taken)


def read_csv(
    text: str, languages: Sequence[str], taken: Collection[str], taken_keys: Collection[str] = ()
) -> Reading:
    """Columns `text` and `language`, and if wanted `leaning`, `key` and one for each language with translations.

    Args:
        languages: those of the consultation.
        taken: the texts that it has already.
        taken_keys: the keys that it has already.

    """
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter_of(text)))
    if not lines or not any(lines):
        return Reading(faults=[Fault(_("The file is empty."))])
    header = [name.strip().lower() for name in lines[0]]
    if faults := list(_faults_in_header(header, languages)):
        return Reading(faults=faults)
    rows = [
        (number, dict(zip(header, cells, strict=False)) | _beyond(cells, header))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        return Reading(faults=[Fault(_("There is no statement below the first row."))])
    return _read(rows, languages, taken, taken_keys)


def _delimiter_of(text: str) -> str:
    first_line = text.partition("\n")[0]
    return max(DELIMITERS, key=first_line.count)


def _beyond(cells: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    extra = " ".join(cell for cell in cells[len(header) :] if cell.strip())
    return {"": extra} if extra else {}


def _faults_in_header(header: Sequence[str], languages: Sequence[str]) -> Iterator[Fault]:
    known = ("text", "language", "leaning", "key", *languages)
    for name in ("text", "language"):
        if name not in header:
            yield Fault(_("The first row must name the columns; this one is missing."), 1, name)
    for name in header:
        if name not in known:
            columns = ", ".join(known)
            yield Fault(_("There is no such column. These are known: %(columns)s.", columns=columns), 1, name)
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield Fault(_("This column stands there twice."), 1, name)


def _read(
    rows: Sequence[tuple[int, dict[str, str]]],
    languages: Sequence[str],
    taken: Collection[str],
    taken_keys: Collection[str] = (),
) -> Reading:
    reading = Reading()
    if len(rows) > MOST_ROWS:
        words = ngettext(
            "These are more than %(num)s statement.", "These are more than %(num)s statements.", MOST_ROWS
        )
        reading.faults.append(Fault(words))
        return reading
    texts = Once(taken, _("The consultation has this statement already."))
    keys = Once(
        taken_keys, _("Another statement of this consultation has this key. Each key stands for one.")
    )
    for number, cells in rows:
        draft = _draft_from(cells, languages)
        reading.faults += [
            Fault(words, number, column) for column, words in _faults_in(cells, draft, languages)
        ]
        reading.faults += texts.faults(sorted(set(draft.texts.values())), number, "text")
        reading.faults += keys.faults([draft.key] if draft.key else [], number, "key")
        reading.drafts.append(draft)
    return reading


class Once:
    """Words that may stand once: in a file, and in a consultation that has some of them already."""

    def __init__(self, taken: Collection[str], refusal: str) -> None:
        self.taken, self.refusal = taken, refusal
        self.seen: dict[str, int] = {}

    def faults(self, words: Sequence[str], row: int, column: str) -> list[Fault]:
        """What is wrong with another row's words, which are then seen."""
        faults = []
        for word in words:
            if word in self.taken:
                faults.append(Fault(self.refusal, row, column))
            elif word in self.seen:
                again = _("This stands there twice: also in row %(row)s.", row=self.seen[word])
                faults.append(Fault(again, row, column))
            else:
                self.seen[word] = row
        return faults


def _draft_from(cells: dict[str, str], languages: Sequence[str]) -> Draft:
    language = cells.get("language", "").strip()
    texts = {tag: text for tag in languages if (text := one_line(cells.get(tag, "")))}
    if text := one_line(cells.get("text", "")):
        texts[language] = text
    leaning = cells.get("leaning", "").strip().lower()
    return Draft(
        language,
        texts,
        Leaning(leaning) if leaning in {side.value for side in Leaning} else None,
        cells.get("key", "").strip() or None,
    )


def _faults_in(cells: dict[str, str], draft: Draft, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Column and words of each fault in one row."""
    if not (cells.get("text") or "").strip():
        yield "text", _("The statement is missing.")
    if draft.language not in languages:
        known = ", ".join(languages)
        yield "language", _("The language must be one of the consultation's: %(languages)s.", languages=known)
    if (cells.get("leaning") or "").strip() and draft.leaning is None:
        yield "leaning", _("This must be one of: for, against, neither. It may be empty.")
    if draft.key and not KEY.fullmatch(draft.key):
        yield "key", KEY_HINT
    if "" in cells:
        yield "", _("This row has more cells than the first one. A text with commas needs quotation marks.")
    own = one_line(cells.get(draft.language, ""))
    if own and own != one_line(cells.get("text", "")):
        yield draft.language, _("This column says something else than the statement in the same language.")
    for tag, text in draft.texts.items():
        column = "text" if tag == draft.language else tag
        if (over := count_characters(text) - LONGEST_STATEMENT) > 0:
            yield (
                column,
                ngettext(
                    "Please shorten this text by %(num)s character.",
                    "Please shorten this text by %(num)s characters.",
                    over,
                ),
            )
        if has_deceptive_characters(text):
            yield column, _("This text contains invisible control characters. Please type it again.")


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8 or, as some spreadsheets save it, UTF-16; None if it is neither."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return unicodedata.normalize("NFC", data.decode(encoding))
    except UnicodeDecodeError:
        return None
