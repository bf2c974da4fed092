"""Questions about what is translated, and about what a machine was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.queries import translated_texts_of
from participation.database import db, now
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.translation.items import item_of_statement, item_of_texts
from participation.translation.models import MachineRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from participation.consultations.models import Consultation
    from participation.translation.items import Item
    from participation.translation.settings import TranslateSettings


def translate_settings_here() -> TranslateSettings | None:
    settings: TranslateSettings | None = current_app.extensions["baraza_config"].translate
    return settings


def items_of(consultation: Consultation, languages: Iterable[str]) -> dict[str, list[Item]]:
    """All that is to be translated into each language: the consultation's texts, then published statements."""
    made = translated_texts_of(consultation)
    statements = statements_of(consultation.id, State.PUBLISHED)
    return {
        tag: [
            *([item_of_texts(consultation, tag, made.get(tag))] if tag != consultation.main_language else []),
            *(item_of_statement(statement, tag) for statement in statements if statement.language != tag),
        ]
        for tag in languages
    }


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
