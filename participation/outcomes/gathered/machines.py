"""Where a machine translated, and whether a person has checked it; and where accounts were conspicuous."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deliberation.small_cells import SMALLEST_CELL
from participation.consultations.queries import translated_texts_of
from participation.translation.queries import translate_settings_here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.consultations.models import Consultation

MEASURES = ("people", "groups", "common_ground", "common_ground_kept")


def machine_use_in(consultation: Consultation, statements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """By language, how its statements came about, and how the consultation's own texts did."""
    by_language: dict[str, dict[str, int]] = {}
    for statement in statements:
        for tag, text in statement["texts"].items():
            kinds = by_language.setdefault(
                tag, {"author": 0, "person": 0, "machine_checked": 0, "machine_unchecked": 0}
            )
            checked = "machine_checked" if text["is_checked"] else "machine_unchecked"
            kinds[checked if text["origin"] == "machine" else text["origin"]] += 1
    settings = translate_settings_here()
    return {
        "statements": dict(sorted(by_language.items())),
        "texts": {
            tag: {"by_machine": made.by_machine, "is_checked": made.reviewed_at is not None}
            for tag, made in sorted(translated_texts_of(consultation).items())
        },
        "service": settings and settings.host,
    }


def integrity_in(stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """Counts of conspicuous accounts, and whether the result would be another without them; few ones withheld."""
    if stored is None:
        return None
    without = stored["without"]
    return {
        "accounts": {reason: _enough(number) for reason, number in sorted(stored["accounts"].items())},
        "conspicuous": _enough(stored["conspicuous"]),
        "with_all": stored["with_all"],
        "without": without and {measure: without[measure] for measure in MEASURES},
    }


def _enough(number: int) -> int | None:
    return None if 0 < number < SMALLEST_CELL else number
