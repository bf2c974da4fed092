"""What was published, as data: in the register's JSON, and under the fingerprints in the public log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from participation.responses.models import Answer, DeploymentDecision, MilestoneStep

REASON_FOR_CHANGE, NUMBER = "reason_for_change", "number"


def answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        NUMBER: answer.number,
        "verdict": answer.verdict.value,
        "reasons": answer.reasons,
        "office": answer.office,
        "due_on": _day(answer.due_on),
        "links": answer.links,
        REASON_FOR_CHANGE: answer.change,
    }


def decision_as_json(decision: DeploymentDecision) -> dict[str, Any]:
    return {
        NUMBER: decision.number,
        "course": decision.course.value,
        "reasons": decision.reasons,
        "decided_by": decision.decided_by,
        "decided_on": _day(decision.decided_on),
        "links": decision.links,
        REASON_FOR_CHANGE: decision.change,
    }


def step_as_json(step: MilestoneStep) -> dict[str, Any]:
    return {
        "titles": step.titles,
        "due_on": _day(step.due_on),
        "progress": step.progress.value,
        "notes": step.notes,
        "evidence": step.evidence,
    }


def same_but_for_the_reason(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two say the same, whatever their numbers, and whyever one was published after the other."""
    return all(one[key] == other[key] for key in one if key not in {NUMBER, REASON_FOR_CHANGE})


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
