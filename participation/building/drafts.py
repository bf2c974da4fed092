"""What changes drafts: they are created, saved, copied and published."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from participation.admission.queries import sheets_of
from participation.building.checklist import blockers_of
from participation.consultations.actions import create_consultation, enter_in_log, expect, note_translations
from participation.consultations.models import TEXT_FIELDS, ConsultationText, Phase
from participation.database import db, now
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.questions.models import Question, QuestionText
from participation.questions.queries import questions_of
from participation.statements.actions import add_seed
from participation.statements.models import Statement, StatementText
from participation.statements.queries import statements_of
from participation.transparency.models import Kind
from participation.transparency.queries import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.deployments.models import DossierVersion
    from participation.organisations.models import Organisation

# How long the people who copy a consultation have to make it their own, unless they set other dates.
TIME_TO_PREPARE = timedelta(weeks=4)


class EditedMeanwhileError(DomainError):
    message = _l("Somebody else has saved this draft since you opened it.")


class LanguageInUseError(DomainError):
    message = _l(
        "First statements are written in a language that you take out. Please change or delete those first."
    )


class NotReadyError(DomainError):
    message = _l("Something is still missing. Please look at the list.")


@dataclass(frozen=True)
class Plan:
    """What a draft says and when it happens; the names are those of `Consultation`."""

    main_language: str
    texts: Mapping[str, ConsultationText]
    opens_at: datetime
    closes_at: datetime
    statements_until: datetime | None = None
    time_zone: str = "UTC"
    organisation: Organisation | None = None
    responds_by: date | None = None
    dossier_version: DossierVersion | None = None
    shows_interim_results: bool = True
    publishes_votes: bool = False


def create_draft(facilitator: Account, plan: Plan, *, slug: str, seeds: Sequence[str]) -> Consultation:
    """Add a consultation that only its facilitator sees yet, with its first statements: all of it or nothing.

    Raises:
        SlugTakenError, AlreadySaidError

    """
    consultation = _create(facilitator, plan, slug)
    for text in seeds:
        add_seed(consultation, text, plan.main_language)
    db.session.commit()
    return consultation


def save_draft(consultation: Consultation, plan: Plan, *, edition: int, by: Account | None = None) -> None:
    """Change what a draft says.

    Args:
        edition: the one that the editor has seen.
        by: who wrote the texts that are new.

    Raises:
        WrongPhaseError: the public has seen it.
        EditedMeanwhileError: there is a later edition.
        LanguageInUseError: a language would go that statements are written in.

    """
    expect(consultation, Phase.DRAFT)
    if consultation.edition != edition:
        raise _refused(EditedMeanwhileError)
    written_in = {statement.language for statement in statements_of(consultation.id)}
    if written_in & (set(consultation.texts) - set(plan.texts)):
        raise _refused(LanguageInUseError)
    for field in fields(plan):
        if field.name != "texts":
            setattr(consultation, field.name, getattr(plan, field.name))
    for tag in set(consultation.texts) - set(plan.texts):
        del consultation.texts[tag]
    for tag, text in plan.texts.items():
        # In place: another row with the same key could not be added before this one is gone.
        held = consultation.texts.setdefault(tag, ConsultationText(language=tag))
        for name in TEXT_FIELDS:
            setattr(held, name, getattr(text, name))
    consultation.edition += 1
    note_translations(consultation, by=by)
    db.session.commit()


def copy_consultation(source: Consultation, facilitator: Account, *, slug: str) -> Consultation:
    """Begin a draft like another consultation: its settings, texts, first statements and questions, on later days.

    Raises:
        SlugTakenError

    """
    later = timedelta(days=(now() + TIME_TO_PREPARE - source.opens_at).days)
    zone = ZoneInfo(source.time_zone)
    plan = Plan(
        main_language=source.main_language,
        texts={tag: _copy_of(text) for tag, text in source.texts.items()},
        opens_at=_moved(source.opens_at, later, zone),
        closes_at=_moved(source.closes_at, later, zone),
        # Whoever closed it early may have done so before the last day for statements.
        statements_until=source.statements_until
        and _moved(min(source.statements_until, source.closes_at), later, zone),
        time_zone=source.time_zone,
        organisation=source.organisation,
        responds_by=source.responds_by and source.responds_by + later,
        dossier_version=source.dossier_version,
        shows_interim_results=source.shows_interim_results,
        publishes_votes=source.publishes_votes,
    )
    copy = _create(facilitator, plan, slug)
    copy.admission = source.admission
    for statement in statements_of(source.id):
        if statement.is_seed:
            _copy_seed(statement, copy)
    for question in questions_of(source.id):
        texts = {
            tag: QuestionText(language=tag, text=text.text, reason=text.reason, choices=list(text.choices))
            for tag, text in question.texts.items()
        }
        db.session.add(Question(consultation_id=copy.id, number=question.number, texts=texts))
    db.session.commit()
    return copy


def publish_consultation(consultation: Consultation) -> None:
    """Let the public see a draft. It opens on its date, or at once when that has passed.

    Raises:
        WrongPhaseError
        NotReadyError: something is missing that would void the exercise.

    """
    expect(consultation, Phase.DRAFT)
    if blockers_of(consultation):
        raise _refused(NotReadyError)
    consultation.published_at = now()
    enter_publication(consultation)
    db.session.commit()


def enter_publication(consultation: Consultation) -> None:
    """Write down in the public log with which settings it is published. Not committed here."""
    version = consultation.dossier_version
    seeds = [statement for statement in statements_of(consultation.id) if statement.is_seed]
    enter_in_log(
        consultation,
        Kind.CONSULTATION_PUBLISHED,
        opens_at=written(consultation.opens_at),
        closes_at=written(consultation.closes_at),
        admission=consultation.admission.value,
        codes=sum(sheet.codes for sheet in sheets_of(consultation.id)),
        shows_interim_results=consultation.shows_interim_results,
        publishes_votes=consultation.publishes_votes,
        responds_by=consultation.responds_by and consultation.responds_by.isoformat(),
        statements=len(seeds),
        texts=fingerprint_of(consultation.texts[consultation.main_language].words()),
        first_statements={str(seed.number): seed.fingerprint for seed in seeds},
        **({"dossier": version.deployment.slug, "version": version.number} if version else {}),
    )


def _create(facilitator: Account, plan: Plan, slug: str) -> Consultation:
    said = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return create_consultation(facilitator, slug=slug, **said)


def _moved(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """So many days later at the same time of day, also where the clocks are changed between."""
    return (moment.astimezone(zone) + by).astimezone(UTC)


def _copy_of(text: ConsultationText) -> ConsultationText:
    return ConsultationText(language=text.language, **{name: getattr(text, name) for name in TEXT_FIELDS})


def _copy_seed(statement: Statement, copy: Consultation) -> None:
    seed = add_seed(copy, statement.texts[statement.language].text, statement.language)
    # A copy asks the same: by the key both are known, and compared once both are closed.
    statement.key = statement.key or f"{copy.slug[:30].strip('-')}-{statement.number}"
    seed.leaning, seed.key = statement.leaning, statement.key
    for tag, text in statement.texts.items():
        if tag != statement.language:
            seed.texts[tag] = StatementText(
                language=tag,
                text=text.text,
                origin=text.origin,
                translator_id=text.translator_id,
                made_from=text.made_from,
            )


def _refused(error: type[DomainError]) -> DomainError:
    # The page that says so is made in the same request: it needs no lock.
    db.session.rollback()
    return error()
