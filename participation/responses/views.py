"""What the authority answers and does: the officials' desk, and the page on which everybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.errors import DomainError
from participation.permissions import Permission, for_consultation, may
from participation.responses.actions import (
    EditedMeanwhileError,
    add_milestone,
    move_milestone,
    publish_answer,
    record_decision,
    save_answer,
)
from participation.responses.forms import AnswerForm, DecisionForm, MilestoneForm
from participation.responses.queries import draft_of, finding_by_number, milestone_by_number
from participation.responses.reading import followed
from participation.responses.words import COURSES, PROGRESS, SAID, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.responses.models import Milestone
    from participation.responses.reading import Said

pages = Blueprint("responses", __name__, url_prefix="/<language>")

WORDS = {"verdicts": VERDICTS, "courses": COURSES, "progress": PROGRESS, "kinds": SAID}


@pages.get("/c/<slug>/answers")
@for_consultation()
def show(consultation: Consultation) -> str:
    """You said, we did: for each finding what people said, what was answered, and what happened since."""
    return render_template(
        "responses/show.html", consultation=consultation, followed=followed(consultation), **WORDS
    )


@pages.get("/desk/c/<slug>/answers")
@for_consultation(Permission.ANSWER_GIVE)
def desk(consultation: Consultation) -> str:
    return render_template(
        "responses/desk.html",
        consultation=consultation,
        followed=followed(consultation),
        may_manage=may(Permission.CONSULTATION_MANAGE, consultation),
        **WORDS,
    )


@pages.route("/desk/c/<slug>/answers/<int:number>", methods=["GET", "POST"])
@for_consultation(Permission.ANSWER_GIVE)
def answer(consultation: Consultation, number: int) -> str | Response | tuple[str, int]:
    """Write the answer to one finding: kept as a draft, or published."""
    finding = finding_by_number(consultation.id, number) or abort(404)
    now_known = followed(consultation)
    said = next(said for said in now_known.said if said.number == number)
    form = AnswerForm(consultation, draft_of(finding.id), said.answer)
    if not form.is_submitted():
        return _answer_page(consultation, said, form)
    if not form.is_right():
        return _answer_page(consultation, said, form), 400
    try:
        if form.publish.data:
            publish_answer(
                consultation, finding, form.reply(), form.change.texts(), edition=form.read_edition()
            )
            flash(_("The answer is published."))
            return redirect(url_for(".desk", slug=consultation.slug, _anchor=f"finding-{number}"))
        save_answer(finding, form.reply(), edition=form.read_edition())
    except EditedMeanwhileError as error:
        theirs = draft_of(finding.id)
        form.edition.data = str(theirs.edition if theirs else 0)
        return _answer_page(consultation, said, form, refused=error, theirs=theirs), error.status
    except DomainError as error:
        return _answer_page(consultation, said, form, refused=error), error.status
    flash(_("Saved. Nobody outside sees it until you publish it."))
    return redirect(url_for(".answer", slug=consultation.slug, number=number))


@pages.route("/desk/c/<slug>/decision", methods=["GET", "POST"])
@for_consultation(Permission.ANSWER_GIVE)
def decide(consultation: Consultation) -> str | Response | tuple[str, int]:
    """Publish what was decided about the system."""
    now_known = followed(consultation)
    form = DecisionForm(consultation, now_known.decision)
    refused = None
    if form.is_submitted() and not form.only_makes_room() and form.is_right():
        try:
            record_decision(consultation, form.ruling(), form.change.texts())
        except DomainError as error:
            refused = error
        else:
            flash(_("The decision is published."))
            return redirect(url_for(".desk", slug=consultation.slug, _anchor="decision"))
    page = render_template(
        "responses/decision.html",
        consultation=consultation,
        form=form,
        followed=now_known,
        refused=refused,
        **WORDS,
    )
    return page, 400 if form.is_submitted() and not form.only_makes_room() else 200


@pages.route("/desk/c/<slug>/milestones/new", methods=["GET", "POST"])
@for_consultation(Permission.ANSWER_GIVE)
def promise(consultation: Consultation) -> str | Response | tuple[str, int]:
    findings = [said.number for said in followed(consultation).standing]
    form = MilestoneForm(consultation, findings=findings)
    if request.method == "GET":
        form.finding.data = request.args.get("finding", "")

    def publish() -> None:
        number = form.read_finding()
        finding = finding_by_number(consultation.id, number) if number else None
        add_milestone(consultation, form.fields.condition(), finding)

    return _publish_milestone(consultation, form, None, publish)


@pages.route("/desk/c/<slug>/milestones/<int:number>", methods=["GET", "POST"])
@for_consultation(Permission.ANSWER_GIVE)
def move(consultation: Consultation, number: int) -> str | Response | tuple[str, int]:
    """Say what became of a milestone."""
    milestone = milestone_by_number(consultation.id, number) or abort(404)
    form = MilestoneForm(consultation, milestone)
    return _publish_milestone(
        consultation, form, milestone, lambda: move_milestone(consultation, milestone, form.step())
    )


def _publish_milestone(
    consultation: Consultation,
    form: MilestoneForm,
    milestone: Milestone | None,
    publish: Callable[[], object],
) -> str | Response | tuple[str, int]:
    refused = None
    if form.is_submitted() and form.is_right():
        try:
            publish()
        except DomainError as error:
            refused = error
        else:
            flash(_("The milestone is published."))
            return redirect(url_for(".desk", slug=consultation.slug, _anchor="milestones"))
    page = render_template(
        "responses/milestone.html",
        consultation=consultation,
        form=form,
        milestone=milestone,
        refused=refused,
        **WORDS,
    )
    return page, 400 if form.is_submitted() else 200


def _answer_page(consultation: Consultation, said: Said, form: AnswerForm, **more: object) -> str:
    return render_template(
        "responses/answer.html", consultation=consultation, said=said, form=form, **more, **WORDS
    )
