"""Entering with an e-mail address: a letter asks its owner, and whoever has the letter takes part.

An address is one participant, from however many browsers. That follows from a secret that is made of it, whose
hash is held like that of any browser: no row holds an address, and none leads from its trace to a vote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from participation.admission.addresses import secret_for, sign_entry, trace_of
from participation.admission.models import UsedAddress
from participation.admission.queries import key_of_letters
from participation.consultations.actions import admit, expect, hold_credential
from participation.consultations.models import Phase
from participation.consultations.queries import participant_by_secret_hash
from participation.database import db, insert_unless_there
from participation.errors import DomainError
from participation.formatting import in_language
from participation.mail.actions import forget_mails, write_mail
from participation.mail.letter import Letter, Link, writing_in
from participation.mail.models import State, today
from participation.mail.queries import settings_here, states_beginning_with
from participation.tokens import hash_of

if TYPE_CHECKING:
    from participation.consultations.models import Consultation, Participant

LETTERS_A_DAY = 3


class AddressUsedError(DomainError):
    message = _l(
        "This address has taken part already, and no other browser may go on from it: its owner had everything "
        "erased, or keeps to one browser."
    )


def ask_by_mail(consultation: Consultation, address: str, *, language: str) -> None:
    """Write a letter with the link by which the owner of an address takes part, or goes on elsewhere.

    Whoever asks learns nothing of the address from it. Nobody's mailbox is filled: the next letter is written
    once the one before is sent, three a day.

    Raises:
        WrongPhaseError: it is a draft, or closed.

    """
    expect(consultation, Phase.ANNOUNCED, Phase.OPEN)
    secret = secret_for(address, consultation.id)
    # Counted, not timed: nothing says at what time of day somebody asked.
    day = f"{key_of_letters(consultation.id)}{trace_of(secret).hex()[:32]}:{today():%Y-%m-%d}:"
    written = states_beginning_with(day)
    if len(written) < LETTERS_A_DAY and State.WAITING not in written:
        letter = _letter(consultation, secret, language)
        write_mail(f"{day}{len(written)}", recipient=address, language=language, letter=letter)
    db.session.commit()


def enter_by_mail(consultation: Consultation, secret: str, browser_hash: bytes, language: str) -> Participant:
    """Let the browser with this hash speak for whoever has an address. Doing it twice does no more than once.

    Raises:
        WrongPhaseError: it is a draft, or closed.
        AddressUsedError: it took part, and nobody can go on from there.

    """
    expect(consultation, Phase.ANNOUNCED, Phase.OPEN)
    participant = participant_by_secret_hash(consultation.id, hash_of(secret))
    if participant is None:
        if not insert_unless_there(UsedAddress, trace=trace_of(secret), consultation_id=consultation.id):
            db.session.rollback()
            raise AddressUsedError
        participant = admit(consultation.id, browser_hash, language)
        hold_credential(participant, hash_of(secret))
    else:
        hold_credential(participant, browser_hash)
    db.session.commit()
    return participant


def forget_addresses(consultation_id: int) -> None:
    """Delete the traces of addresses, also of letters: once it is closed, nobody can enter it a second time."""
    forget_mails(key_of_letters(consultation_id))
    db.session.execute(delete(UsedAddress).where(UsedAddress.consultation_id == consultation_id))
    db.session.commit()


def _letter(consultation: Consultation, secret: str, language: str) -> Letter:
    settings = settings_here()
    if settings is None:
        raise LookupError("letters are written only where mail is set up")
    # Asked before the language changes: nothing asks the database within.
    texts, token = dict(consultation.texts), sign_entry(consultation.id, secret)
    with writing_in(language, settings.base_url):
        text = in_language(texts, consultation)
        return Letter(
            subject=_("Your link to take part"),
            about=(text.title, text.language),
            paragraphs=(
                _("Somebody gave this address to take part in a consultation. If it was you, open the link."),
                _("Each address takes part once. The link also lets you go on from another device."),
                _("The link is good for 24 hours."),
                _("Your address is not kept with your votes, nor anywhere else once this mail is sent."),
            ),
            action=Link(
                _("Take part"),
                url_for("by_mail.confirm", slug=consultation.slug, token=token, _external=True),
            ),
            footnote=_("If it was not you, do nothing: nobody takes part with your address then."),
        )
