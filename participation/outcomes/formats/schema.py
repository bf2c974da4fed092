"""The JSON Schema of a report, for those who read its JSON. The blocks' part is derived from the blocks."""

from __future__ import annotations

import types
from dataclasses import fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from participation.outcomes.blocks import KINDS, Block

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
TEXT: dict[str, Any] = {"type": "string"}
COUNT = {"type": ["integer", "null"], "minimum": 0, "description": "null where too few people are counted"}
PLAIN = {str: "string", int: "integer", float: "number", types.NoneType: "null"}

#: What is promised of each part of the facts; a part may hold more.
FACTS = {
    "schema_version": {"const": "1"},
    "consultation": {
        "type": "object",
        "required": ["slug", "languages", "main_language", "texts", "opens_at", "closes_at"],
    },
    "dossier": {"type": ["object", "null"], "required": ["slug", "number", "sha256"]},
    "participation": {"type": "object"},
    "analysis": {"type": "object", "required": ["groups", "statements"]},
    "statements": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "number", "state", "is_seed", "original", "texts", "important_to"],
            "properties": {
                "id": {"type": "integer"},
                "number": {"type": "integer", "minimum": 1},
                "original": {**TEXT, "description": "BCP 47 tag of the language it was written in"},
                "texts": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "required": ["text", "origin", "is_checked"]},
                },
                "important_to": COUNT,
            },
        },
    },
    "moderation": {"type": "object"},
    "method": {"type": "object"},
    "findings": {
        "type": "array",
        "items": {"type": "object", "required": ["number", "kind", "statement_id"]},
    },
}


def report_schema(address: str) -> dict[str, Any]:
    """The schema; `address` is where it is published."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "A published report of a consultation",
        "description": "`sha256` is of `facts` and `words` as JSON with keys in order, no spaces, UTF-8; of what was "
        "published, so that it differs where the words of the statements in `removed` are left out.",
        "type": "object",
        "required": [
            "schema_version",
            "number",
            "published_at",
            "sha256",
            "reason",
            "removed",
            "facts",
            "words",
        ],
        "properties": {
            "$schema": {"type": "string", "format": "uri"},
            "schema_version": {"const": "1"},
            "number": {"type": "integer", "minimum": 1},
            "published_at": {"type": "string", "format": "date-time"},
            "sha256": SHA256,
            "reason": {"type": "object", "additionalProperties": TEXT},
            "removed": {
                "type": "array",
                "items": {"type": "integer"},
                "description": "numbers of statements whose words may be shown no more",
            },
            "facts": {"type": "object", "required": sorted(FACTS), "properties": FACTS},
            "words": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"$ref": "#/$defs/words"},
            },
        },
        "$defs": {
            "words": _words(),
            "section": _section(),
            **{kind: _block(kind, of) for kind, of in KINDS.items()},
        },
    }


def _words() -> dict[str, Any]:
    return _object(
        title=TEXT,
        version=TEXT,
        direction={"enum": ["ltr", "rtl"]},
        sections={"type": "array", "items": {"$ref": "#/$defs/section"}},
    )


def _section() -> dict[str, Any]:
    blocks = {"type": "array", "items": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]}}
    return _object(key=TEXT, number={"type": "integer", "minimum": 0}, title=TEXT, blocks=blocks)


def _block(kind: str, of: type[Block]) -> dict[str, Any]:
    hints = get_type_hints(of)
    properties = {field.name: _type(hints[field.name]) for field in fields(of)}
    return {**_object(kind={"const": kind}, **properties), "description": (of.__doc__ or "").split("\n\n")[0]}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _type(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - a type hint can be anything
    """The schema of a field's type: plain values, tuples of one type or of several, and dataclasses in them."""
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    arguments = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        return {"type": [PLAIN[one] for one in arguments]}
    if get_origin(hint) is tuple and arguments[1:] == (...,):
        return {"type": "array", "items": _type(arguments[0])}
    if get_origin(hint) is tuple:
        size = len(arguments)
        return {
            "type": "array",
            "prefixItems": [_type(one) for one in arguments],
            "minItems": size,
            "maxItems": size,
        }
    inner = get_type_hints(hint)
    return _object(**{field.name: _type(inner[field.name]) for field in fields(hint)})
