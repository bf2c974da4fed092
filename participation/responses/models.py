"""What the authority answers and does: answers to findings, the decision on the system, and milestones.

What has been published stays. A changed answer, decision or milestone is another row with the reason for the change.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.database import Model, Moment, never_changes, now
from participation.outcomes.models import Finding

#: A text by language; the consultation's main language is always there once it is published.
Texts = dict[str, str]


class Link(TypedDict):
    """Where a reader finds more: a law, a contract, a report."""

    text: str
    url: str


class Verdict(Enum):
    """What the authority says to a finding."""

    ACCEPT = "accept"
    ACCEPT_IN_PART = "accept in part"
    REJECT = "reject"
    STUDY = "study further"


class AnswerDraft(Model):
    """The next answer to a finding, while officials write it."""

    __tablename__ = "answer_drafts"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    verdict: Mapped[Verdict | None]
    reasons: Mapped[Texts] = mapped_column(JSON, default=dict)
    #: Which office sees to it.
    office: Mapped[str] = mapped_column(String(200), default="")
    #: The day by which it will be done; empty where there is nothing to do.
    due_on: Mapped[date | None]
    links: Mapped[list[Link]] = mapped_column(JSON, default=list)
    #: Counts its changes, so that no official overwrites another unseen.
    edition: Mapped[int] = mapped_column(default=0)


@never_changes
class Answer(Model):
    """What the authority answered to a finding. The one with the highest number holds."""

    __tablename__ = "answers_to_findings"
    __table_args__ = (UniqueConstraint("finding_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"))
    #: Counts from one within the finding.
    number: Mapped[int]
    verdict: Mapped[Verdict]
    reasons: Mapped[Texts] = mapped_column(JSON)
    office: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    links: Mapped[list[Link]] = mapped_column(JSON)
    #: Why it is another one than before; empty for the first.
    change: Mapped[Texts] = mapped_column(JSON, default=dict)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)

    finding: Mapped[Finding] = relationship()


class Course(Enum):
    """What becomes of the proposed system."""

    GO = "go"
    GO_WITH_CONDITIONS = "go with conditions"
    CHANGE = "change"
    STOP = "stop"


@never_changes
class DeploymentDecision(Model):
    """What was decided about the proposed system. The one with the highest number holds."""

    __tablename__ = "decisions_on_systems"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Counts from one within the consultation.
    number: Mapped[int]
    course: Mapped[Course]
    reasons: Mapped[Texts] = mapped_column(JSON)
    #: Who decided: a minister, a council, an agency, as it calls itself.
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date]
    links: Mapped[list[Link]] = mapped_column(JSON)
    change: Mapped[Texts] = mapped_column(JSON, default=dict)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Progress(Enum):
    """How far a milestone is. Late is no state: it is planned, and its day is over."""

    PLANNED = "planned"
    DONE = "done"
    ABANDONED = "abandoned"


class Milestone(Model):
    """Something that the authority will have done by a day. What it says is in its steps, of which the last holds."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Counts from one within the consultation.
    number: Mapped[int]
    #: The finding whose answer promised it, if it was one.
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))
    #: The decision of which it is a condition, if it is one.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions_on_systems.id"))

    steps: Mapped[list[MilestoneStep]] = relationship(
        order_by="MilestoneStep.id", back_populates="milestone", cascade="all, delete-orphan"
    )

    @property
    def latest(self) -> MilestoneStep:
        """What holds now. Costs a query the first time."""
        return self.steps[-1]

    def is_late(self, today: date) -> bool:
        return self.latest.progress is Progress.PLANNED and self.latest.due_on < today


@never_changes
class MilestoneStep(Model):
    """What a milestone said from one moment on."""

    __tablename__ = "milestone_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id", ondelete="CASCADE"), index=True)
    titles: Mapped[Texts] = mapped_column(JSON)
    due_on: Mapped[date]
    progress: Mapped[Progress] = mapped_column(default=Progress.PLANNED)
    #: What was done, or why it was moved or given up.
    notes: Mapped[Texts] = mapped_column(JSON, default=dict)
    #: Where anybody can see that it was done.
    evidence: Mapped[list[Link]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)

    milestone: Mapped[Milestone] = relationship(back_populates="steps")
