"""The Netherlands' register of algorithms, publication standard 1.0, under the names that its interface uses.

The standard's own schema has other names for some of them; those are read too. Its texts are in Dutch, English
or Frisian, and some carry HTML, which becomes Markdown here.

Source: https://algoritmes.overheid.nl and the interface "aanleverapi/v1_0".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.deployments.registers.columns import (
    Row,
    coded,
    into_fields,
    month,
    same,
    text,
    titled_links,
    to_row,
)
from participation.deployments.registers.plain import plain

if TYPE_CHECKING:
    from participation.deployments.models import Content

LANGUAGES = {"nl": "NLD", "en": "ENG", "fy": "FRY"}
STATUS = {
    **dict.fromkeys(("idea", "procurement", "pilot", "design"), "In ontwikkeling"),
    "live": "In gebruik",
    **dict.fromkeys(("suspended", "retired"), "Buiten gebruik"),
}
CATEGORY = {
    **dict.fromkeys(("prohibited_suspect", "high_risk"), "Hoog-risico AI-systeem"),
    "impactful": "Impactvolle algoritmes",
    "other": "Overige algoritmes",
}
COLUMNS = (
    text("name", "name"),
    text("description_short", "summary_plain"),
    coded("status", "lifecycle_status", STATUS),
    month("begin_date", "planned_start"),
    month("end_date", "planned_end"),
    text("contact_email", "contact_point"),
    coded("publication_category", "publication_category", CATEGORY),
    text("goal", "purpose_and_impact"),
    text("proportionality", "considerations"),
    text("human_intervention", "human_oversight"),
    text("risks", "risks"),
    titled_links("lawful_basis_grouping", "legal_basis", "title"),
    titled_links("impacttoetsen_grouping", "impact_assessments", "kind"),
    text("source_data", "data_sources"),
    text("methods_and_models", "technique"),
    text("provider", "supplier"),
    same("publiccode", "source_code_url"),
)
ALSO_CALLED = {
    "start_date": "begin_date",
    "contact": "contact_email",
    "purpose_and_impact": "goal",
    "considerations": "proportionality",
    "risk_management": "risks",
    "data": "source_data",
    "technical_operation": "methods_and_models",
    "supplier": "provider",
    "source_code_link": "publiccode",
    "language": "lang",
}


def write(content: Content) -> Row:
    """A dossier as an entry of the register, in the first of its languages that the register takes.

    Raises:
        ValueError: the dossier is in none of them.

    """
    name = content["fields"].get("name", {})
    language = next(
        (tag for tag in (content["main_language"], *LANGUAGES) if tag in LANGUAGES and tag in name), None
    )
    if language is None:
        raise ValueError("the register takes Dutch, English or Frisian, and this dossier has no name in them")
    return {
        "standard_version": "1.0",
        "lang": LANGUAGES[language],
        "source_id": content["slug"],
        "organization": content["owner"],
        **to_row(COLUMNS, content, language),
    }


def is_row(value: Any) -> bool:  # noqa: ANN401 - whatever a file holds
    """Whether this is an entry of the register."""
    return isinstance(value, dict) and "description_short" in value


def language_of(row: Row) -> str:
    """The language that the texts are in: Dutch where the entry does not say."""
    code = row.get("lang") or row.get("language") or "NLD"
    return next((tag for tag, known in LANGUAGES.items() if known == code), "nl")


def read(row: Row, content: Content) -> Content:
    """A dossier with what an entry says otherwise."""
    named = {ALSO_CALLED.get(name, name): _plain(value) for name, value in row.items()}
    return into_fields(COLUMNS, named, content, language_of(row))


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an entry holds
    """A value whose texts have no markup, also those of titled links."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: part if key == "link" else _plain(part) for key, part in value.items()}
    return value
