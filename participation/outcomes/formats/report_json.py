"""A published version of the report as JSON: its facts, its words in every language, and the fingerprint of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.outcomes.removal import facts_without, words_without

if TYPE_CHECKING:
    from collections.abc import Collection

    from participation.outcomes.models import Report


def report_json(report: Report, schema_address: str, removed: Collection[int] = ()) -> dict[str, Any]:
    """The version, without the words of statements that may be shown no more: `removed` are their numbers."""
    return {
        "$schema": schema_address,
        "schema_version": "1",
        "number": report.number,
        "published_at": report.published_at.isoformat(),
        "sha256": report.sha256,
        "reason": report.reason,
        "removed": sorted(removed),
        "facts": facts_without(report.facts, removed),
        "words": {tag: words_without(words, removed) for tag, words in report.words.items()},
    }
