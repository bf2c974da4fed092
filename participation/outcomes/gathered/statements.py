"""The statements that were put to the vote, and what became of the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from participation.moderation.log import log_of
from participation.moderation.models import Outcome, Verdict
from participation.moderation.queries import rule_texts_of
from participation.outcomes.queries import important_to
from participation.statements.models import State
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.consultations.models import Consultation
    from participation.moderation.log import Entry
    from participation.statements.models import Statement


def statements_in(consultation: Consultation) -> list[dict[str, Any]]:
    """Every published statement, by number, with its texts and how each came about."""
    important = important_to(consultation.id)
    return [
        {
            "id": statement.id,
            "number": statement.number,
            "state": statement.state.value,
            "is_seed": statement.is_seed,
            "is_meta": statement.is_meta,
            "original": statement.language,
            "texts": _texts(statement),
            "important_to": important.get(statement.id, 0),
        }
        for statement in statements_of(consultation.id, State.PUBLISHED)
    ]


def _texts(statement: Statement) -> dict[str, dict[str, Any]]:
    return {
        tag: {
            "text": wording.text,
            "origin": "author" if wording.is_original else wording.origin.value,
            "is_checked": wording.is_checked,
        }
        for tag, wording in sorted(statement.wordings().items())
    }


def moderation_in(consultation: Consultation) -> dict[str, Any]:
    """Decisions that hold, in counts, the mergers, and the appeals: what the public log says, without its texts."""
    entries = log_of(consultation)
    held = [entry for entry in entries if entry.holds]
    return {
        "decisions": {
            verdict.value: sum(entry.decision.verdict is verdict for entry in held) for verdict in Verdict
        },
        "reasons": _counted(entry.decision.reason.value for entry in held if entry.decision.reason),
        "roles": _counted(entry.role.value for entry in held if entry.role),
        "replaced": [_replacement(entry) for entry in held if entry.replaced_by],
        "appeals": _appeals(entries),
        "rules": {tag: text.text for tag, text in sorted(rule_texts_of(consultation.id).items())},
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _replacement(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.statement.number,
        "decision": entry.decision.verdict.value,
        "replaced_by": sorted(statement.number for statement in entry.replaced_by),
    }


def _appeals(entries: Iterable[Entry]) -> dict[str, int]:
    appeals = [entry.appeal for entry in entries if entry.appeal]
    return {
        "total": len(appeals),
        **{outcome.value: sum(appeal.outcome is outcome for appeal in appeals) for outcome in Outcome},
        "waiting": sum(appeal.outcome is None for appeal in appeals),
    }
