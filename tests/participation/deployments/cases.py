"""A dossier to start from, small enough to read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from participation.demonstration.dossier import load_dossier


def small_dossier(slug: str = "trams", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of every kind
    """A draft with a name and whatever fields a test is about."""
    return {
        "schema_version": 1,
        "slug": slug,
        "owner": "City of Velmora",
        "country": "ZZ",
        "main_language": "en",
        "fields": {"name": {"en": "A model for trams"}, **fields},
    }


def whole_dossier() -> dict[str, Any]:
    """The demonstration's: every mandatory fact is given or withheld."""
    return load_dossier(datetime(2026, 3, 1, tzinfo=UTC).date())[1]


WITHHELD = {"withheld": {"reason": {"en": "Offers are secret."}, "legal_ground": {"en": "Section 14"}}}
