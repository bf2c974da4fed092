"""The facilitator's queue of submitted statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.moderation.actions import ReasonMissingError, decide
from participation.moderation.forms import REASONS, DecisionForm
from participation.moderation.queries import latest_decisions
from participation.permissions import Permission, for_consultation
from participation.statements.models import State
from participation.statements.queries import statement_in, statements_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("moderation", __name__, url_prefix="/<language>/desk/c/<slug>/statements")


@pages.get("")
@for_consultation(Permission.STATEMENT_MODERATE)
def queue(consultation: Consultation) -> str:
    return _queue_page(consultation, DecisionForm())


@pages.post("/<int:statement_id>")
@for_consultation(Permission.STATEMENT_MODERATE)
def rule(consultation: Consultation, statement_id: int) -> str | Response:
    statement = statement_in(consultation.id, statement_id) or abort(404)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _queue_page(consultation, form, refused=statement_id)
    try:
        decide(
            consultation,
            statement,
            form.verdict.data,
            by=current_user,
            reason=form.reason.data,
            note=form.note.data or "",
        )
    except ReasonMissingError as error:
        form.reason.errors = [error.message]
        return _queue_page(consultation, form, refused=statement_id)
    flash(_("Decided. The author sees it on the page “Your statements”."))
    return redirect(url_for(".queue", slug=consultation.slug))


def _queue_page(consultation: Consultation, form: DecisionForm, *, refused: int | None = None) -> str:
    statements = statements_of(consultation.id)
    return render_template(
        "moderation/queue.html",
        consultation=consultation,
        waiting=[statement for statement in statements if statement.state is State.WAITING],
        decided=[statement for statement in statements if statement.state is not State.WAITING],
        decisions=latest_decisions(consultation.id),
        form=form,
        empty_form=DecisionForm(formdata=None),
        refused=refused,
        reasons=REASONS,
    )
