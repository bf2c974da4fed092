"""The form of a section of a dossier: read from what was typed, by the kinds of its fields.

The inputs are named by the way to their value: `problem.en`, `costs.build`, `risks.2.harm.en`, and
`withheld.team.reason.en`. So a page can be drawn anew from the values, also from those that are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.deployments.checking import faults_in, is_withheld
from participation.deployments.schema import FIELDS, WITHHELD
from participation.deployments.typed import name_of_fault, read_tree, read_value, reorder, words_for
from participation.i18n import LANGUAGES

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from participation.deployments.models import Content, Deployment
    from participation.deployments.schema import Section


class SectionForm:
    """One section of a draft: as it is stored, or as somebody has typed it."""

    def __init__(self, deployment: Deployment, section: Section, typed: MultiDict[str, str] | None) -> None:
        self.deployment, self.section = deployment, section
        self.main_language = deployment.main_language
        self.draft: Content = deployment.draft
        #: What is typed or stored, by field, and what is said in place of facts that are withheld.
        self.given: dict[str, Any] = {}
        self.withheld: dict[str, Any] = {}
        #: By the name of the input.
        self.errors: dict[str, list[str]] = {}
        #: The list that somebody wants one more of.
        self.added: str | None = None
        #: Whether what stands here is kept; not after a button that changes only the page.
        self.is_saved = True
        self.seen = deployment.revision_of(section.key)
        self.beside = self._language(typed.get("beside") if typed else None)
        if typed is None:
            self._take(self.draft["fields"])
        else:
            self.seen = typed.get("revision", -1, type=int)
            self._read(typed)
            self._check()

    @property
    def languages(self) -> list[str]:
        """Those that are written in on this page."""
        return [self.main_language, *([self.beside] if self.beside else [])]

    @property
    def summary(self) -> list[tuple[str, str, str]]:
        """The errors with the input and the field that they belong to."""
        return [
            (name, str(_field_of(name)), error) for name, errors in self.errors.items() for error in errors
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What the section says, as the dossier keeps it."""
        withheld = {key: {"withheld": texts} for key, texts in self.withheld.items()}
        return {**self.given, **withheld}

    def write_beside(self, language: str | None) -> None:
        """Also show the texts in this language, if there is one of the site's other than the main one."""
        self.beside = self._language(language)

    def _language(self, tag: str | None) -> str | None:
        return tag if tag in LANGUAGES and tag != self.main_language else None

    def _take(self, fields: dict[str, Any]) -> None:
        for field in self.section.fields:
            value: Any = fields.get(field.key)
            if is_withheld(value):
                self.withheld[field.key] = value["withheld"]
            elif value is not None:
                self.given[field.key] = value

    def _read(self, typed: MultiDict[str, str]) -> None:
        tree = read_tree(typed)
        reorder(tree, remove=typed.get("remove", ""), move=typed.get("move", ""))
        self.added = typed.get("add")
        self.is_saved = "save" in typed
        withheld = tree.get("withheld", {})
        for field in self.section.fields:
            if (value := read_value(field, tree.get(field.key, {}))) is not None:
                self.given[field.key] = value
            if (value := read_value(WITHHELD, withheld.get(field.key, {}))) is not None:
                self.withheld[field.key] = value

    def _check(self) -> None:
        for key in self.withheld:
            if key in self.given:
                self.refuse(f"withheld.{key}", _("This is filled in and withheld. Empty one of the two."))
        content = {**self.draft, "fields": self.values}
        for fault in faults_in(content):
            for name in name_of_fault(fault, self.main_language):
                self.refuse(self._shown_as(name), words_for(fault, self.main_language))

    def refuse(self, name: str, words: str) -> None:
        self.errors.setdefault(name, []).append(words)

    def _shown_as(self, name: str) -> str:
        """The input for a place in the values."""
        return name


def _field_of(name: str) -> object:
    way = name.removeprefix("withheld.").split(".")
    return FIELDS[way[0]].label if way[0] in FIELDS else ""
