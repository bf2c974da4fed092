"""A record in the shape of the United Kingdom's Algorithmic Transparency Recording Standard, as a CSV file.

A row for each question: its attribute, its heading in the template, its tier, and the answer. Records are filled in
as a form, and no file format for them is published; the attributes of tier 1 and of "owner and responsibility" are
those of the standard's published table (v1.1 and v2.1), the others are the template's headings (v3.0) written the
same way. `language` and `source_id` are ours: they lead a file back to its dossier.

Source: https://www.gov.uk/government/collections/algorithmic-transparency-recording-standard-hub
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from participation.deployments.registers.columns import Row, coded, into_fields, text, to_row

if TYPE_CHECKING:
    from participation.deployments.models import Content

HEADINGS = ("attribute", "heading", "tier", "value")
#: What spreadsheets write between cells, depending on the country of whoever uses them.
DELIMITERS = ",;\t"
LANGUAGE, SOURCE = "language", "source_id"
PHASE = {
    "idea": "Idea",
    "design": "Design",
    "procurement": "Procurement",
    "pilot": "Beta/Pilot",
    "live": "Production",
    "suspended": "Suspended",
    "retired": "Retired",
}
COLUMNS = (
    text("name", "name"),
    text("description", "summary_plain"),
    text("contact_email", "contact_point"),
    text("organisation", "responsible_body"),
    text("team", "team"),
    text("senior_responsible_owner", "accountable_role"),
    text("external_supplier", "supplier"),
    text("detailed_description", "purpose_and_impact"),
    text("justification", "considerations"),
    text("benefit", "benefits_expected"),
    text("previous_process", "previous_process"),
    text("alternatives_considered", "alternatives_considered"),
    text("process_integration", "process_description"),
    text("human_review", "human_oversight"),
    text("frequency_and_scale_of_usage", "frequency_and_scale"),
    text("required_training", "required_training"),
    text("appeals_and_review", "challenge_route"),
    text("system_architecture", "technique"),
    coded("phase", "lifecycle_status", PHASE),
    text("maintenance", "monitoring_plan"),
    text("models", "model"),
    text("model_performance", "performance"),
    text("data_sources", "data_sources"),
    text("impact_assessments", "impact_assessments"),
    text("risks_and_mitigations", "risks"),
)
TIER_1 = {"name", "description", "contact_email"}
METADATA = {LANGUAGE, SOURCE, "phase"}


def write(content: Content) -> str:
    """A dossier as a record, in its main language."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(HEADINGS)
    row = {LANGUAGE: content["main_language"], SOURCE: content["slug"]}
    for attribute, value in {**row, **to_row(COLUMNS, content, content["main_language"])}.items():
        rows.writerow((attribute, _heading(attribute), _tier(attribute), value))
    return file.getvalue()


def is_record(text_: str) -> bool:
    return _delimiter(text_) is not None


def parse(text_: str) -> Row:
    """The answers of a record, by attribute.

    Raises:
        ValueError: it is no such record, or a row has too many or too few cells.

    """
    delimiter = _delimiter(text_)
    if delimiter is None:
        raise ValueError(f"the file does not begin with {', '.join(HEADINGS)}")
    rows = [row for row in csv.reader(io.StringIO(_bare(text_), newline=""), delimiter=delimiter) if any(row)]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(HEADINGS):
            raise ValueError(f"row {number} has {len(row)} cells and needs {len(HEADINGS)}")
    return {attribute: value.replace("\r\n", "\n") for attribute, _heading, _tier, value in rows[1:]}


def read(row: Row, content: Content) -> Content:
    """A dossier with what a record says otherwise."""
    return into_fields(COLUMNS, row, content, row.get(LANGUAGE) or content["main_language"])


def _delimiter(text_: str) -> str | None:
    first = _bare(text_).partition("\n")[0].strip().replace('"', "")
    return next((one for one in DELIMITERS if tuple(first.split(one)) == HEADINGS), None)


def _bare(text_: str) -> str:
    return text_.removeprefix("\ufeff")


def _heading(attribute: str) -> str:
    return attribute.replace("_", " ").capitalize()


def _tier(attribute: str) -> str:
    return "Tier 1" if attribute in TIER_1 else "Metadata" if attribute in METADATA else "Tier 2"
