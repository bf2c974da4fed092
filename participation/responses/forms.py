"""What officials send: answers to findings, decisions on the system, milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from participation.database import now
from participation.editions import number_seen
from participation.formatting import number
from participation.responses.actions import Condition, Reply, Ruling
from participation.responses.fields import InEachLanguage, one_link_a_line, read_links, write_links
from participation.responses.models import AnswerDraft, Course, MilestoneStep, Progress, Verdict
from participation.responses.words import COURSES, PROGRESS, VERDICTS
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.consultations.models import Consultation
    from participation.responses.models import Answer, DeploymentDecision, Milestone

FEWEST_SLOTS = 3
MOST_CONDITIONS = 30


def _links_field(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [AtMost(4000), plain_characters, one_link_a_line],
        filters=[paragraphs],
        render_kw={"rows": 3, "dir": "ltr"},
    )


class AnswerForm(FlaskForm):
    """An answer may be kept half-written; to publish it, everything that an answer needs must be there."""

    verdict = RadioField(
        _l("What do you answer?"),
        [Optional()],
        choices=[SelectChoice(verdict.value, name) for verdict, name in VERDICTS.items()],
    )
    office = StringField(_l("Office responsible"), [AtMost(160), plain_characters], filters=[one_line])
    due_on = DateField(_l("It will be done by"), [Optional()])
    links = _links_field(_l("Links, one a line: the address, then words for it"))
    edition = HiddenField()
    publish = SubmitField(_l("Publish the answer"))

    def __init__(
        self, consultation: Consultation, draft: AnswerDraft | None, published: Answer | None
    ) -> None:
        saved = draft or published
        super().__init__(
            data=saved
            and {
                "verdict": saved.verdict.value if saved.verdict else None,
                "office": saved.office,
                "due_on": saved.due_on,
                "links": write_links(saved.links),
            }
        )
        self.consultation = consultation
        if not self.is_submitted():
            self.edition.data = str(draft.edition if draft else 0)
        self.reasons = InEachLanguage(consultation, "reasons", saved.reasons if saved else None, rows=8)
        self.change = InEachLanguage(consultation, "change", rows=2, at_most=500)
        self.is_changing = published is not None

    def validate_due_on(self, field: DateField) -> None:
        if field.data and field.data < self.consultation.local(now()).date():
            raise ValidationError(_("This day is over. Please give one that is still to come."))

    def is_right(self) -> bool:
        """Whether what was sent can be kept; and, if it is to be published, whether nothing is missing."""
        publishing = bool(self.publish.data)
        checks = [
            self.validate_on_submit(),
            self.reasons.is_right(_("Please give the reason in the main language.") if publishing else ""),
            self.change.is_right(
                _("Please say why the answer changes.") if publishing and self.is_changing else ""
            ),
        ]
        if publishing and not self.verdict.data:
            self.verdict.errors = [_("Please choose what you answer.")]
        if publishing and not self.office.data:
            self.office.errors = [_("Please name the office responsible.")]
        return all(checks) and not (publishing and not (self.verdict.data and self.office.data))

    def reply(self) -> Reply:
        return Reply(
            verdict=Verdict(self.verdict.data) if self.verdict.data else None,
            reasons=self.reasons.texts(),
            office=self.office.data or "",
            due_on=self.due_on.data,
            links=read_links(self.links.data),
        )

    def read_edition(self) -> int:
        return number_seen(self.edition.data)


class Due(Form):
    due_on = DateField(_l("Done by"), [Optional()])


class MilestoneFields:
    """What is to be done, in each language, and by when: a milestone, or a condition of a decision."""

    def __init__(self, consultation: Consultation, name: str, step: MilestoneStep | None = None) -> None:
        self.titles = InEachLanguage(
            consultation, f"{name}-title", step.titles if step else None, rows=2, at_most=300
        )
        sent = request.form if request.method == "POST" else None
        self.due = Due(sent, prefix=f"{name}-", data={"due_on": step.due_on} if step else None)

    def is_empty(self) -> bool:
        return not self.titles.texts() and not self.due.due_on.data

    def is_right(self, *, is_needed: bool = False) -> bool:
        """Half a milestone is refused; none at all only where one `is_needed`."""
        if self.is_empty() and not is_needed:
            return True
        valid = bool(self.due.validate())
        if valid and not self.due.due_on.data:
            self.due.due_on.errors = [_("Please give the day.")]
            valid = False
        return self.titles.is_right(_("Please say in the main language what will be done.")) and valid

    def condition(self) -> Condition:
        return Condition(self.titles.texts(), self.due.due_on.data)


class DecisionForm(FlaskForm):
    """What was decided about the system."""

    course = RadioField(
        _l("What was decided?"),
        [InputRequired(_l("Please choose what was decided."))],
        choices=[SelectChoice(course.value, name) for course, name in COURSES.items()],
    )
    decided_by = StringField(
        _l("Who decided"),
        [InputRequired(_l("Please say who decided.")), AtMost(160), plain_characters],
        filters=[one_line],
    )
    decided_on = DateField(_l("Day of the decision"), [InputRequired(_l("Please give the day."))])
    links = _links_field(_l("Links, one a line: the address, then words for it"))
    slots = HiddenField()
    more = SubmitField(_l("Room for more conditions"))

    def __init__(self, consultation: Consultation, before: DeploymentDecision | None) -> None:
        super().__init__(
            data=before
            and {
                "course": before.course.value,
                "decided_by": before.decided_by,
                "links": write_links(before.links),
            }
        )
        self.consultation = consultation
        slots = min(int(self.slots.data), MOST_CONDITIONS) if (self.slots.data or "").isdecimal() else 0
        slots = max(FEWEST_SLOTS, slots + FEWEST_SLOTS * bool(self.more.data))
        self.slots.data = str(slots)
        self.reasons = InEachLanguage(consultation, "reasons", before.reasons if before else None, rows=8)
        self.change = InEachLanguage(consultation, "change", rows=2, at_most=500)
        self.conditions = [
            MilestoneFields(consultation, f"condition-{number}") for number in range(1, slots + 1)
        ]
        self.is_changing = before is not None

    def validate_decided_on(self, field: DateField) -> None:
        if field.data and field.data > self.consultation.local(now()).date():
            raise ValidationError(_("This day is still to come."))
        if field.data and field.data < self.consultation.last_moment.date():
            raise ValidationError(
                _("On this day people could still vote. A decision takes account of what they said.")
            )

    def is_right(self) -> bool:
        checks = [
            self.validate_on_submit(),
            self.reasons.is_right(_("Please give the reasons in the main language.")),
            self.change.is_right(_("Please say why the decision changes.") if self.is_changing else ""),
            *(condition.is_right() for condition in self.conditions),
        ]
        return all(checks)

    def only_makes_room(self) -> bool:
        """Whether nothing is to be saved yet. What was typed is kept."""
        return bool(self.more.data)

    def ruling(self) -> Ruling:
        return Ruling(
            course=Course(self.course.data),
            reasons=self.reasons.texts(),
            decided_by=self.decided_by.data,
            decided_on=self.decided_on.data,
            links=read_links(self.links.data),
            conditions=[condition.condition() for condition in self.conditions if not condition.is_empty()],
        )


class MilestoneForm(FlaskForm):
    """A new milestone, or the next step of one that is there."""

    progress = RadioField(
        _l("How far is it?"),
        choices=[SelectChoice(progress.value, name) for progress, name in PROGRESS.items()],
        default=Progress.PLANNED.value,
    )
    evidence = _links_field(_l("Evidence, one link a line: the address, then words for it"))

    finding = SelectField(_l("It belongs to"))

    def __init__(
        self, consultation: Consultation, milestone: Milestone | None = None, findings: Sequence[int] = ()
    ) -> None:
        """Make the form; `findings` are the numbers of those to which a new milestone may belong."""
        step = milestone.latest if milestone else None
        super().__init__(
            data=step and {"progress": step.progress.value, "evidence": write_links(step.evidence)}
        )
        if step is None:
            del self.progress
            del self.evidence
            self.finding.choices = [
                SelectChoice("", _("No finding in particular")),
                *(SelectChoice(str(each), _("Finding %(number)s", number=number(each))) for each in findings),
            ]
        else:
            del self.finding
        self.fields = MilestoneFields(consultation, "milestone", step)
        self.notes = InEachLanguage(consultation, "notes", rows=3, at_most=1000)
        self.is_changing = milestone is not None

    def is_right(self) -> bool:
        checks = [
            self.validate_on_submit(),
            self.fields.is_right(is_needed=True),
            self.notes.is_right(
                _("Please say what was done, or why it changes.") if self.is_changing else ""
            ),
        ]
        return all(checks)

    def read_finding(self) -> int | None:
        return int(self.finding.data) if self.finding.data else None

    def step(self) -> MilestoneStep:
        return MilestoneStep(
            titles=self.fields.titles.texts(),
            due_on=self.fields.due.due_on.data,
            progress=Progress(self.progress.data),
            notes=self.notes.texts(),
            evidence=read_links(self.evidence.data),
        )
