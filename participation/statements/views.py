"""The pages on which a participant adds a statement, and the receipt for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded

from participation.admission.gate import to_the_gate
from participation.consultations.actions import ConsultationNotOpenError, join
from participation.database import begin_writing, reads_first
from participation.errors import DomainError
from participation.extensions import limiter
from participation.i18n import current_language
from participation.moderation.forms import REASONS
from participation.moderation.queries import latest_decisions
from participation.participant_cookie import ensure_credential
from participation.permissions import for_consultation
from participation.statements.actions import (
    LONGEST_STATEMENT,
    AlreadySaidError,
    OnlyVotesNowError,
    submit_statement,
)
from participation.statements.advice import SIGNS, WORDS
from participation.statements.forms import StatementForm
from participation.statements.languages import prepare
from participation.statements.queries import statement_by_receipt, statement_with_text
from participation.statements.receipts import code_for
from participation.statements.review import Review, review
from participation.tokens import hash_of
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

pages = Blueprint("statements", __name__, url_prefix="/<language>/c/<slug>/statements")


class TooManyFromHereError(DomainError):
    message = _l("Many statements come from your network. Keep this page and send again in a few minutes.")
    status = 429


@pages.route("/new", methods=["GET", "POST"])
@reads_first
@for_consultation()
def write(consultation: Consultation) -> Response | tuple[str, int]:
    """The form, and once it is sent: what there is to say about the text first, or the receipt."""
    if not consultation.takes_statements and request.method != "POST":
        return redirect(url_for("consultations.show", slug=consultation.slug))
    if gate := to_the_gate(consultation):
        return gate
    form = StatementForm(consultation)
    if request.method != "POST" and len(consultation.languages) > 1:
        prepare()
    if not form.validate_on_submit():
        # Both clicks of a double click on "Send" must come from one participant.
        ensure_credential(consultation)
        return _write_page(consultation, form), 200
    try:
        return _take(consultation, form)
    except AlreadySaidError as error:
        form.text.errors = [error.message]
        twin = statement_with_text(consultation.id, str(form.text.data))
        return _write_page(consultation, form, twin=twin), 200
    except DomainError as error:
        form.text.errors = [error.message]
        return _write_page(consultation, form), error.status


def _take(consultation: Consultation, form: StatementForm) -> Response | tuple[str, int]:
    """Send a statement in, or show the writer what there is to say about it first."""
    _count_attempt()
    if not consultation.is_open:
        raise ConsultationNotOpenError
    if not consultation.takes_statements:
        raise OnlyVotesNowError
    text, reader = str(form.text.data), current_language().tag
    credential = ensure_credential(consultation)
    code = code_for(credential, text)
    receipt_page = redirect(url_for(".receipt", slug=consultation.slug, code=code))
    if statement_by_receipt(consultation.id, hash_of(code)):
        return receipt_page
    if not form.is_reviewed and not statement_with_text(consultation.id, text):
        found = review(
            text,
            form.language.data,
            languages=consultation.languages,
            deck=deck_of(consultation),
            reader=reader,
        )
        if found:
            form.remember_review()
            form.language.data = found.language or form.language.data
            return _write_page(consultation, form, found=found), 200
    begin_writing()
    author = join(consultation.id, credential.hash, reader, credential.channel)
    try:
        submit_statement(consultation, author, text, form.language.data, receipt_hash=hash_of(code))
    except AlreadySaidError:
        # The other click of a double click may have been first by a hair.
        if statement_by_receipt(consultation.id, hash_of(code)) is None:
            raise
    return receipt_page


def _count_attempt() -> None:
    try:
        with limiter.limit("60 per hour"):
            pass
    except RateLimitExceeded as error:
        raise TooManyFromHereError from error


def _write_page(
    consultation: Consultation,
    form: StatementForm,
    *,
    found: Review | None = None,
    twin: Statement | None = None,
) -> str:
    return render_template(
        "statements/write.html",
        consultation=consultation,
        form=form,
        limit=LONGEST_STATEMENT,
        found=found,
        twin=twin,
        signs=[sign for sign in SIGNS if sign.language in {None, *consultation.languages}],
        words=WORDS,
    )


@pages.get("/receipts/<code>")
@for_consultation()
def receipt(consultation: Consultation, code: str) -> str:
    """What became of one statement, for whoever holds the code of its receipt."""
    statement = statement_by_receipt(consultation.id, hash_of(code)) or abort(404)
    return render_template(
        "statements/receipt.html",
        consultation=consultation,
        statement=statement,
        decision=latest_decisions(consultation.id).get(statement.id),
        reasons=REASONS,
    )


@pages.get("")
@for_consultation()
def yours(consultation: Consultation) -> Response:
    """Where a participant's statements stood once; links to it are still about."""
    return redirect(url_for("contributions.yours", slug=consultation.slug), 301)
