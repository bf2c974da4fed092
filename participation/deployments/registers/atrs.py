"""A record in the shape of the United Kingdom's Algorithmic Transparency Recording Standard, as a CSV file.

A row for each question, with the name of the question and the answer. The standard is published as a form and
not as a file; the names follow its tiers and are ours where it has none.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from participation.deployments.registers.columns import Row, coded, into_fields, text, to_row

if TYPE_CHECKING:
    from participation.deployments.models import Content

HEADINGS = ("field", "value")
LANGUAGE, SOURCE = "metadata.language", "metadata.source_id"
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
    text("tier_1.name", "name"),
    text("tier_1.description", "summary_plain"),
    text("tier_1.contact_email", "contact_point"),
    text("tier_2.owner.organisation", "responsible_body"),
    text("tier_2.owner.team", "team"),
    text("tier_2.owner.senior_responsible_owner", "accountable_role"),
    text("tier_2.owner.third_parties", "supplier"),
    text("tier_2.rationale.detailed_description", "purpose_and_impact"),
    text("tier_2.rationale.justification", "considerations"),
    text("tier_2.rationale.benefits", "benefits_expected"),
    text("tier_2.rationale.previous_process", "previous_process"),
    text("tier_2.rationale.alternatives_considered", "alternatives_considered"),
    text("tier_2.decision.process_integration", "process_description"),
    text("tier_2.decision.frequency_and_scale", "frequency_and_scale"),
    text("tier_2.decision.human_decisions_and_review", "human_oversight"),
    text("tier_2.decision.required_training", "required_training"),
    text("tier_2.decision.appeals_and_review", "challenge_route"),
    text("tier_2.tool.system_architecture", "technique"),
    coded("tier_2.tool.phase", "lifecycle_status", PHASE),
    text("tier_2.tool.maintenance", "monitoring_plan"),
    text("tier_2.tool.models", "model"),
    text("tier_2.data.sources", "data_sources"),
    text("tier_2.risks.risks_and_mitigations", "risks"),
    text("tier_2.risks.impact_assessments", "impact_assessments"),
)


def write(content: Content) -> str:
    """A dossier as a record, in its main language."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(HEADINGS)
    rows.writerow((LANGUAGE, content["main_language"]))
    rows.writerow((SOURCE, content["slug"]))
    rows.writerows(to_row(COLUMNS, content, content["main_language"]).items())
    return file.getvalue()


def parse(text_: str) -> Row:
    """The rows of a file.

    Raises:
        ValueError: it is no such record.

    """
    rows = list(csv.reader(io.StringIO(text_.removeprefix("\ufeff"), newline="")))
    if not rows or tuple(rows[0]) != HEADINGS or any(len(row) != len(HEADINGS) for row in rows):
        raise ValueError("the file does not have the two columns field and value")
    return {name: value.replace("\r\n", "\n") for name, value in rows[1:]}


def read(row: Row, content: Content) -> Content:
    """A dossier with what a record says otherwise."""
    return into_fields(COLUMNS, row, content, row.get(LANGUAGE) or content["main_language"])
