"""The statements that a consultation puts before its participants, ready to draw from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from flask import current_app
from sqlalchemy import select

from participation.database import db
from participation.opinions.models import Snapshot
from participation.statements.models import State
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from participation.consultations.models import Consultation
    from participation.statements.models import Wording

# A statement that no analysis has weighed yet is shown as often as the ones shown most.
WEIGHT_OF_A_NEW_STATEMENT = 1.0
# How much likelier a text in the reader's own language is to be shown than one in another.
PREFERENCE_FOR_OWN_LANGUAGE = 4.0


@dataclass(frozen=True, eq=False)
class Deck:
    """The published statements, by ascending id.

    Attributes:
        revision: the `Consultation.deck_revision` this was read at.
        ids: shape (m,), the statements' ids.
        weights: shape (m,), how often each should be shown.
        weights_by_language: the same for readers of a language in which there are texts.
        numbers: the statements' numbers.
        wordings: each statement's texts by language.
        originals: the language each was written in.

    """

    revision: int
    ids: NDArray[np.int64]
    weights: NDArray[np.float64]
    weights_by_language: dict[str, NDArray[np.float64]]
    numbers: tuple[int, ...]
    wordings: tuple[dict[str, Wording], ...]
    originals: tuple[str, ...]

    def index_of(self, statement_id: int) -> int | None:
        """Where a statement is in the deck, or None if it is not open to votes."""
        index = int(np.searchsorted(self.ids, statement_id))
        return index if index < len(self.ids) and self.ids[index] == statement_id else None

    def among(self, statement_ids: Collection[int]) -> NDArray[np.bool_]:
        """For each statement of the deck, whether it is one of these."""
        return np.isin(self.ids, np.fromiter(statement_ids, dtype=np.int64, count=len(statement_ids)))

    def weights_for(self, language: str) -> NDArray[np.float64]:
        """The weights for a reader of one language."""
        return self.weights_by_language.get(language, self.weights)

    def wording(self, index: int, language: str) -> Wording:
        """A statement's text in a language, or else the original."""
        wordings = self.wordings[index]
        return wordings.get(language) or wordings[self.originals[index]]


def deck_of(consultation: Consultation) -> Deck:
    """The deck as it is now; reads the database only when the consultation's deck has been revised."""
    decks: dict[int, Deck] = current_app.extensions.setdefault("baraza_decks", {})
    deck = decks.get(consultation.id)
    if deck is None or deck.revision != consultation.deck_revision:
        deck = decks[consultation.id] = _read_deck(consultation)
    return deck


def _read_deck(consultation: Consultation) -> Deck:
    statements = sorted(statements_of(consultation.id, State.PUBLISHED), key=lambda statement: statement.id)
    weighed = (
        db.session.scalar(select(Snapshot.weights).where(Snapshot.consultation_id == consultation.id)) or {}
    )
    weights = np.array(
        [weighed.get(str(statement.id), WEIGHT_OF_A_NEW_STATEMENT) for statement in statements],
        dtype=np.float64,
    )
    return Deck(
        revision=consultation.deck_revision,
        ids=np.array([statement.id for statement in statements], dtype=np.int64),
        weights=weights,
        weights_by_language={
            tag: np.where(
                [tag in statement.texts for statement in statements], PREFERENCE_FOR_OWN_LANGUAGE, 1.0
            )
            * weights
            for tag in {tag for statement in statements for tag in statement.texts}
        },
        numbers=tuple(statement.number for statement in statements),
        wordings=tuple(statement.wordings() for statement in statements),
        originals=tuple(statement.language for statement in statements),
    )
