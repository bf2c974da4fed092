"""What the author of a statement can do after a decision: say it in other words, or ask for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from participation.errors import DomainError
from participation.extensions import limiter
from participation.moderation.appealing import appeal
from participation.moderation.forms import REASONS, VERDICTS, AppealForm, RewordForm
from participation.moderation.queries import appeal_on, latest_decision_on
from participation.moderation.rewording import NotSentBackError, reword
from participation.participant_cookie import participant_here
from participation.permissions import for_consultation
from participation.statements.actions import LONGEST_STATEMENT, AlreadySaidError
from participation.statements.models import State
from participation.statements.queries import statement_in

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

pages = Blueprint("authors", __name__, url_prefix="/<language>/c/<slug>/you/statements/<int:statement_id>")


@pages.route("/reword", methods=["GET", "POST"])
@for_consultation()
def say_otherwise(consultation: Consultation, statement_id: int) -> str | Response:
    """The form for other words, with the old ones in it."""
    statement = _own(consultation, statement_id)
    form = RewordForm(data={"text": statement.texts[statement.language].text})
    if form.validate_on_submit():
        try:
            reword(consultation, statement, str(form.text.data))
        except AlreadySaidError as error:
            form.text.errors = [error.message]
        else:
            flash(_("Sent. Your statement waits for a decision again."), "success")
            return _back(consultation, statement)
    if statement.state is not State.RETURNED:
        raise NotSentBackError
    return render_template(
        "moderation/reword.html",
        consultation=consultation,
        statement=statement,
        decision=latest_decision_on(statement.id),
        form=form,
        limit=LONGEST_STATEMENT,
        reasons=REASONS,
    )


@pages.route("/appeal", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@for_consultation()
def object_to(consultation: Consultation, statement_id: int) -> str | Response | tuple[str, int]:
    """The form in which an author says why it should be published after all."""
    statement, form = _own(consultation, statement_id), AppealForm()
    status = 200
    if form.validate_on_submit():
        try:
            appeal(consultation, statement, str(form.words.data))
        except DomainError as error:
            form.words.errors, status = [error.message], error.status
        else:
            flash(_("Sent. Somebody else looks at it again. The answer will stand here."), "success")
            return _back(consultation, statement)
    if appeal_on(statement.id) and not form.is_submitted():
        return _back(consultation, statement)
    page = render_template(
        "moderation/appeal.html",
        consultation=consultation,
        statement=statement,
        decision=latest_decision_on(statement.id),
        form=form,
        reasons=REASONS,
        verdicts=VERDICTS,
    )
    return page, status


def _own(consultation: Consultation, statement_id: int) -> Statement:
    """A statement of the person at the screen; for everybody else there is no such page."""
    participant, statement = participant_here(consultation), statement_in(consultation.id, statement_id)
    if participant is None or statement is None or statement.author_id != participant.id:
        abort(404)
    return statement


def _back(consultation: Consultation, statement: Statement) -> Response:
    return redirect(url_for("contributions.yours", slug=consultation.slug, _anchor=f"s{statement.id}"))
