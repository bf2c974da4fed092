"""The words that a dossier explains, beside a text in which they occur, with what translators call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from participation.deployments.checking import is_withheld
from participation.deployments.reading import forms_of
from participation.prose import Glossary, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from participation.deployments.models import DossierVersion


@dataclass(frozen=True)
class Word:
    """A word in the language of the source, and in that of the translation where somebody has agreed on one."""

    word: str
    translation: str
    #: What it means: in the language of the translation, or else of the source.
    explanation: str
    explanation_language: str


class GlossaryBeside:
    """Finds the words of one dossier, in texts of any language, for translators into one."""

    def __init__(self, version: DossierVersion | None, target: str) -> None:
        entries = version.content["fields"].get("glossary", []) if version else []
        self._entries = [] if is_withheld(entries) else entries
        self._target = target
        self._by_source: dict[str, dict[Term, Word]] = {}

    def words_in(self, texts: Mapping[str, str], source: str) -> list[Word]:
        """The words that occur in some texts, in the order in which one meets them."""
        if source not in self._by_source:
            self._by_source[source] = self._terms(source)
        terms = self._by_source[source]
        glossary, text = Glossary(terms), "\n".join(texts.values())
        found = []
        while match := glossary.take(text):
            found.append(terms[match[2]])
        return found

    def _terms(self, source: str) -> dict[Term, Word]:
        return {
            Term((entry["term"][source], *forms_of(entry, source)), entry["term"][source]): _word(
                entry, source, self._target
            )
            for entry in self._entries
            if source in entry["term"]
        }


def _word(entry: Mapping[str, Mapping[str, str]], source: str, target: str) -> Word:
    explanations = entry.get("explanation", {})
    language = target if target in explanations else source
    return Word(
        word=entry["term"][source],
        translation=entry["term"].get(target, ""),
        explanation=explanations.get(language, ""),
        explanation_language=language,
    )
