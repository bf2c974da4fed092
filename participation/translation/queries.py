"""Questions about what is translated, and about what a machine was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.queries import translated_texts_of
from participation.database import db, now
from participation.deployments.queries import translations_of
from participation.deployments.texts import texts_in
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.translation.items import item_of_dossier, item_of_statement, item_of_texts
from participation.translation.models import MachineRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from participation.consultations.models import Consultation
    from participation.deployments.models import Deployment
    from participation.translation.items import Item
    from participation.translation.settings import TranslateSettings


def translate_settings_here() -> TranslateSettings | None:
    settings: TranslateSettings | None = current_app.extensions["baraza_config"].translate
    return settings


def items_of(consultation: Consultation, languages: Iterable[str]) -> dict[str, list[Item]]:
    """All that is to be translated into each language: the consultation's texts, published statements, the dossier."""
    made = translated_texts_of(consultation)
    statements = statements_of(consultation.id, State.PUBLISHED)
    return {
        tag: [
            *([item_of_texts(consultation, tag, made.get(tag))] if tag != consultation.main_language else []),
            *(item_of_statement(statement, tag) for statement in statements if statement.language != tag),
            *_items_of_dossier(consultation, tag),
        ]
        for tag in languages
    }


def dossier_of(consultation: Consultation) -> Deployment | None:
    """The dossier whose texts may be translated here: one of the same organisation, not just anybody's."""
    version = consultation.dossier_version
    if version is None or version.deployment.organisation_id != consultation.organisation_id:
        return None
    return version.deployment


def _items_of_dossier(consultation: Consultation, language: str) -> Iterator[Item]:
    """What the version that people read has not in this language itself."""
    version, deployment = consultation.dossier_version, dossier_of(consultation)
    if version is None or deployment is None:
        return
    main_language = version.content["main_language"]
    made = translations_of(deployment.id, language)
    for text in texts_in(version.content):
        if language not in text.texts and main_language in text.texts:
            yield item_of_dossier(text, main_language, language, made.get(text.place))


def names_of(accounts: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(accounts)))
    return {row.id: row.name for row in rows}


def requests_of(consultation_id: int) -> dict[str, MachineRequest]:
    """What a machine was asked to translate, by language."""
    asked = db.session.scalars(
        select(MachineRequest).where(MachineRequest.consultation_id == consultation_id)
    )
    return {one.language: one for one in asked}


def due_requests() -> list[int]:
    if translate_settings_here() is None:
        return []
    return list(
        db.session.scalars(
            select(MachineRequest.id)
            .where(MachineRequest.due_at <= now())
            .order_by(MachineRequest.due_at, MachineRequest.id)
        )
    )
