"""What happens on a desk when a form arrives: all that was typed is saved, then one thing is checked or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.consultations.translations import review_texts, take_back_texts, translate_texts
from participation.errors import DomainError
from participation.statements.translations import (
    add_translation,
    review_translation,
    take_back_translation,
)
from participation.translation.items import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
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
            _add(consultation, form.item, form.words, by=by)
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
            _add(consultation, item, item.target, by=by)
        elif item.statement is None:
            review_texts(consultation, item.language, _all_words(consultation, item), by=by)
        else:
            review_translation(consultation, item.statement, item.language, item.target["text"], by=by)
    except DomainError as error:
        form.errors = [str(error.message)]
    return not form.errors


def take_back(consultation: Consultation, form: ItemForm) -> bool:
    """Show readers the source again."""
    if not _may_act(form):
        return False
    item = form.item
    try:
        if item.statement is None:
            take_back_texts(consultation, item.language, _all_words(consultation, item))
        else:
            take_back_translation(consultation, item.statement, item.language, item.target["text"])
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


def _add(consultation: Consultation, item: Item, words: Words, *, by: Account) -> None:
    if item.statement is None:
        translate_texts(consultation, item.language, words, by=by)
    else:
        add_translation(consultation, item.statement, item.language, words["text"], by=by)


def _all_words(consultation: Consultation, item: Item) -> Words:
    return consultation.texts[item.language].words()
