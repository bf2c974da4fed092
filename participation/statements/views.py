"""The page on which a participant adds a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.consultations.actions import ConsultationNotOpenError, join
from participation.extensions import limiter
from participation.i18n import current_language
from participation.participant_cookie import ensure_credential
from participation.permissions import for_consultation
from participation.statements.actions import (
    LONGEST_STATEMENT,
    AlreadySaidError,
    TooManyStatementsError,
    submit_statement,
)
from participation.statements.forms import StatementForm
from participation.statements.queries import statement_with_text

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("statements", __name__, url_prefix="/<language>/c/<slug>/statements")


@pages.route("/new", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@for_consultation()
def write(consultation: Consultation) -> Response | tuple[str, int]:
    if not consultation.is_open and request.method == "GET":
        return redirect(url_for("consultations.show", slug=consultation.slug))
    form = StatementForm(consultation)
    twin, status = None, 200
    if form.validate_on_submit():
        credential = ensure_credential(consultation)
        author = join(consultation.id, credential.hash, current_language().tag)
        try:
            submit_statement(consultation, author, str(form.text.data), form.language.data)
        except AlreadySaidError as error:
            form.text.errors = [error.message]
            twin = statement_with_text(consultation.id, str(form.text.data))
        except (ConsultationNotOpenError, TooManyStatementsError) as error:
            form.text.errors, status = [error.message], error.status
        else:
            flash(_("Thank you. A facilitator will read your statement before others can vote on it."))
            return redirect(url_for("contributions.yours", slug=consultation.slug))
    page = render_template(
        "statements/write.html", consultation=consultation, form=form, limit=LONGEST_STATEMENT, twin=twin
    )
    return page, status


@pages.get("")
@for_consultation()
def yours(consultation: Consultation) -> Response:
    """Where a participant's statements stood once; links to it are still about."""
    return redirect(url_for("contributions.yours", slug=consultation.slug), 301)
