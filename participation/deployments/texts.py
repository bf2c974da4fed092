"""The texts of a dossier one by one, each with its place: for those who translate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from participation.deployments.checking import is_withheld
from participation.deployments.schema import FIELDS, WITHHELD, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask_babel import LazyString

    from participation.deployments.models import Content
    from participation.deployments.schema import Field


class Text(NamedTuple):
    """A text in the languages that the dossier has it in.

    `place` is the way to it, such as `problem`, `risks.2.harm` or `team.withheld.reason`; `labels` are the names
    of the fields on that way.
    """

    place: str
    labels: tuple[LazyString, ...]
    texts: Mapping[str, str]


def texts_in(content: Content) -> Iterator[Text]:
    """Every text, in the order in which they are read."""
    for key, field in FIELDS.items():
        value = content["fields"].get(key)
        if is_withheld(value):
            yield from _in_record(WITHHELD, value["withheld"], f"{key}.withheld", (field.label,))
        elif value is not None:
            yield from _in(field, value, key, (field.label,))


def _in(field: Field, value: Any, place: str, labels: tuple[LazyString, ...]) -> Iterator[Text]:  # noqa: ANN401 - whatever kind of value the field has
    match field.kind:
        case Kind.TEXT:
            yield Text(place, labels, value)
        case Kind.RECORD:
            yield from _in_record(field, value, place, labels)
        case Kind.RECORDS:
            for number, record in enumerate(value, start=1):
                yield from _in_record(field, record, f"{place}.{number}", labels)


def _in_record(
    field: Field, record: Mapping[str, Any], place: str, labels: tuple[LazyString, ...]
) -> Iterator[Text]:
    for part in field.parts:
        if part.key in record:
            yield from _in(part, record[part.key], f"{place}.{part.key}", (*labels, part.label))
