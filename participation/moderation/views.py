"""The desk of those who decide about submitted statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from participation.database import begin_writing, reads_first
from participation.errors import DomainError
from participation.formatting import number
from participation.moderation.actions import (
    NotAnotherError,
    ReasonMissingError,
    TooFewPartsError,
    decide,
)
from participation.moderation.appealing import answer_appeal, may_answer
from participation.moderation.forms import (
    OUTCOMES,
    OUTCOMES_AFTER_CLOSING,
    REASONS,
    VERDICTS,
    AnswerForm,
    DecisionForm,
    SeveralForm,
)
from participation.moderation.holding import TAKEN_AT_ONCE, give_back, take_next
from participation.moderation.models import Reason, Verdict
from participation.moderation.queries import appeal_on, appeals_in
from participation.moderation.reading import Filters, matching, queue_of, submission_of, ways
from participation.moderation.signals import SIGNALS
from participation.organisations.words import ROLE_NAMES
from participation.outcomes.queries import latest_report
from participation.outcomes.removal import removed_from
from participation.permissions import Permission, for_consultation, may
from participation.statements.actions import AlreadySaidError
from participation.statements.models import State
from participation.statements.queries import statement_in, statement_numbered

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

pages = Blueprint("moderation", __name__, url_prefix="/<language>/desk/c/<slug>")
# At which field a refusal stands.
FIELDS: dict[type[DomainError], str] = {
    ReasonMissingError: "reason",
    NotAnotherError: "into",
    TooFewPartsError: "parts",
    AlreadySaidError: "parts",
}


@pages.get("/statements")
@for_consultation(Permission.STATEMENT_MODERATE)
def queue(consultation: Consultation) -> str:
    """What waits, the oldest first, or what the filters in the address ask for."""
    return _queue_page(consultation, SeveralForm(formdata=None))


def _queue_page(consultation: Consultation, several: SeveralForm) -> str:
    filters = _filters()
    page = request.args.get("page", 1, type=int)
    return render_template(
        "moderation/queue.html",
        consultation=consultation,
        queue=queue_of(consultation, filters, page),
        filters=filters,
        several=several,
        decision=DecisionForm(formdata=None),
        ways=ways,
        appeals=[appeal for appeal in appeals_in(consultation.id) if appeal.outcome is None],
        statement_in=statement_in,
        keys={reason: key for key, reason in enumerate(Reason, start=2)},
        may_manage=may(Permission.CONSULTATION_MANAGE, consultation),
        TAKEN_AT_ONCE=TAKEN_AT_ONCE,
        **_words(),
    )


@pages.get("/statements/<int:statement_id>")
@for_consultation(Permission.STATEMENT_MODERATE)
def one(consultation: Consultation, statement_id: int) -> str:
    """One statement with its history, and everything that can be done with it."""
    statement = statement_in(consultation.id, statement_id) or abort(404)
    return _one_page(
        consultation, statement, DecisionForm(formdata=None), AnswerForm(consultation, formdata=None)
    )


@pages.post("/statements/<int:statement_id>")
@for_consultation(Permission.STATEMENT_MODERATE)
def rule(consultation: Consultation, statement_id: int) -> str | Response | tuple[str, int]:
    """Decide; answers with the queue again, or for the script with what was done alone."""
    statement = statement_in(consultation.id, statement_id) or abort(404)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _one_page(consultation, statement, form, AnswerForm(consultation, formdata=None)), 400
    try:
        decision = decide(
            consultation,
            statement,
            form.verdict.data,
            by=current_user,
            reason=form.reason.data,
            note=form.note.data or "",
            into=statement_numbered(consultation.id, form.into.data) if form.into.data else None,
            parts=form.lines(),
            seen=form.seen.data,
        )
    except DomainError as error:
        if "X-Card" in request.headers:
            return render_template("moderation/_done.html", error=error.message), error.status
        if type(error) not in FIELDS:
            raise
        form[FIELDS[type(error)]].errors = [error.message]
        return _one_page(consultation, statement, form, AnswerForm(consultation, formdata=None)), error.status
    if "X-Card" in request.headers:
        return render_template("moderation/_done.html", decision=decision, **_words())
    flash(_("Decided. The author sees it on the page “Your contributions”, and everybody in the public log."))
    return redirect(url_for(".queue", slug=consultation.slug, **_filters().as_query()))


@pages.post("/statements/several")
@for_consultation(Permission.STATEMENT_MODERATE)
def rule_several(consultation: Consultation) -> str | Response | tuple[str, int]:
    """Decide about all that are ticked. What cannot be decided stays, and the page says which and why."""
    form = SeveralForm()
    back = redirect(url_for(".queue", slug=consultation.slug, **_filters().as_query()))
    ticked = form.ticked()
    if not form.validate_on_submit() or not ticked:
        flash(_("Please tick the statements that you mean."), "warning")
        return back
    decided = 0
    for statement_id, seen in ticked:
        statement = statement_in(consultation.id, statement_id)
        if statement is None:
            continue
        try:
            decide(
                consultation,
                statement,
                form.verdict.data,
                by=current_user,
                reason=form.reason.data,
                seen=seen,
            )
            decided += 1
        except ReasonMissingError as error:
            form.reason.errors = [error.message]
            return _queue_page(consultation, form), error.status
        except DomainError as error:
            flash(
                _("Number %(number)s: %(why)s", number=statement.number, why=error.message),
                "warning",
            )
    if decided:
        flash(ngettext("%(count)s decided.", "%(count)s decided.", decided, count=number(decided)))
    return back


@pages.post("/statements/take")
@reads_first
@for_consultation(Permission.STATEMENT_MODERATE)
def take(consultation: Consultation) -> Response:
    """Take the next few that wait, so that others take other ones."""
    filters = _filters()
    waiting = matching(consultation, Filters(language=filters.language, signal=filters.signal))
    begin_writing()
    if not take_next(consultation, current_user, waiting):
        flash(_("Nothing is left to take: nothing waits, or others are reading it."))
        return redirect(url_for(".queue", slug=consultation.slug))
    return redirect(url_for(".queue", slug=consultation.slug, mine="1"))


@pages.post("/statements/give-back")
@for_consultation(Permission.STATEMENT_MODERATE)
def leave(consultation: Consultation) -> Response:
    give_back(current_user)
    return redirect(url_for(".queue", slug=consultation.slug))


@pages.post("/statements/<int:statement_id>/appeal")
@for_consultation(Permission.STATEMENT_MODERATE)
def answer(consultation: Consultation, statement_id: int) -> str | Response | tuple[str, int]:
    """Answer an author who has asked for a second look."""
    statement = statement_in(consultation.id, statement_id) or abort(404)
    appeal, form = appeal_on(statement_id) or abort(404), AnswerForm(consultation)
    if not form.validate_on_submit():
        return _one_page(consultation, statement, DecisionForm(formdata=None), form), 400
    answer_appeal(consultation, appeal, form.outcome.data, str(form.answer.data), by=current_user)
    flash(_("Answered. The author sees it on the page “Your contributions”."))
    return redirect(url_for(".queue", slug=consultation.slug))


def _filters() -> Filters:
    return Filters.read(request.args, current_user.id)


def _words() -> dict[str, object]:
    return {
        "reasons": REASONS,
        "verdicts": VERDICTS,
        "signals": SIGNALS,
        "role_names": ROLE_NAMES,
        "State": State,
        "Verdict": Verdict,
    }


def _one_page(
    consultation: Consultation, statement: Statement, form: DecisionForm, answer_form: AnswerForm
) -> str:
    appeal = appeal_on(statement.id)
    submission, report = submission_of(consultation, statement), latest_report(consultation.id)
    return render_template(
        "moderation/one.html",
        consultation=consultation,
        submission=submission,
        ways=ways(submission, is_closed=consultation.is_closed),
        form=form,
        appeal=appeal,
        answer_form=answer_form,
        in_report=report is not None and removed_from(report.facts, [statement.number]),
        may_answer=appeal is not None and may_answer(consultation, appeal, current_user),
        outcomes=OUTCOMES_AFTER_CLOSING if consultation.is_closed else OUTCOMES,
        **_words(),
    )
