"""The pages on which people enter with an e-mail address: it is given here, and confirmed from the mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.admission.addresses import read_entry
from participation.admission.by_mail import AddressUsedError, ask_by_mail, enter_by_mail
from participation.consultations.models import Admission
from participation.consultations.queries import participant_by_secret_hash
from participation.extensions import limiter, rate_limit_key
from participation.i18n import current_language
from participation.mail.address import normal_address
from participation.mail.forms import AddressForm
from participation.mail.queries import settings_here
from participation.participant_cookie import ensure_credential, participant_here
from participation.permissions import for_consultation
from participation.tokens import hash_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("by_mail", __name__, url_prefix="/<language>/c/<slug>")


def _address_given() -> str:
    """Counts how often one address is given from anywhere."""
    return rate_limit_key(f"enter {normal_address(request.form.get('email', ''))}")


@pages.route("/enter/by-mail", methods=["GET", "POST"])
@limiter.limit("10 per 10 minutes", methods=["POST"])
@limiter.limit("10 per day", methods=["POST"], key_func=_address_given)
@for_consultation()
def ask(consultation: Consultation) -> Response | tuple[str, int]:
    """Give an address. The answer is the same whether it has taken part or not."""
    if away := _away(consultation):
        return away
    if participant_here(consultation):
        return redirect(url_for("votes.vote", slug=consultation.slug))
    form, is_sent = AddressForm(), False
    if settings_here() and form.validate_on_submit():
        ask_by_mail(consultation, form.email.address, language=current_language().tag)
        is_sent = True
    page = render_template(
        "admission/by_mail.html",
        consultation=consultation,
        form=form,
        is_sent=is_sent,
        can_send=settings_here() is not None,
    )
    return page, 400 if form.errors else 200


@pages.route("/enter/mail/<token>", methods=["GET", "POST"])
@for_consultation()
def confirm(consultation: Consultation, token: str) -> Response | tuple[str, int]:
    """A page with a button: programs that look through mail follow links, but press nothing."""
    if away := _away(consultation):
        return away
    secret = read_entry(consultation.id, token)
    if secret is None:
        return render_template("admission/too_late.html", consultation=consultation), 410
    here = participant_here(consultation)
    owner = participant_by_secret_hash(consultation.id, hash_of(secret))
    is_somebody_else = here is not None and (owner is None or owner.id != here.id)
    error, status = None, 200
    if request.method == "POST":
        credential = ensure_credential(consultation, anew=is_somebody_else)
        try:
            enter_by_mail(consultation, secret, credential.hash, current_language().tag)
        except AddressUsedError as refused:
            error, status = refused, refused.status
        else:
            flash(_("Welcome. This browser takes part now."))
            return redirect(url_for("votes.vote", slug=consultation.slug))
    page = render_template(
        "admission/confirm.html",
        consultation=consultation,
        is_somebody_else=is_somebody_else,
        error=error,
    )
    return page, status


def _away(consultation: Consultation) -> Response | None:
    """The public page, where nobody enters by mail."""
    by_mail = consultation.admission is Admission.EMAIL and consultation.is_published
    if by_mail and not consultation.is_closed:
        return None
    return redirect(url_for("consultations.show", slug=consultation.slug))
