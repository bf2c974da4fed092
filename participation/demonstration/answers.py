"""What the made-up authority answers, decides and has done after the trial run: see answers.toml."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from participation.database import now
from participation.outcomes.queries import findings_of
from participation.responses.actions import (
    Condition,
    Reply,
    Ruling,
    add_milestone,
    move_milestone,
    publish_answer,
    record_decision,
)
from participation.responses.models import Course, MilestoneStep, Progress, Verdict
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from participation.consultations.models import Consultation
    from participation.outcomes.models import Finding

ANSWERS_FILE = Path(__file__).with_name("answers.toml")


def answer_findings(consultation: Consultation) -> None:
    """Answer what there is an answer for; the rest waits, as it would."""
    content = tomllib.loads(ANSWERS_FILE.read_text(encoding="utf-8"))
    numbers = {statement.id: statement.number for statement in statements_of(consultation.id)}
    findings = {numbers[finding.statement_id]: finding for finding in findings_of(consultation.id)}
    for answer in content["answers"]:
        if finding := findings.get(answer["statement"]):
            _answer(consultation, finding, answer)
    decision = content["decision"]
    ruling = Ruling(
        Course(decision["course"]),
        decision["reasons"],
        decision["decided_by"],
        now().date(),
        decision["links"],
        [_condition(condition) for condition in decision["conditions"]],
    )
    record_decision(consultation, ruling, {})


def _answer(consultation: Consultation, finding: Finding, answer: dict[str, Any]) -> None:
    reply = Reply(
        Verdict(answer["verdict"]),
        answer["reasons"],
        answer["office"],
        _day(answer["due_in"]) if "due_in" in answer else None,
        answer.get("links", ()),
    )
    publish_answer(consultation, finding, reply, {})
    for promised in answer.get("milestones", ()):
        milestone = add_milestone(consultation, _condition(promised), finding)
        if "progress" in promised:
            step = MilestoneStep(
                titles=promised["titles"],
                due_on=_day(promised["due_in"]),
                progress=Progress(promised["progress"]),
                notes=promised["notes"],
                evidence=promised["evidence"],
            )
            move_milestone(consultation, milestone, step)


def _condition(promised: dict[str, Any]) -> Condition:
    return Condition(promised["titles"], _day(promised["due_in"]))


def _day(days: int) -> date:
    return now().date() + timedelta(days=days)
