"""A dossier as a JSON document: what may stand in it, as JSON Schema, made from the fields."""

from __future__ import annotations

from typing import Any

from participation.deployments.schema import FIELDS, SCHEMA_VERSION, WITHHELD, Field, Kind

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LANGUAGE_TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LINE: Schema = {"type": "string", "minLength": 1}


def json_schema(main_language: str | None = None) -> Schema:
    """The schema of a dossier. With a main language, every text must exist in it."""
    return {
        "$schema": DIALECT,
        "title": "The dossier of a proposed AI deployment",
        "type": "object",
        "required": ["schema_version", "slug", "owner", "country", "main_language", "fields"],
        "additionalProperties": False,
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "slug": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80},
            "owner": {**LINE, "maxLength": 200},
            "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
            "main_language": {"type": "string", "pattern": LANGUAGE_TAG, "maxLength": 16},
            "fields": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    key: _given_or_withheld(field, main_language) for key, field in FIELDS.items()
                },
            },
        },
    }


def _given_or_withheld(field: Field, main_language: str | None) -> Schema:
    """What the field holds, or who withholds it and by what right."""
    return {
        **_described(field),
        "if": {"type": "object", "required": ["withheld"]},
        "then": {
            "additionalProperties": False,
            "properties": {
                "withheld": {**_record(WITHHELD, main_language), "required": ["reason", "legal_ground"]}
            },
        },
        "else": _value(field, main_language),
    }


def _described(field: Field) -> Schema:
    described = {"title": str(field.label)}
    return {**described, "description": str(field.help)} if field.help else described


def _value(field: Field, main_language: str | None) -> Schema:
    one_of_them: Schema = {"enum": list(field.choices or ())}
    if field.kind is Kind.TEXT:
        return _text(field.longest, main_language)
    if field.kind is Kind.RECORD:
        return {**_record(field, main_language), "minProperties": 1}
    if field.kind is Kind.RECORDS:
        # The first part is the one that the others say something about.
        item = {**_record(field, main_language), "required": [field.parts[0].key]}
        return {"type": "array", "minItems": 1, "items": item}
    same_for_all: dict[Kind, Schema] = {
        Kind.LINE: {**LINE, "maxLength": field.longest},
        Kind.LINK: {"type": "string", "pattern": "^https?://[^\\s]+$", "maxLength": field.longest},
        Kind.NUMBER: {"type": "number", "minimum": 0},
        Kind.DATE: {"type": "string", "format": "date"},
        Kind.YES_NO: {"type": "boolean"},
        Kind.CHOICE: one_of_them,
        Kind.CHOICES: {"type": "array", "minItems": 1, "uniqueItems": True, "items": one_of_them},
    }
    return same_for_all[field.kind]


def _record(field: Field, main_language: str | None) -> Schema:
    parts = {part.key: {**_described(part), **_value(part, main_language)} for part in field.parts}
    return {"type": "object", "additionalProperties": False, "properties": parts}


def _text(longest: int, main_language: str | None) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": LANGUAGE_TAG},
        "minProperties": 1,
        "additionalProperties": {**LINE, "maxLength": longest},
        **({"required": [main_language]} if main_language else {}),
    }
