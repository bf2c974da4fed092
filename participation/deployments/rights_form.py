"""The form of the section on rights, and which section has which form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.database import now
from participation.deployments.rights.practices import PRACTICES
from participation.deployments.rights.screen import (
    AREAS_ANSWERED,
    SCREEN,
    answers_in,
    areas_stamped,
    has_new_areas,
    is_old,
    needs_lawyers,
    stamped,
)
from participation.deployments.section_form import SectionForm
from participation.text import one_line

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from participation.deployments.models import Deployment
    from participation.deployments.schema import Section


class RightsForm(SectionForm):
    """The section in which each practice has a question of its own, and whoever answers says for whom."""

    office = ""

    @property
    def answers(self) -> dict[str, Any]:
        """By practice."""
        return {answer["practice"]: answer for answer in self.given.get(SCREEN, [])}

    @property
    def areas_named(self) -> dict[str, Any]:
        """Who named the areas of high risk, and when; empty if nobody has."""
        named: dict[str, Any] = self.given.get(AREAS_ANSWERED, {})
        return named

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
        drafted = self.draft["fields"]
        is_news = has_new_areas(drafted, self.given) or any(
            not is_old(before, answer) for answer in answers.values()
        )
        if not self.office and is_news:
            self.refuse("office", _("Please say for which office you answer."))
        by, today = {self.main_language: self.office} if self.office else {}, now().date()
        if answers:
            self.given[SCREEN] = stamped(before, answers.values(), by=by, on=today)
        if named := areas_stamped(drafted, self.given, by=by, on=today):
            self.given[AREAS_ANSWERED] = named

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
