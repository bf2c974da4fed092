"""What is wrong with a dossier that somebody hands in, and how complete one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from participation.deployments.json_schema import json_schema
from participation.deployments.schema import FIELDS, Field, Tier
from participation.text import has_deceptive_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from participation.deployments.models import Content


@dataclass(frozen=True)
class Completeness:
    """How much of what has to be public is there. A fact that is withheld for a reason is not missing."""

    given: int
    withheld: int
    missing: tuple[Field, ...]

    @property
    def wanted(self) -> int:
        return self.given + self.withheld + len(self.missing)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a dossier."""

    #: The way to it: keys, and numbers from zero.
    place: tuple[str | int, ...]
    #: The rule of JSON Schema that is broken, or "characters".
    rule: str
    #: What the rule asks for.
    expected: Any
    #: The parts that are not there, where the rule is "required".
    missing: tuple[str, ...]
    #: What is wrong, for whoever wrote the file.
    words: str


def completeness_of(content: Content, fields: Iterable[Field] = FIELDS.values()) -> Completeness:
    """Count the mandatory fields, of all or of those given."""
    mandatory = [field for field in fields if field.tier is Tier.MANDATORY]
    values = content["fields"]
    withheld = sum(is_withheld(values.get(field.key)) for field in mandatory)
    missing = tuple(field for field in mandatory if not _is_there(field, values.get(field.key)))
    return Completeness(len(mandatory) - withheld - len(missing), withheld, missing)


def is_withheld(value: object) -> bool:
    return isinstance(value, dict) and "withheld" in value


def _is_there(field: Field, value: Any) -> bool:  # noqa: ANN401 - whatever kind of value the field has
    if value is None or is_withheld(value) or not field.wants:
        return value is not None
    # An answer to one of several questions answers none of the others.
    first = field.parts[0].key
    return {one[first] for one in value} >= set(field.wants)


def problems_in(content: object) -> list[str]:
    """Everything that is wrong, a line each, with the place where it stands. Empty if nothing is."""
    # Two missing parts of one thing are two faults that say the same.
    return list(dict.fromkeys(f"{_place(fault.place)}: {fault.words}" for fault in faults_in(content)))


def faults_in(content: object) -> list[Fault]:
    """Everything that is wrong, by place; then texts with characters that deceive."""
    main_language = content.get("main_language") if isinstance(content, dict) else None
    schema = json_schema(main_language if isinstance(main_language, str) else None)
    checks = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = sorted(
        checks.iter_errors(content), key=lambda error: [str(step) for step in error.absolute_path]
    )
    return [
        *map(_fault, errors),
        *(
            Fault(place, "characters", None, (), "has invisible control characters; type it again")
            for place, text in _strings(content, ())
            if has_deceptive_characters(text)
        ),
    ]


def _fault(error: Any) -> Fault:  # noqa: ANN401 - jsonschema leaves open what its errors hold
    required = error.validator == "required"
    missing = tuple(sorted(set(error.validator_value) - set(error.instance))) if required else ()
    place = tuple(error.absolute_path)
    return Fault(place, error.validator, error.validator_value, missing, _words(error))


def _words(error: Any) -> str:  # noqa: ANN401 - as above
    expected, words = error.validator_value, error.message
    match error.validator:
        case "required":
            words = f"{', '.join(sorted(set(expected) - set(error.instance)))} is missing"
        case "additionalProperties" if isinstance(expected, bool):
            unknown = sorted(set(error.instance) - set(error.schema.get("properties", ())))
            words = f"{', '.join(unknown)} is not known here"
        case "enum":
            words = f"{error.instance!r} must be one of {', '.join(map(str, expected))}"
        case "type" if expected == "object" and "propertyNames" in error.schema:
            words = 'needs a text for each language, such as {"en": "..."}'
        case "format":
            words = f"{error.instance!r} is no date such as 2027-01-31"
        case "pattern" if str(expected).startswith("^https"):
            words = f"{error.instance!r} is no address that begins with https://"
        case "maxLength":
            words = f"is longer than {expected} characters"
    return str(words)


def _place(path: Any) -> str:  # noqa: ANN401 - jsonschema gives a deque of names and numbers
    steps = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return steps.removeprefix(".") or "the dossier"


def _strings(value: object, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, (*place, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _strings(part, (*place, number))
