"""What changes first statements. Only while a draft: what people may have voted on is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.building.checklist import seeds_of
from participation.consultations.actions import expect, revise_deck
from participation.consultations.models import Phase
from participation.database import db
from participation.errors import DomainError
from participation.statements.actions import AlreadySaidError, add_seed
from participation.statements.models import StatementText
from participation.statements.queries import seed_with_key, statement_with_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.accounts.models import Account
    from participation.building.seed_file import Draft
    from participation.consultations.models import Consultation
    from participation.statements.models import Leaning, Statement


class SeedGoneError(DomainError):
    message = _l("This first statement is no longer there. Please look at the list again.")


class KeyTakenError(DomainError):
    message = _l("Another statement of this consultation has this key. Each key stands for one.")


def add_seeds(consultation: Consultation, drafts: Sequence[Draft], *, by: Account) -> None:
    """Add first statements with their translations: all of them or none.

    Raises:
        WrongPhaseError: the public has seen the consultation.
        AlreadySaidError

    """
    expect(consultation, Phase.DRAFT)
    for draft in drafts:
        try:
            seed = add_seed(consultation, draft.text, draft.language)
        except AlreadySaidError:
            db.session.rollback()
            raise
        _write(consultation, seed, draft, by=by)
    db.session.commit()


def change_seed(consultation: Consultation, number: int, draft: Draft, *, by: Account) -> None:
    """Say a first statement otherwise.

    Raises:
        WrongPhaseError, SeedGoneError
        AlreadySaidError: another statement says one of these texts.

    """
    _write(consultation, _seed(consultation, number), draft, by=by)
    db.session.commit()


def delete_seed(consultation: Consultation, number: int) -> None:
    """Take a first statement out.

    Raises:
        WrongPhaseError, SeedGoneError

    """
    db.session.delete(_seed(consultation, number))
    db.session.commit()


def mark_leanings(consultation: Consultation, leanings: Mapping[int, Leaning | None]) -> None:
    """Say of first statements, by number, which side they take. Numbers that are gone are passed over.

    Raises:
        WrongPhaseError

    """
    expect(consultation, Phase.DRAFT)
    for seed in seeds_of(consultation):
        if seed.number in leanings:
            seed.leaning = leanings[seed.number]
    db.session.commit()


def _seed(consultation: Consultation, number: int) -> Statement:
    expect(consultation, Phase.DRAFT)
    revise_deck(consultation)
    seed = next((seed for seed in seeds_of(consultation) if seed.number == number), None)
    if seed is None:
        raise SeedGoneError
    return seed


def _write(consultation: Consultation, seed: Statement, draft: Draft, *, by: Account) -> None:
    """Give a statement the texts of a draft. A translation whose words stay keeps the record of its making."""
    for text in draft.texts.values():
        twin = statement_with_text(consultation.id, text)
        if twin and twin.id != seed.id:
            db.session.rollback()
            raise AlreadySaidError
    if draft.key and (twin := seed_with_key(consultation.id, draft.key)) and twin.id != seed.id:
        db.session.rollback()
        raise KeyTakenError
    seed.language, seed.leaning, seed.key = draft.language, draft.leaning, draft.key
    for tag in set(seed.texts) - set(draft.texts):
        del seed.texts[tag]
    for tag, text in draft.texts.items():
        held = seed.texts.get(tag)
        if held is None:
            seed.texts[tag] = StatementText(
                language=tag,
                text=text,
                translator_id=None if tag == draft.language else by.id,
                made_from=None if tag == draft.language else draft.texts[draft.language],
            )
        elif held.text != text:
            held.text, held.translator_id = text, None if tag == draft.language else by.id
            held.made_from = None if tag == draft.language else draft.texts[draft.language]
            held.reviewer_id = held.reviewed_at = None
    db.session.flush()
