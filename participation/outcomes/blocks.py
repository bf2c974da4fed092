"""What a section of the report says, piece by piece: one language, no markup, for every format alike.

A section gives blocks; the page, the PDF and the JSON are three ways of setting the same blocks, so that none of
them can say something that the others do not. Blocks are frozen with the report: they go through JSON and back.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: A cell of a table: text; a count; a share between 0 and 1 (`is_share` columns); None where it is withheld.
Cell = str | int | float | None


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, one level below the section's own."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain text. `cites` are the numbers of the statements on which the sentence rests: each becomes a link."""

    text: str
    cites: tuple[int, ...] = ()


@dataclass(frozen=True)
class Points:
    """A list, each point with the statements on which it rests."""

    points: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Quoted:
    """A participants' statement word for word, in a language that may be another than the report's.

    `note` says who translated it, where somebody did.
    """

    number: int
    text: str
    language: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A real table: the first column names its row. Cells are numbers where they are numbers.

    `shares` are the positions of the columns whose numbers are shares between 0 and 1; `statements` the position of
    the column that holds numbers of statements, which become links.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...] = ()
    statements: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Split:
    """Stacked bars of agree, disagree and pass for everybody and each group: a figure that always has its table.

    `rows` are name, agree, disagree, pass (shares between 0 and 1) and the number of votes; the shares are None where
    the cell is withheld.
    """

    number: int
    caption: str
    rows: tuple[tuple[str, float | None, float | None, float | None, int | None], ...]


@dataclass(frozen=True)
class OpinionMap:
    """The picture of the map, with the words that say the same. `points` are x, y and the position of the group."""

    caption: str
    description: str
    points: tuple[tuple[float, float, int | None], ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """Markdown that the organiser wrote, marked as theirs wherever it stands."""

    markdown: str
    by: str
    language: str


@dataclass(frozen=True)
class Limit:
    """A sentence about what the result cannot say, printed because its condition holds."""

    text: str


@dataclass(frozen=True)
class Reference:
    """A link to something outside the report: the dossier's version, the data, a law. `url` is absolute."""

    text: str
    url: str
    sha256: str = ""


Block = Heading | Paragraph | Points | Quoted | Table | Split | OpinionMap | Written | Limit | Reference
KINDS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "points": Points,
    "quoted": Quoted,
    "table": Table,
    "split": Split,
    "map": OpinionMap,
    "written": Written,
    "limit": Limit,
    "reference": Reference,
}
NAMES: dict[type[Block], str] = {kind: name for name, kind in KINDS.items()}


def as_json(block: Block) -> dict[str, Any]:
    """The block as JSON: its fields, and its name under `kind`."""
    return {"kind": NAMES[type(block)], **asdict(block)}
