"""A dossier as somebody reads it: in their language where there are texts, and with its words explained."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _

from participation.deployments.checking import is_withheld
from participation.deployments.schema import Kind
from participation.formatting import day, number
from participation.i18n import best_of, current_language
from participation.prose import Glossary, Term, from_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from participation.deployments.models import Content, DossierTranslation
    from participation.deployments.schema import Field

# Commas of the scripts that the interface speaks.
COMMA = re.compile("[,،]")


class Said(NamedTuple):
    """A text, and the language that it is in; the translation that it is, where it stands beside the version."""

    text: str
    language: str
    translation: DossierTranslation | None = None


def title_of(content: Content) -> Said:
    """The name of a dossier's system in the page's language, or whatever there is to call it."""
    name = content["fields"].get("name")
    if name is None or is_withheld(name):
        return Said(content["slug"], content["main_language"])
    tag = best_of(name, otherwise=content["main_language"])
    return Said(name[tag], tag)


class Reader:
    """Reads one dossier to one person. Explains each word the first time that it is met."""

    def __init__(self, content: Content, translations: Iterable[DossierTranslation] = ()) -> None:
        """Take translations into the language of the page, to be read where the dossier has none of its own."""
        self.fields: dict[str, Any] = content["fields"]
        self._main_language: str = content["main_language"]
        self._content = content
        self._glossaries: dict[str, Glossary] = {}
        self._translations = {one.made_from: one for one in translations}

    @property
    def main_language(self) -> str:
        return self._main_language

    @property
    def has_translations(self) -> bool:
        """Whether some texts stand in the page's language that the dossier does not have in it itself."""
        return bool(self._translations)

    @property
    def language(self) -> str:
        """The language that most texts are in for this person: theirs, if the name is there in it."""
        name = self.fields.get("name")
        return self.said(name).language if name and not is_withheld(name) else self._main_language

    def said(self, texts: Mapping[str, str]) -> Said:
        """The text in the page's language, or else in the dossier's main one."""
        tag = best_of(texts, otherwise=self._main_language)
        made = self._translations.get(texts[tag]) if tag != current_language().tag else None
        return Said(made.text, made.language, made) if made else Said(texts[tag], tag)

    def html(self, said: Said) -> Markup:
        glossary = self._glossaries.setdefault(said.language, glossary_of(self._content, said.language))
        return from_markdown(said.text, glossary, top=4)

    def plain(self, field: Field, value: Any) -> str:  # noqa: ANN401 - whatever kind of value the field has
        """A value as lines of text, to compare it with another."""
        if is_withheld(value):
            parts = value["withheld"]
            return "\n".join([_("Withheld"), *(self.said(parts[key]).text for key in parts)])
        match field.kind:
            case Kind.TEXT:
                return self.said(value).text
            case Kind.RECORD:
                return "\n".join(
                    f"{part.label}: {self.plain(part, value[part.key])}"
                    for part in field.parts
                    if part.key in value
                )
            case Kind.RECORDS:
                one_of_them = replace(field, kind=Kind.RECORD)
                return "\n\n".join(self.plain(one_of_them, one) for one in value)
            case Kind.CHOICES:
                return ", ".join(str((field.choices or {})[one]) for one in value)
        return _short(field, value)


def glossary_of(content: Content | None, language: str) -> Glossary:
    """The words that a dossier explains in a language, for texts in that language."""
    entries = content["fields"].get("glossary", []) if content else []
    if is_withheld(entries):
        return Glossary()
    return Glossary(
        Term((entry["term"][language], *forms_of(entry, language)), entry["explanation"][language])
        for entry in entries
        if language in entry["term"] and language in entry.get("explanation", {})
    )


def forms_of(entry: Mapping[str, Any], language: str) -> list[str]:
    return [form.strip() for form in COMMA.split(entry.get("forms", {}).get(language, ""))]


def _short(field: Field, value: Any) -> str:  # noqa: ANN401 - as above
    match field.kind:
        case Kind.DATE:
            return day(value)
        case Kind.NUMBER:
            return number(value)
        case Kind.YES_NO:
            return str(_("Yes") if value else _("No"))
        case Kind.CHOICE:
            return str((field.choices or {})[value])
    return str(value)
