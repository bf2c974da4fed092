"""A published version of the report as JSON: its facts, its words in every language, and the fingerprint of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from participation.outcomes.models import Report


def report_json(report: Report, schema_address: str) -> dict[str, Any]:
    return {
        "$schema": schema_address,
        "schema_version": "1",
        "number": report.number,
        "published_at": report.published_at.isoformat(),
        "sha256": report.sha256,
        "reason": report.reason,
        "facts": report.facts,
        "words": report.words,
    }
