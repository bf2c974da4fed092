"""A column of another register: which field of the dossier it is, and how a value goes over and comes back.

What goes over and comes back goes over the same again. What a register has no column for is lost, and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from participation.deployments.checking import is_withheld
from participation.deployments.schema import FIELDS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from participation.deployments.models import Content
    from participation.deployments.schema import Field

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One fact, under its name in the register and its key here."""

    name: str
    key: str
    #: From a value and a language to what the register holds; None for nothing.
    write: Callable[[Any, str], Any]
    #: The way back.
    read: Callable[[Any, str], Any]
    #: What the register holds it in.
    holds: type = str
    #: Whether everything that people read here is there too, in one language.
    keeps_all: bool = True


def text(name: str, key: str) -> Column:
    """A text, or the text that is the first part of what the field holds."""
    field = FIELDS[key]
    is_text = field.kind is Kind.TEXT
    return Column(
        name,
        key,
        lambda value, language: _words(field, value, language) or None,
        lambda value, language: _from_words(field, value, language),
        keeps_all=is_text,
    )


def same(name: str, key: str) -> Column:
    """A value that is the same in every language."""
    return Column(name, key, lambda value, _language: value, lambda value, _language: value)


def month(name: str, key: str) -> Column:
    """A date of which the register keeps year and month."""
    return Column(
        name,
        key,
        lambda value, _language: value[:7],
        lambda value, _language: f"{value[:7]}-01",
        keeps_all=False,
    )


def coded(name: str, key: str, codes: Mapping[str, str]) -> Column:
    """A choice that the register has words of its own for; of several that share one, the last is read back."""
    back = {word: value for value, word in codes.items()}
    return Column(
        name,
        key,
        lambda value, _language: codes[value],
        lambda value, _language: back.get(value, value),
        keeps_all=len(back) == len(codes),
    )


def titled_links(name: str, key: str, title: str) -> Column:
    """A list of things with a title and an address."""
    return Column(
        name,
        key,
        lambda value, language: (
            [
                {"title": one[title].get(language), "link": one.get("url")}
                for one in value
                if language in one[title]
            ]
            or None
        ),
        lambda value, language: [
            {title: {language: one["title"]}, **({"url": one["link"]} if one.get("link") else {})}
            for one in value
        ],
        holds=list,
        keeps_all={part.key for part in FIELDS[key].parts} == {title, "url"},
    )


def to_row(columns: Sequence[Column], content: Content, language: str) -> Row:
    """What the register holds of a dossier. What is withheld here is not stated there."""
    row = {}
    for column in columns:
        value = content["fields"].get(column.key)
        if value is None or is_withheld(value):
            continue
        if (written := column.write(value, language)) is not None:
            row[column.name] = written
    return row


def into_fields(columns: Sequence[Column], row: Row, content: Content, language: str) -> Content:
    """A dossier with what a register's row says otherwise; what it says the same, or not at all, stays.

    Raises:
        ValueError: something in the row is of another kind than the register's.

    """
    before = to_row(columns, content, language)
    fields = dict(content["fields"])
    for column in columns:
        value = row.get(column.name)
        if value in (None, "", []) or before.get(column.name) == value:
            continue
        if not _is_readable(value, column.holds):
            raise ValueError(f"{column.name} cannot be read")
        read, old = column.read(value, language), fields.get(column.key)
        if FIELDS[column.key].kind is Kind.TEXT and isinstance(old, dict) and not is_withheld(old):
            read = {**old, **read}
        fields[column.key] = read
    return {**content, "fields": fields}


def lost_fields(columns: Sequence[Column], content: Content) -> list[Field]:
    """The fields of this dossier that do not go over, or not as a whole."""
    whole = {column.key for column in columns if column.keeps_all}
    return [
        FIELDS[key]
        for key in FIELDS
        if key in content["fields"] and (key not in whole or is_withheld(content["fields"][key]))
    ]


def _is_readable(value: object, holds: type) -> bool:
    if not isinstance(value, list):
        return isinstance(value, holds)
    return holds is list and all(isinstance(one, dict) and isinstance(one.get("title"), str) for one in value)


def _words(field: Field, value: Any, language: str) -> str:  # noqa: ANN401 - whatever kind of value the field has
    match field.kind:
        case Kind.TEXT:
            return str(value.get(language, ""))
        case Kind.RECORD:
            parts = [_words(part, value[part.key], language) for part in field.parts if part.key in value]
            return "\n".join(filter(None, parts))
        case Kind.RECORDS:
            parts = [
                "\n".join(
                    filter(
                        None,
                        (_words(part, one[part.key], language) for part in field.parts if part.key in one),
                    )
                )
                for one in value
            ]
            return "\n\n".join(filter(None, parts))
        case Kind.LINE | Kind.LINK:
            return str(value)
    return ""


def _from_words(field: Field, value: Any, language: str) -> Any:  # noqa: ANN401 - as above
    if field.kind is Kind.TEXT:
        return {language: value}
    first: Any = {field.parts[0].key: {language: value}}
    return first if field.kind is Kind.RECORD else [first]
