"""What a field of the dossier is: its kind, its tier, its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel import LazyString


class Kind(Enum):
    """What a value is made of."""

    TEXT = "text"  # an object from language tag to Markdown
    LINE = "line"  # characters that are the same in every language: a version, a place code
    LINK = "link"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    RECORD = "record"
    RECORDS = "records"


class Tier(Enum):
    """When a field has to be there."""

    #: Before people are asked what they think. Only these count for completeness.
    MANDATORY = "M"
    RECOMMENDED = "R"
    #: Once the system is in use.
    LIVE = "L"


@dataclass(frozen=True)
class Field:
    """One fact about a deployment, or one part of a record."""

    key: str
    label: LazyString
    kind: Kind
    tier: Tier = Tier.MANDATORY
    #: For those who fill it in; it also describes the field in the JSON Schema.
    help: LazyString | None = None
    #: By value, in the order in which they are read.
    choices: Mapping[str, LazyString] | None = None
    #: The parts of a record.
    parts: tuple[Field, ...] = ()
    #: Of a list: what its first part must name, each once, before the list counts as given.
    wants: tuple[str, ...] = ()
    #: The most characters of a text, in each language.
    longest: int = 5000


# Short ways to write a field down, so that the sections read as tables.
RECOMMENDED, LIVE = Tier.RECOMMENDED, Tier.LIVE
text = partial(Field, kind=Kind.TEXT)
line = partial(Field, kind=Kind.LINE, longest=200)
link = partial(Field, kind=Kind.LINK, longest=2000)
number = partial(Field, kind=Kind.NUMBER)
date = partial(Field, kind=Kind.DATE)
yes_no = partial(Field, kind=Kind.YES_NO)
choice = partial(Field, kind=Kind.CHOICE)
choices = partial(Field, kind=Kind.CHOICES)


def record(key: str, label: LazyString, *parts: Field, tier: Tier = Tier.MANDATORY) -> Field:
    """Several facts that belong together, each with its own label."""
    return Field(key, label, Kind.RECORD, tier, parts=parts)


def records(
    key: str,
    label: LazyString,
    *parts: Field,
    tier: Tier = Tier.MANDATORY,
    wants: tuple[str, ...] = (),
) -> Field:
    """Any number of things of one kind, one of them at least."""
    return Field(key, label, Kind.RECORDS, tier, parts=parts, wants=wants)


#: What may stand in place of any value: why it is not public, and by what right.
WITHHELD = record(
    "withheld",
    _l("Withhold this"),
    text("reason", _l("Why it is not public"), longest=2000),
    text("legal_ground", _l("Legal ground"), longest=2000),
    text("by", _l("Withheld by"), longest=200, help=_l("An office, not the name of a person.")),
)


@dataclass(frozen=True)
class Section:
    """Fields that are read together."""

    key: str
    heading: LazyString
    fields: tuple[Field, ...]
