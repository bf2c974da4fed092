"""What happens on a desk when a form arrives: all that was typed is saved, then one thing is checked or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.consultations.translations import review_texts, take_back_texts, translate_texts
from participation.deployments.translations import (
    review_dossier_text,
    take_back_dossier_text,
    translate_dossier_text,
)
from participation.errors import DomainError
from participation.statements.translations import (
    add_translation,
    review_translation,
    take_back_translation,
)
from participation.translation.items import Kind, State
from participation.translation.queries import dossier_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.deployments.models import Deployment
    from participation.statements.models import Statement
    from participation.translation.forms import ItemForm
    from participation.translation.items import Item, Words


def save_typed(consultation: Consultation, forms: Iterable[ItemForm], *, by: Account) -> int:
    """Save each translation that was typed. What cannot be saved keeps its words and says why.

    Returns:
        how many were saved.

    """
    saved = 0
    for form in forms:
        if not form.is_changed or not form.is_complete():
            continue
        if not form.is_as_seen:
            form.errors = [
                _(
                    "Somebody has changed the source or the translation since you opened this page. "
                    "Compare your words with what stands there now, then save once more."
                )
            ]
            continue
        try:
            save(consultation, form.item, form.words, by=by)
            saved += 1
        except DomainError as error:
            form.errors = [str(error.message)]
    return saved


def check(consultation: Consultation, form: ItemForm, *, by: Account) -> bool:
    """Say that a translation is right, or that one's own still is after the source has changed."""
    if not _may_act(form):
        return False
    item = form.item
    try:
        if item.translator_id == by.id and item.state is State.STALE:
            save(consultation, item, item.target, by=by)
        else:
            _review(consultation, item, by=by)
    except DomainError as error:
        form.errors = [str(error.message)]
    return not form.errors


def take_back(consultation: Consultation, form: ItemForm) -> bool:
    """Show readers the source again."""
    if not _may_act(form):
        return False
    item = form.item
    try:
        _remove(consultation, item)
    except DomainError as error:
        form.errors = [str(error.message)]
    return not form.errors


def _may_act(form: ItemForm) -> bool:
    if form.is_changed:
        form.errors = [
            _("You have changed this translation. Save it first; then somebody else can check it.")
        ]
    elif not form.item.target or not form.is_as_seen:
        form.errors = [_("This translation has changed since you read it. Please read it again.")]
    return not form.errors


def save(
    consultation: Consultation,
    item: Item,
    words: Words,
    *,
    by: Account | None,
    made_from: Words | None = None,
) -> None:
    """Keep a translation, of whatever kind of thing. Raises what the three kinds raise.

    Args:
        by: who translated; None for a machine.
        made_from: the source that was read; None for the one that stands there now.

    """
    match item.kind:
        case Kind.ABOUT:
            translate_texts(consultation, item.language, words, by=by, made_from=made_from)
        case Kind.STATEMENT:
            source = made_from["text"] if made_from else None
            add_translation(
                consultation, _statement(item), item.language, words["text"], by=by, made_from=source
            )
        case Kind.DOSSIER:
            source = (made_from or item.source)["text"]
            translate_dossier_text(
                _dossier(consultation), item.place, item.language, words["text"], made_from=source, by=by
            )


def _review(consultation: Consultation, item: Item, *, by: Account) -> None:
    match item.kind:
        case Kind.ABOUT:
            review_texts(consultation, item.language, _all_words(consultation, item), by=by)
        case Kind.STATEMENT:
            review_translation(consultation, _statement(item), item.language, item.target["text"], by=by)
        case Kind.DOSSIER:
            source, text = item.source["text"], item.target["text"]
            review_dossier_text(
                _dossier(consultation), item.place, item.language, text, made_from=source, by=by
            )


def _remove(consultation: Consultation, item: Item) -> None:
    match item.kind:
        case Kind.ABOUT:
            take_back_texts(consultation, item.language, _all_words(consultation, item))
        case Kind.STATEMENT:
            take_back_translation(consultation, _statement(item), item.language, item.target["text"])
        case Kind.DOSSIER:
            take_back_dossier_text(_dossier(consultation), item.place, item.language, item.target["text"])


def _statement(item: Item) -> Statement:
    if item.statement is None:
        raise LookupError("a statement's item has its statement")
    return item.statement


def _dossier(consultation: Consultation) -> Deployment:
    deployment = dossier_of(consultation)
    if deployment is None:
        raise LookupError("only what may be translated here is on the desk")
    return deployment


def _all_words(consultation: Consultation, item: Item) -> Words:
    return consultation.texts[item.language].words()
