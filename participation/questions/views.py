"""The pages on which people say something of themselves if they like, and on which facilitators ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.participant_cookie import participant_here
from participation.permissions import Permission, for_consultation
from participation.questions.actions import (
    MOST_QUESTIONS,
    VoteFirstError,
    add_question,
    describe_oneself,
    remove_question,
    withdraw_answers,
)
from participation.questions.forms import (
    PREFERS_NOT_TO_SAY,
    QuestionForm,
    field_name,
    fingerprint_of,
    read_answers,
)
from participation.questions.queries import (
    answers_of,
    asks_about_people,
    has_answers,
    has_voted,
    questions_of,
)
from participation.questions.ready_made import READY_MADE

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("questions", __name__, url_prefix="/<language>")
# Pages of other slices lead here only where something is asked.
pages.add_app_template_global(asks_about_people)


@pages.get("/c/<slug>/about-you")
@for_consultation()
def about_you(consultation: Consultation) -> str:
    """The questions, with what this participant answered before."""
    participant = participant_here(consultation)
    return render_template(
        "questions/about_you.html",
        consultation=consultation,
        questions=questions_of(consultation.id),
        may_answer=participant is not None and has_voted(participant.id),
        answers=answers_of(participant.id) if participant else {},
        asked=fingerprint_of(questions_of(consultation.id)),
        field_name=field_name,
        PREFERS_NOT_TO_SAY=PREFERS_NOT_TO_SAY,
    )


@pages.post("/c/<slug>/about-you")
@for_consultation()
def answer(consultation: Consultation) -> Response:
    participant = participant_here(consultation)
    if participant is None:
        raise VoteFirstError
    answers = read_answers(request.form, questions_of(consultation.id))
    describe_oneself(consultation, participant.id, answers)
    flash(_("Thank you. Your answers are kept apart from your votes; you can change or withdraw them here."))
    return redirect(url_for(".about_you", slug=consultation.slug))


@pages.post("/c/<slug>/about-you/withdraw")
@for_consultation()
def withdraw(consultation: Consultation) -> Response:
    if participant := participant_here(consultation):
        withdraw_answers(participant.id)
    flash(_("Your answers about yourself are deleted. Your votes stand as they are."))
    return redirect(url_for(".about_you", slug=consultation.slug))


@pages.route("/desk/c/<slug>/questions", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str | Response:
    """The questions that are asked, and a form for one more, which may start from a ready-made one."""
    ready = READY_MADE.get(request.args.get("start", ""))
    form = QuestionForm(consultation, ready.texts(consultation.languages) if ready else {})
    if form.validate_on_submit():
        add_question(consultation, form.texts())
        flash(_("The question is added. People see it after they have voted."))
        return redirect(url_for(".manage", slug=consultation.slug))
    questions = questions_of(consultation.id)
    return render_template(
        "questions/manage.html",
        consultation=consultation,
        form=form,
        questions=questions,
        is_settled=consultation.is_closed or has_answers(consultation.id),
        is_full=len(questions) >= MOST_QUESTIONS,
        ready_made=READY_MADE,
    )


@pages.post("/desk/c/<slug>/questions/<int:number>/remove")
@for_consultation(Permission.CONSULTATION_MANAGE)
def remove(consultation: Consultation, number: int) -> Response:
    remove_question(consultation, number)
    flash(_("The question is removed."))
    return redirect(url_for(".manage", slug=consultation.slug))
