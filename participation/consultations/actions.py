"""What changes a consultation: it is created, published, opened and closed, and people join it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from participation.consultations.models import (
    Admission,
    Channel,
    Consultation,
    ConsultationText,
    HeldCredential,
    Membership,
    Participant,
    Phase,
    TranslatedText,
)
from participation.consultations.queries import (
    consultation_by_slug,
    participant_by_secret_hash,
    translated_texts_of,
)
from participation.database import db, insert_unless_there, now
from participation.deployments.checking import completeness_of
from participation.errors import DomainError
from participation.organisations.models import Role
from participation.transparency.actions import record
from participation.transparency.models import Kind
from participation.transparency.queries import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from participation.accounts.models import Account
    from participation.deployments.models import DossierVersion
    from participation.organisations.models import Organisation
    from participation.transparency.models import LogEntry


class SlugTakenError(DomainError):
    message = _l("Another consultation already has this address. Please choose another one.")


class WrongPhaseError(DomainError):
    message = _l("The consultation is not in the phase for this step. Please look at its page again.")


class ResultsAlreadyPromisedError(DomainError):
    message = _l(
        "The consultation has opened: whether interim results are shown can no longer be changed, because "
        "people took part on what was promised to them."
    )


class VotesAlreadyPromisedError(DomainError):
    message = _l(
        "The consultation has opened: whether the single votes are published can no longer be changed, because "
        "people took part on what was promised to them."
    )


class ConsultationNotOpenError(DomainError):
    message = _l("This consultation is not open: votes and statements cannot be given or changed now.")


class InvitationNeededError(DomainError):
    message = _l("Only people with an invitation code can take part here. Please enter your code first.")
    status = 403


class AddressNeededError(DomainError):
    message = _l("Only people who confirm an e-mail address can take part here. Please confirm yours first.")
    status = 403


class DossierIncompleteError(DomainError):
    message = _l(
        "This dossier has gaps. Every mandatory fact must be given, or withheld with a reason, before people vote."
    )


def create_consultation(
    facilitator: Account | None,
    *,
    slug: str,
    main_language: str,
    texts: Mapping[str, ConsultationText],
    opens_at: datetime,
    closes_at: datetime,
    statements_until: datetime | None = None,
    time_zone: str = "UTC",
    organisation: Organisation | None = None,
    responds_by: date | None = None,
    dossier_version: DossierVersion | None = None,
    shows_interim_results: bool = True,
    publishes_votes: bool = False,
    is_demonstration: bool = False,
) -> Consultation:
    """Add a draft, run by its creator. The caller's transaction: it is not committed here.

    Raises:
        SlugTakenError: another consultation has this slug.

    """
    if consultation_by_slug(slug):
        raise SlugTakenError
    consultation = Consultation(
        slug=slug,
        main_language=main_language,
        opens_at=opens_at,
        closes_at=closes_at,
        statements_until=statements_until,
        time_zone=time_zone,
        organisation=organisation,
        responds_by=responds_by,
        dossier_version=dossier_version,
        shows_interim_results=shows_interim_results,
        publishes_votes=publishes_votes,
        is_demonstration=is_demonstration,
        deck_revision=0,
        texts=dict(texts),
    )
    db.session.add(consultation)
    db.session.flush()
    if facilitator:
        db.session.add(
            Membership(consultation_id=consultation.id, account_id=facilitator.id, role=Role.FACILITATOR)
        )
    note_translations(consultation, by=facilitator)
    return consultation


def note_translations(consultation: Consultation, *, by: Account | None) -> None:
    """Note that texts of which nothing is known yet were made from the main language's as it is now.

    The caller's transaction: not committed here. Call it after every change of texts: those that changed
    are then made from what stands there now, and those that did not still from what stood there before.
    """
    db.session.flush()
    known = translated_texts_of(consultation)
    source = consultation.texts[consultation.main_language].words()
    for tag, text in consultation.texts.items():
        if tag not in known and tag != consultation.main_language:
            db.session.add(
                TranslatedText(
                    consultation_id=consultation.id,
                    language=tag,
                    words=text.words(),
                    made_from=source,
                    translator_id=by.id if by else None,
                )
            )


def make_member(consultation: Consultation, account: Account, role: Role) -> None:
    """Make an account something to a consultation, or something else than before."""
    db.session.merge(Membership(consultation_id=consultation.id, account_id=account.id, role=role))
    db.session.commit()


def attach_dossier(consultation: Consultation, version: DossierVersion) -> None:
    """Say which version of which dossier people read before they vote. Not once they have begun.

    Raises:
        WrongPhaseError: the consultation has opened.
        DossierIncompleteError: a mandatory fact is neither given nor withheld.

    """
    expect(consultation, Phase.DRAFT, Phase.ANNOUNCED)
    if completeness_of(version.content).missing:
        raise DossierIncompleteError
    consultation.dossier_version = version
    enter_in_log(
        consultation,
        Kind.SETTING_CHANGED,
        setting="dossier",
        value=version.deployment.slug,
        version=version.number,
    )
    db.session.commit()


def open_consultation(consultation: Consultation) -> None:
    """Open an announced consultation today instead of on its date."""
    expect(consultation, Phase.ANNOUNCED)
    consultation.opens_at = now()
    enter_in_log(consultation, Kind.CONSULTATION_OPENED, by="hand", at=written(consultation.opens_at))
    db.session.commit()


def close_consultation(consultation: Consultation) -> None:
    """Close an open consultation today instead of on its date."""
    expect(consultation, Phase.OPEN)
    consultation.closes_at = now()
    enter_in_log(consultation, Kind.CONSULTATION_CLOSED, by="hand", at=written(consultation.closes_at))
    db.session.commit()


def show_interim_results(consultation: Consultation, *, shown: bool) -> None:
    """Say whether results may be read before it closes.

    Raises:
        ResultsAlreadyPromisedError: it has opened.

    """
    _before_it_opens(consultation, ResultsAlreadyPromisedError)
    consultation.shows_interim_results = shown
    enter_in_log(consultation, Kind.SETTING_CHANGED, setting="shows_interim_results", value=shown)
    db.session.commit()


def publish_votes(consultation: Consultation, *, published: bool) -> None:
    """Say whether everybody gets the single votes after closing, under random numbers, or only counts of many.

    Raises:
        VotesAlreadyPromisedError: it has opened.

    """
    _before_it_opens(consultation, VotesAlreadyPromisedError)
    consultation.publishes_votes = published
    enter_in_log(consultation, Kind.SETTING_CHANGED, setting="publishes_votes", value=published)
    db.session.commit()


def _before_it_opens(consultation: Consultation, refused: type[DomainError]) -> None:
    """Lock a consultation that nobody can have taken part in yet."""
    db.session.refresh(consultation, with_for_update=True)
    if consultation.phase() not in {Phase.DRAFT, Phase.ANNOUNCED}:
        raise refused


def join(
    consultation_id: int, secret_hash: bytes, language: str, channel: Channel = Channel.ONLINE
) -> Participant:
    """The participant of a secret, made on the first call. Not committed here.

    Raises:
        InvitationNeededError, AddressNeededError: there is none yet, and only people with an invitation code, or
            with a confirmed address, become one.

    """
    admission = db.session.get_one(Consultation, consultation_id).admission
    if admission is Admission.OPEN:
        return admit(consultation_id, secret_hash, language, channel)
    if known := participant_by_secret_hash(consultation_id, secret_hash):
        return known
    raise AddressNeededError if admission is Admission.EMAIL else InvitationNeededError


def admit(
    consultation_id: int, secret_hash: bytes, language: str, channel: Channel = Channel.ONLINE
) -> Participant:
    """Make a secret's participant, without asking whether they may. Not committed here.

    A double click sends two first votes at once: both find the one participant.
    """
    new = Participant(consultation_id=consultation_id, language=language, channel=channel)
    db.session.add(new)
    db.session.flush()
    if hold_credential(new, secret_hash):
        return new
    db.session.delete(new)
    first = participant_by_secret_hash(consultation_id, secret_hash)
    if first is None:
        raise LookupError("a secret belongs to one consultation only")
    return first


def hold_credential(participant: Participant, secret_hash: bytes) -> bool:
    """Let a browser speak for a participant, unless it speaks for one already. Not committed here."""
    return bool(
        insert_unless_there(
            HeldCredential,
            secret_hash=secret_hash,
            participant_id=participant.id,
            consultation_id=participant.consultation_id,
        )
    )


def enter_in_log(consultation: Consultation, kind: Kind, **facts: object) -> LogEntry | None:
    """Write down in the public log what happens with a consultation: see `record`. Not committed here.

    While it is a draft there is nothing to write down: the public does not know of it.
    """
    if not consultation.is_published:
        return None
    organisation = consultation.organisation
    return record(
        kind,
        facts,
        consultation=consultation.slug,
        organisation=organisation.slug if organisation else None,
    )


def revise_deck(consultation: Consultation) -> int:
    """Say that statements, their texts or their weights change; returns the new revision.

    Call it before the change: it locks the consultation's row, so that changes come one by one.
    """
    return db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation.id)
        .values(deck_revision=Consultation.deck_revision + 1)
        .returning(Consultation.deck_revision)
    ).scalar_one()


def expect(consultation: Consultation, *phases: Phase) -> None:
    """Lock a consultation, and go on only if it is in one of these phases.

    Raises:
        WrongPhaseError

    """
    db.session.refresh(consultation, with_for_update=True)
    if consultation.phase() not in phases:
        raise WrongPhaseError
