"""The fields of a dossier as data, and what follows from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from participation.deployments.checking import completeness_of, problems_in
from participation.deployments.schema import FIELDS, SECTIONS, Kind, Tier
from tests.participation.deployments.cases import WITHHELD, small_dossier, whole_dossier

if TYPE_CHECKING:
    from flask import Flask


def test_the_json_schema_is_one(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["deployment", "schema"])
    schema = json.loads(printed.output)
    Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]["fields"]["properties"]) == set(FIELDS)


def test_every_field_and_section_has_an_address_of_its_own() -> None:
    keys = [key for section in SECTIONS for key in (section.key, *(field.key for field in section.fields))]
    assert len(keys) == len(set(keys))


def test_fields_have_what_their_kind_needs() -> None:
    for field in FIELDS.values():
        for part in (field, *field.parts):
            assert bool(part.parts) == (part.kind in {Kind.RECORD, Kind.RECORDS}), part.key
            assert bool(part.choices) == (part.kind in {Kind.CHOICE, Kind.CHOICES}), part.key
        assert all(not part.parts for part in field.parts), "a record in a record cannot be read"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"team": "Benefits"}, 'fields.team: needs a text for each language, such as {"en": "..."}'),
        ({"team": {"fr": "Aides"}}, "fields.team: en is missing"),
        ({"team": {"en": ""}}, "fields.team.en: '' should be non-empty"),
        ({"summary_plain": {"en": "x" * 400}}, "fields.summary_plain.en: is longer than 399 characters"),
        ({"level": "moon"}, "fields.level: 'moon' must be one of local, regional, national, supranational"),
        ({"planned_start": "2027-02-30"}, "fields.planned_start: '2027-02-30' is no date such as 2027-01-31"),
        (
            {"source_code_url": "javascript:alert(1)"},
            "fields.source_code_url: 'javascript:alert(1)' is no address that begins with https://",
        ),
        ({"risks": [{"scale": "low"}]}, "fields.risks[1]: harm is missing"),
        ({"colour": "red"}, "fields: colour is not known here"),
        (
            {"costs": {"withheld": {"reason": {"en": "Secret"}}}},
            "fields.costs.withheld: legal_ground is missing",
        ),
        ({"team": {"en": "abc\u202edef"}}, "fields.team.en: has invisible control characters; type it again"),
    ],
)
def test_each_mistake_is_named_with_its_place(fields: dict[str, Any], problem: str) -> None:
    assert problems_in(small_dossier(**fields)) == [problem]


def test_a_good_dossier_has_no_problems() -> None:
    assert problems_in(whole_dossier()) == []
    assert problems_in(small_dossier(risks=WITHHELD, team=WITHHELD)) == []
    assert problems_in([]) == ["the dossier: [] is not of type 'object'"]


def test_withheld_counts_as_answered_and_missing_does_not() -> None:
    mandatory = sum(field.tier is Tier.MANDATORY for field in FIELDS.values())
    state = completeness_of(small_dossier(supplier=WITHHELD, team={"en": "Not mandatory"}))
    assert (state.given, state.withheld, len(state.missing)) == (1, 1, mandatory - 2)
    assert state.wanted == mandatory
    assert not completeness_of(whole_dossier()).missing
