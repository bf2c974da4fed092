"""What is translated, as one sees it on a desk: the source, the target, and how far the work on it is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from participation.statements.models import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel import LazyString

    from participation.consultations.models import Consultation, TranslatedText
    from participation.deployments.models import DossierTranslation
    from participation.deployments.texts import Text
    from participation.statements.models import Statement

Words = dict[str, str]
ABOUT = "about"


class Kind(Enum):
    """What is translated: the consultation's own texts, a statement, or a text of its dossier."""

    ABOUT = "about"
    STATEMENT = "statement"
    DOSSIER = "dossier"


class State(Enum):
    """How far the translation of one thing is."""

    CHECKED = "checked"
    WRITTEN = "written"
    MACHINE = "machine"
    STALE = "stale"
    MISSING = "missing"


#: What the desk can be narrowed to, by the word in its address.
FILTERS = {
    "missing": {State.MISSING},
    "unchecked": {State.WRITTEN, State.MACHINE},
    "stale": {State.STALE},
}


@dataclass(frozen=True)
class Item:
    """Something to translate: a consultation's own texts, or a statement or a text of its dossier.

    The one text of these two is called "text".
    """

    key: str
    language: str
    source_language: str
    source: Words
    #: Empty while there is no translation.
    target: Words
    #: What the target was made from; the source itself where nobody knows.
    made_from: Words
    by_machine: bool = False
    translator_id: int | None = None
    is_checked: bool = False
    kind: Kind = Kind.ABOUT
    #: The statement, or where the text stands in the dossier, and what its fields are called.
    statement: Statement | None = None
    place: str = ""
    labels: tuple[LazyString, ...] = ()

    @property
    def state(self) -> State:
        if not self.target:
            return State.MISSING
        if self.changed:
            return State.STALE
        if self.is_checked:
            return State.CHECKED
        return State.MACHINE if self.by_machine else State.WRITTEN

    @property
    def changed(self) -> dict[str, str]:
        """The texts whose source has changed since they were translated, with what it said then."""
        return {
            name: self.made_from.get(name, "")
            for name, text in self.source.items()
            if self.made_from.get(name, "") != text
        }

    @property
    def wants_machine(self) -> bool:
        """Whether a machine may help: nobody has written it, or only a machine has, from an older source."""
        is_only_machines = self.by_machine and not self.is_checked
        return self.state is State.MISSING or (self.state is State.STALE and is_only_machines)

    @property
    def source_mark(self) -> str:
        return mark_of(self.source)

    @property
    def target_mark(self) -> str:
        return mark_of(self.target)


def mark_of(words: Words) -> str:
    """Tells words from others, for a form that was opened a while ago."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:16] if words else ""


def item_of_statement(statement: Statement, language: str) -> Item:
    original, held = statement.texts[statement.language].text, statement.texts.get(language)
    return Item(
        key=f"s{statement.id}",
        language=language,
        source_language=statement.language,
        source={"text": original},
        target={"text": held.text} if held else {},
        made_from={"text": held.made_from if held and held.made_from is not None else original},
        by_machine=held is not None and held.origin is Origin.MACHINE,
        translator_id=held.translator_id if held else None,
        is_checked=held is not None and held.reviewed_at is not None,
        kind=Kind.STATEMENT,
        statement=statement,
    )


def item_of_dossier(text: Text, main_language: str, language: str, made: DossierTranslation | None) -> Item:
    """A text of the dossier that the dossier itself does not have in this language."""
    original = text.texts[main_language]
    return Item(
        key=f"d{text.place.replace('.', '_')}",
        language=language,
        source_language=main_language,
        source={"text": original},
        target={"text": made.text} if made else {},
        made_from={"text": made.made_from if made else original},
        by_machine=made is not None and made.by_machine,
        translator_id=made.translator_id if made else None,
        is_checked=made is not None and made.reviewed_at is not None,
        kind=Kind.DOSSIER,
        place=text.place,
        labels=text.labels,
    )


def item_of_texts(consultation: Consultation, language: str, made: TranslatedText | None) -> Item:
    """The texts that the main language has; nobody is asked for others."""
    source = {
        name: text for name, text in consultation.texts[consultation.main_language].words().items() if text
    }
    held = consultation.texts.get(language)
    return Item(
        key=ABOUT,
        language=language,
        source_language=consultation.main_language,
        source=source,
        target={name: text for name, text in held.words().items() if name in source} if held else {},
        made_from=made.made_from if made else source,
        by_machine=made is not None and made.by_machine,
        translator_id=made.translator_id if made else None,
        is_checked=made is not None and made.reviewed_at is not None,
    )


@dataclass(frozen=True)
class Progress:
    """How many things are in which state."""

    counts: Counter[State]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def begun(self) -> bool:
        return self.counts[State.MISSING] < self.total

    def share(self, state: State) -> float:
        return self.counts[state] / self.total if self.total else 0.0


def progress_of(items: Iterable[Item]) -> Progress:
    return Progress(Counter(item.state for item in items))
