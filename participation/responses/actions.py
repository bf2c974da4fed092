"""What changes answers, decisions and milestones. Whatever is published here stays; a change is published beside it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import enter_in_log
from participation.database import db
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.outcomes.queries import first_report_at
from participation.responses.as_json import (
    answer_as_json,
    decision_as_json,
    same_but_for_the_reason,
    step_as_json,
)
from participation.responses.models import (
    Answer,
    AnswerDraft,
    Course,
    DeploymentDecision,
    Milestone,
    MilestoneStep,
    Progress,
    Texts,
)
from participation.responses.queries import (
    answers_of,
    decisions_of,
    draft_of,
    milestones_of,
    next_milestone_number,
)
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from participation.consultations.models import Consultation
    from participation.outcomes.models import Finding
    from participation.responses.models import Link, Verdict


class FindingWithdrawnError(DomainError):
    message = _l(
        "A later version of the report no longer finds this. There is nothing to answer; what was answered "
        "before stays readable."
    )


class NoReportError(DomainError):
    message = _l("The report is not published yet. Please publish it first.")


class EditedMeanwhileError(DomainError):
    message = _l("Somebody else has saved this answer since you opened it.")


class NotFinishedError(DomainError):
    message = _l(
        "An answer needs a verdict, a reason in the main language and the office responsible for it."
    )


class ReasonForChangeError(DomainError):
    message = _l(
        "Please say why this changes, in the main language at least: what was said before stays readable."
    )


class NothingChangedError(DomainError):
    message = _l("This says the same as what is published. Nothing was changed.")


class ConditionsMissingError(DomainError):
    message = _l("To go ahead under conditions needs at least one condition and the day by which it is met.")


@dataclass(frozen=True)
class Reply:
    """What an official wrote: the names are those of `AnswerDraft`."""

    verdict: Verdict | None
    reasons: Texts
    office: str = ""
    due_on: date | None = None
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Condition:
    """What has to be done, and by when."""

    titles: Texts
    due_on: date


@dataclass(frozen=True)
class Ruling:
    """A decision on the system: the names are those of `DeploymentDecision`."""

    course: Course
    reasons: Texts
    decided_by: str
    decided_on: date
    links: Sequence[Link] = ()
    conditions: Sequence[Condition] = field(default=())


def save_answer(finding: Finding, reply: Reply, *, edition: int) -> AnswerDraft:
    """Keep an answer that is being written.

    Raises:
        FindingWithdrawnError
        EditedMeanwhileError: somebody else has saved it since `edition`.

    """
    _expect_standing(finding)
    draft = draft_of(finding.id)
    if (draft.edition if draft else 0) != edition:
        raise EditedMeanwhileError
    if draft is None:
        draft = AnswerDraft(finding_id=finding.id)
        db.session.add(draft)
    draft.verdict, draft.reasons, draft.office = reply.verdict, dict(reply.reasons), reply.office
    draft.due_on, draft.links, draft.edition = reply.due_on, list(reply.links), edition + 1
    db.session.commit()
    return draft


def publish_answer(
    consultation: Consultation, finding: Finding, reply: Reply, change: Texts, *, edition: int = 0
) -> Answer:
    """Answer a finding for everybody to read. The draft has served its purpose and goes.

    Args:
        edition: of the draft that the official has seen.

    Raises:
        FindingWithdrawnError, NotFinishedError, NothingChangedError
        EditedMeanwhileError: somebody else has saved a draft since.
        ReasonForChangeError: it is not the first answer, and nobody says why it changes.

    """
    with _in_turn(consultation):
        return _publish_answer(consultation, finding, reply, change, edition)


def _publish_answer(
    consultation: Consultation, finding: Finding, reply: Reply, change: Texts, edition: int
) -> Answer:
    _expect_standing(finding)
    draft = draft_of(finding.id)
    if draft and draft.edition != edition:
        raise EditedMeanwhileError
    main = consultation.main_language
    if not (reply.verdict and reply.office and reply.reasons.get(main)):
        raise NotFinishedError
    before = answers_of(finding).answer
    answer = Answer(
        finding_id=finding.id,
        number=before.number + 1 if before else 1,
        verdict=reply.verdict,
        reasons=dict(reply.reasons),
        office=reply.office,
        due_on=reply.due_on,
        links=list(reply.links),
        change=dict(change) if before else {},
    )
    if before and same_but_for_the_reason(answer_as_json(before), answer_as_json(answer)):
        raise NothingChangedError
    if before and not change.get(main):
        raise ReasonForChangeError
    db.session.add(answer)
    if draft:
        db.session.delete(draft)
    enter_in_log(
        consultation,
        Kind.ANSWER_GIVEN,
        finding=finding.number,
        number=answer.number,
        verdict=answer.verdict.value,
        sha256=fingerprint_of(answer_as_json(answer)),
    )
    return answer


def record_decision(consultation: Consultation, ruling: Ruling, change: Texts) -> DeploymentDecision:
    """Publish what was decided about the system. Each condition becomes a milestone.

    Raises:
        NoReportError, NotFinishedError, ConditionsMissingError
        NothingChangedError: the decision that holds says the same.
        ReasonForChangeError: another decision holds, and nobody says why it changes.

    """
    with _in_turn(consultation):
        return _record_decision(consultation, ruling, change)


def _record_decision(consultation: Consultation, ruling: Ruling, change: Texts) -> DeploymentDecision:
    main = consultation.main_language
    if first_report_at(consultation.id) is None:
        raise NoReportError
    if not (ruling.reasons.get(main) and ruling.decided_by):
        raise NotFinishedError
    if ruling.course is Course.GO_WITH_CONDITIONS and not ruling.conditions:
        raise ConditionsMissingError
    before = decisions_of(consultation.id)
    decision = DeploymentDecision(
        consultation_id=consultation.id,
        number=len(before) + 1,
        course=ruling.course,
        reasons=dict(ruling.reasons),
        decided_by=ruling.decided_by,
        decided_on=ruling.decided_on,
        links=list(ruling.links),
        change=dict(change) if before else {},
    )
    if before and same_but_for_the_reason(decision_as_json(before[-1]), decision_as_json(decision)):
        raise NothingChangedError
    if before and not change.get(main):
        raise ReasonForChangeError
    db.session.add(decision)
    db.session.flush()
    enter_in_log(
        consultation,
        Kind.DECISION_RECORDED,
        number=decision.number,
        course=decision.course.value,
        sha256=fingerprint_of(decision_as_json(decision)),
    )
    for condition in ruling.conditions:
        _add_milestone(consultation, condition, decision_id=decision.id)
    return decision


def add_milestone(
    consultation: Consultation, condition: Condition, finding: Finding | None = None
) -> Milestone:
    """Promise something by a day, perhaps as part of the answer to a finding.

    Raises:
        NoReportError
        NothingChangedError: this is promised already, as after a double click.

    """
    with _in_turn(consultation):
        if first_report_at(consultation.id) is None:
            raise NoReportError
        finding_id = finding.id if finding else None
        for promised in milestones_of(consultation.id):
            same = (promised.finding_id, promised.latest.titles, promised.latest.due_on)
            if same == (finding_id, condition.titles, condition.due_on):
                raise NothingChangedError
        return _add_milestone(consultation, condition, finding_id=finding_id)


def move_milestone(consultation: Consultation, milestone: Milestone, step: MilestoneStep) -> None:
    """Say that a milestone is done, moved to another day, reworded or given up.

    Raises:
        ReasonForChangeError: nobody says what was done, or why it changes.
        NothingChangedError: it says so already, as after a double click.

    """
    with _in_turn(consultation):
        if not step.notes.get(consultation.main_language):
            raise ReasonForChangeError
        if step_as_json(step) == step_as_json(milestone.latest):
            raise NothingChangedError
        step.milestone_id = milestone.id
        db.session.add(step)
        _log_milestone(consultation, milestone, step)


def _add_milestone(
    consultation: Consultation,
    condition: Condition,
    *,
    finding_id: int | None = None,
    decision_id: int | None = None,
) -> Milestone:
    milestone = Milestone(
        consultation_id=consultation.id,
        number=next_milestone_number(consultation.id),
        finding_id=finding_id,
        decision_id=decision_id,
        steps=[
            MilestoneStep(titles=dict(condition.titles), due_on=condition.due_on, progress=Progress.PLANNED)
        ],
    )
    db.session.add(milestone)
    _log_milestone(consultation, milestone, milestone.latest)
    return milestone


def _expect_standing(finding: Finding) -> None:
    if finding.is_withdrawn:
        raise FindingWithdrawnError


@contextmanager
def _in_turn(consultation: Consultation) -> Iterator[None]:
    """One official at a time, and all of it or nothing: what is published gets numbers that follow each other."""
    db.session.refresh(consultation, with_for_update=True)
    try:
        yield
    except DomainError:
        db.session.rollback()
        raise
    db.session.commit()


def _log_milestone(consultation: Consultation, milestone: Milestone, step: MilestoneStep) -> None:
    # What is left to the columns' defaults is there only now, and belongs to the fingerprint.
    db.session.flush()
    enter_in_log(
        consultation,
        Kind.MILESTONE_CHANGED,
        milestone=milestone.number,
        state=step.progress.value,
        sha256=fingerprint_of(step_as_json(step)),
    )
