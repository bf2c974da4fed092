"""What the demonstration says: its dossier and its statements, as they stand in content.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_FILE = Path(__file__).with_name("content.toml")

Author = Literal["seed", "participant"]
State = Literal["published", "waiting", "rejected"]


@dataclass(frozen=True)
class Section:
    """A part of the dossier: a heading and one or more paragraphs."""

    heading: str
    text: str


@dataclass(frozen=True)
class Dossier:
    """All that the consultation says of itself in one language."""

    language: str
    place: str
    title: str
    question: str
    decision_maker: str
    still_open: str
    use_of_answers: str
    good_statement: str
    moderation: str
    sections: tuple[Section, ...]

    @property
    def summary(self) -> str:
        """The sections as one Markdown text, which is how a consultation keeps them."""
        return "\n\n".join(f"## {section.heading}\n\n{section.text}" for section in self.sections)


@dataclass(frozen=True)
class Lean:
    """How likely somebody is to agree and to disagree; for the rest they pass."""

    agree: float
    disagree: float


@dataclass(frozen=True)
class Statement:
    """A statement in every language, and what each simulated camp tends to say about it."""

    key: str
    author: Author
    #: The language it was written in.
    language: str
    state: State
    #: Why it was rejected: a value of participation.moderation.models.Reason.
    reason: str | None
    #: Which side a first statement takes: a value of participation.statements.models.Leaning.
    leaning: str
    #: The share of the time between opening and closing after which it appeared.
    arrival: float
    texts: Mapping[str, str]
    #: By camp. Empty for statements that were never put to the vote.
    lean: Mapping[str, Lean]


@dataclass(frozen=True)
class Content:
    """The whole demonstration. Days count from the moment it is set up."""

    slug: str
    main_language: str
    opens_in_days: int
    closes_in_days: int
    responds_in_days: int
    dossiers: Mapping[str, Dossier]
    statements: tuple[Statement, ...]


def load_content() -> Content:
    """Read content.toml anew."""
    raw = _read()
    dossiers = {entry["tag"]: _dossier(entry) for entry in raw["languages"]}
    return Content(
        slug=raw["slug"],
        main_language=raw["main_language"],
        opens_in_days=raw["opens_in_days"],
        closes_in_days=raw["closes_in_days"],
        responds_in_days=raw["responds_in_days"],
        dossiers=MappingProxyType(dossiers),
        statements=tuple(_statement(entry, tuple(dossiers)) for entry in raw["statements"]),
    )


def load_finished_content() -> Content:
    """The trial run: the same statements and dossier before fewer people, on earlier days."""
    content, told = load_content(), _read()["finished"]
    titles = told.pop("titles")
    dossiers = {tag: replace(dossier, title=titles[tag]) for tag, dossier in content.dossiers.items()}
    return replace(content, dossiers=MappingProxyType(dossiers), **told)


def _read() -> dict[str, Any]:
    return tomllib.loads(CONTENT_FILE.read_text(encoding="utf-8"))


def _dossier(entry: dict[str, Any]) -> Dossier:
    return Dossier(
        language=entry["tag"],
        place=entry["place"],
        title=entry["title"],
        question=entry["question"],
        decision_maker=entry["decision_maker"],
        still_open=entry["still_open"].strip(),
        use_of_answers=entry["use_of_answers"].strip(),
        good_statement=entry["good_statement"].strip(),
        moderation=entry["moderation"].strip(),
        sections=tuple(Section(part["heading"], part["text"].strip()) for part in entry["sections"]),
    )


def _statement(entry: dict[str, Any], languages: tuple[str, ...]) -> Statement:
    return Statement(
        key=entry["key"],
        author=entry["author"],
        language=entry["language"],
        state=entry["state"],
        reason=entry.get("reason"),
        leaning=entry.get("leaning", "neither"),
        arrival=entry["arrival"],
        texts=MappingProxyType({language: entry[language] for language in languages}),
        lean=MappingProxyType({camp: Lean(*chances) for camp, chances in entry.get("lean", {}).items()}),
    )
