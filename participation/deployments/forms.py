"""The forms of a dossier: a section is read from what was typed, by the kinds of its fields.

The inputs are named by the way to their value: `problem.en`, `costs.build`, `risks.2.harm.en`, and
`withheld.team.reason.en`. So a page can be drawn anew from the values, also from those that are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from participation.database import now
from participation.deployments.checking import faults_in, is_withheld
from participation.deployments.rights.practices import PRACTICES
from participation.deployments.rights.screen import SCREEN, answers_in, is_old, needs_lawyers, stamped
from participation.deployments.schema import FIELDS, WITHHELD
from participation.deployments.typed import name_of_fault, read_tree, read_value, words_for
from participation.i18n import LANGUAGES, current_language
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from participation.deployments.models import Content, Deployment
    from participation.deployments.schema import Section


class StartForm(FlaskForm):
    """What a dossier needs to begin."""

    name = StringField(
        _l("Name of the system"),
        [DataRequired(_l("Please fill this in.")), AtMost(99), plain_characters],
        filters=[one_line],
    )
    main_language = SelectField(
        _l("Main language"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
        default=lambda: current_language().tag,
    )


class UploadForm(FlaskForm):
    file = FileField(_l("A file, as JSON or CSV"), [FileRequired(_l("Please choose a file first."))])


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
        key, _dot, number = typed.get("remove", "").partition(".")
        tree.get(key, {}).pop(number, None)
        self.added = typed.get("add")
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


class RightsForm(SectionForm):
    """The section in which each practice has a question of its own, and whoever answers says for whom."""

    office = ""

    @property
    def answers(self) -> dict[str, Any]:
        """By practice."""
        return {answer["practice"]: answer for answer in self.given.get(SCREEN, [])}

    @property
    def needs_lawyers(self) -> bool:
        """Whether what stands here warns people."""
        return needs_lawyers({**self.draft, "fields": {**self.draft["fields"], **self.values}})

    def _take(self, fields: dict[str, Any]) -> None:
        super()._take(fields)
        authors = (answer.get("by", {}).get(self.main_language) for answer in self.given.get(SCREEN, []))
        self.office = next(filter(None, authors), "")

    def _read(self, typed: MultiDict[str, str]) -> None:
        super()._read(typed)
        self.office = one_line(typed.get("office")) or ""
        known = {practice.key for practice in PRACTICES}
        answers = {
            answer["practice"]: {
                part: answer[part] for part in ("practice", "answer", "note") if part in answer
            }
            for answer in self.given.pop(SCREEN, [])
            if answer.get("practice") in known and (answer.get("answer") or answer.get("note"))
        }
        before = answers_in(self.draft)
        for number, practice in enumerate(PRACTICES, start=1):
            answer = answers.get(practice.key)
            if answer and not answer.get("answer"):
                self.refuse(f"{SCREEN}.{number}.answer", _("Please choose an answer too."))
        if not self.office and any(not is_old(before, answer) for answer in answers.values()):
            self.refuse("office", _("Please say for which office you answer."))
        if answers:
            by = {self.main_language: self.office} if self.office else {}
            self.given[SCREEN] = stamped(before, answers.values(), by=by, on=now().date())

    def _shown_as(self, name: str) -> str:
        way = name.split(".")
        if way[0] != SCREEN or len(way) == 1:
            return name
        practice = self.given[SCREEN][int(way[1]) - 1]["practice"]
        number = [one.key for one in PRACTICES].index(practice) + 1
        return "office" if way[2] == "by" else ".".join([SCREEN, str(number), *way[2:]])


def form_for(
    deployment: Deployment, section: Section, typed: MultiDict[str, str] | None = None
) -> SectionForm:
    """The form of a section."""
    kind = RightsForm if SCREEN in {field.key for field in section.fields} else SectionForm
    return kind(deployment, section, typed)


def _field_of(name: str) -> object:
    way = name.removeprefix("withheld.").split(".")
    return FIELDS[way[0]].label if way[0] in FIELDS else ""
