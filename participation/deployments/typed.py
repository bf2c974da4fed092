"""What somebody typed, as values of a dossier; and what is wrong with a value, as words at its input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from participation.deployments.schema import FIELDS, WITHHELD, Kind
from participation.formatting import number
from participation.i18n import name_of
from participation.text import one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import MultiDict

    from participation.deployments.checking import Fault
    from participation.deployments.schema import Field

#: Steps of names, with the values of the name that ends there under "".
Tree = dict[str, Any]
YES_NO = {"yes": True, "no": False}
WHAT_TO_DO = {
    "required": _l("Please fill this in."),
    "format": _l("Please write a date, such as 2027-01-31."),
    "pattern": _l("Please write an address that begins with https://"),
    "type": _l("Please write a number, such as 12 or 12.5."),
    "minimum": _l("Please write a number that is not below zero."),
    "enum": _l("Please choose one of the answers."),
    "characters": _l(
        "This text contains invisible control characters. Please type it again instead of pasting it."
    ),
}


def read_tree(typed: MultiDict[str, str]) -> Tree:
    """Inputs by the steps of their names, which dots part."""
    tree: Tree = {}
    for name in typed:
        node = tree
        for step in filter(None, name.split(".")):
            node = node.setdefault(step, {})
        node[""] = typed.getlist(name)
    return tree


def reorder(tree: Tree, *, remove: str, move: str) -> None:
    """Take a thing out of a list, or let it change places with its neighbour.

    Args:
        remove: the thing, such as "risks.2"; empty for none.
        move: the thing and where it goes, such as "risks.2.up" or "risks.2.down"; empty for none.

    """
    key, _dot, number = remove.partition(".")
    tree.get(key, {}).pop(number, None)
    key, _dot, rest = move.partition(".")
    number, _dot, way = rest.partition(".")
    things = tree.get(key, {})
    numbers = _numbers(things)
    if number in numbers and way in {"up", "down"}:
        place = numbers.index(number) + (1 if way == "down" else -1)
        if 0 <= place < len(numbers):
            other = numbers[place]
            things[number], things[other] = things[other], things[number]


def read_value(field: Field, node: Tree) -> Any:  # noqa: ANN401 - whatever kind of value the field has
    """The value of a field; None if nothing was typed. What is no number stays as it is, to be refused."""
    match field.kind:
        case Kind.TEXT:
            texts = {tag: paragraphs(one[""][0]) for tag, one in node.items() if tag and one.get("")}
            value: Any = {tag: text for tag, text in texts.items() if text}
        case Kind.RECORD:
            parts = {part.key: read_value(part, node.get(part.key, {})) for part in field.parts}
            value = {key: part for key, part in parts.items() if part is not None}
        case Kind.RECORDS:
            value = list(_read_records(field, node))
        case Kind.CHOICES:
            value = [one for one in node.get("", []) if one]
        case _:
            value = _simple(field, one_line(next(iter(node.get("", [])), "")) or "")
    return None if value in ("", [], {}) else value


def name_of_fault(fault: Fault, main_language: str) -> Iterator[str]:
    """The names of the inputs to correct."""
    key, *way = fault.place[1:] or ("",)
    field = FIELDS.get(str(key))
    if field and field.kind is Kind.CHOICES:
        way = []
    steps = [str(key), *(str(step + 1) if isinstance(step, int) else step for step in way)]
    if way and way[0] == "withheld":
        field, steps = WITHHELD, ["withheld", str(key), *steps[2:]]
    texts = {part.key for part in (field.parts if field else ()) if part.kind is Kind.TEXT}
    if not fault.missing:
        yield ".".join(steps)
    for part in fault.missing:
        yield ".".join([*steps, part, *([main_language] if part in texts else [])])


def words_for(fault: Fault, main_language: str) -> str:
    """What to do about it, in the language of the page."""
    if fault.rule == "maxLength":
        return str(_("Please shorten this text to %(most)s characters.", most=number(fault.expected)))
    if main_language in fault.missing:
        return str(_("Please write this in %(language)s too.", language=name_of(main_language)))
    return str(WHAT_TO_DO.get(fault.rule, _l("This cannot be right. Please correct it.")))


def _read_records(field: Field, node: Tree) -> Iterator[Any]:
    for step in _numbers(node):
        parts = {part.key: read_value(part, node[step].get(part.key, {})) for part in field.parts}
        if record := {key: part for key, part in parts.items() if part is not None}:
            yield record


def _numbers(node: Tree) -> list[str]:
    """The numbers of the things in a list, in their order."""
    return sorted((step for step in node if step.isascii() and step.isdigit()), key=int)


def _simple(field: Field, text: str) -> Any:  # noqa: ANN401 - as above
    match field.kind:
        case Kind.YES_NO:
            return YES_NO.get(text, text)
        case Kind.NUMBER:
            return _number(text)
    return text


def _number(text: str) -> float | str:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() else value
