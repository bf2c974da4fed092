"""What a person does who builds a consultation from nothing, and how long each step of it takes."""

from __future__ import annotations

import csv
import io
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from participation.consultations.models import TEXT_FIELDS
from participation.database import now
from participation.demonstration.content import load_content
from participation.demonstration.dossier import load_dossier
from participation.deployments.checking import is_withheld
from participation.deployments.rights.practices import PRACTICES
from participation.deployments.rights.screen import SCREEN
from participation.deployments.schema import SECTIONS, WITHHELD, Kind, Tier
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playwright.sync_api import Locator

    from participation.demonstration.content import Statement
    from participation.deployments.models import Content
    from participation.deployments.schema import Field, Section
    from tests.journeys.visitor import Visitor

Typed = tuple[str, Any]
# From today on, by the label of the field.
DAYS = {"First day": 0, "Last day for new statements": 14, "Last day": 21, "Answer promised by": 50}


class Clock:
    """Seconds by step. They are told, never judged: a busy machine is no fault of the screens."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.steps[name] = time.monotonic() - began

    def __str__(self) -> str:
        lines = [f"{seconds:6.1f} s  {name}" for name, seconds in self.steps.items()]
        return "\n".join([*lines, f"{sum(self.steps.values()):6.1f} s  all of it"])


class Builder(Facilitator):
    """A facilitator who knows all that the demonstration says, and nothing of the platform."""

    content: ClassVar = load_content()
    dossier_slug = ""

    @property
    def seeds(self) -> list[Statement]:
        return [statement for statement in self.content.statements if statement.author == "seed"]

    def begins_the_dossier(self, *, of: str) -> None:
        self.follows("Your dossiers")
        self.follows("Begin a dossier for %(organisation)s", organisation=of)
        self.fills("Name of the system", self.dossier["fields"]["name"]["en"])
        self.presses("Begin")
        self.dossier_slug = self.page.url.split("/sections/")[0].rsplit("/", 1)[-1]

    @property
    def dossier(self) -> Content:
        return load_dossier(now().date())[-1]

    def types_the_dossier(self) -> None:
        """Every mandatory fact in the main language, section by section."""
        for section in SECTIONS:
            self.is_at(str(section.heading))
            for name, value in _typed_in(section, self.dossier):
                self._type(name, value)
            save = "Save" if section is SECTIONS[-1] else "Save and go on"
            self._goes_by(self.page.get_by_role("button", name=save, exact=True).last)

    def publishes_the_dossier(self) -> None:
        self.opens(f"/desk/d/{self.dossier_slug}")
        self.follows("Differences and publishing")
        self.presses("Publish version 1")

    def begins_with_a_template(self) -> None:
        self.opens("/desk")
        self.follows("Create a consultation")
        self.follows("A proposed AI system, before the decision")
        self.sees("until none is left, the consultation cannot be published")

    def chooses_languages(self) -> None:
        for tag in self.content.dossiers:
            self.page.locator(f"input[name=languages][value={tag}]").check()
        self.presses("Show the fields of these languages")

    def types_texts(self) -> None:
        for tag, dossier in self.content.dossiers.items():
            for name in TEXT_FIELDS:
                self._type(f"{tag}-{name}", getattr(dossier, name))

    def chooses_days(self) -> None:
        for label, days in DAYS.items():
            self.fills(label, (now().date() + timedelta(days=days)).isoformat())

    def types_one_statement(self) -> None:
        first, form = self.seeds[0], self.page.locator("#one")
        self.fills("The statement", first.texts["en"], within=form)
        self.unfolds("Its text in other languages")
        for tag in ("fr", "ar"):
            form.locator(f"#text-{tag}").fill(first.texts[tag])
        form.locator(f"input[name=leaning][value={first.leaning}]").check()
        self.presses("Add the statement")

    def uploads_the_other_statements(self) -> None:
        others = self.seeds[1:]
        self.uploads_first_statements(as_table(others))
        self.presses(f"Add these {len(others)} statements")
        self.follows("Back to running the consultation")

    def lets_read(self, reader: Visitor, comment: str) -> None:
        """Make a preview link for somebody, who comments on the draft; read the comment."""
        self.follows("Preview links and comments")
        self.fills("Whom is it for?", "The minister")
        self.presses("Make a link")
        link = self.page.locator(".address").first.inner_text()
        reader.opens(urlsplit(link).path.removeprefix("/en"))
        reader.sees(self.content.dossiers["en"].question)
        reader.fills("Your name", "The minister")
        reader.fills("Your comment", comment)
        reader.presses("Send the comment")
        self.page.reload()
        self.sees(comment)
        self.follows("Back to running the consultation")

    def _type(self, name: str, value: Any) -> None:  # noqa: ANN401 - whatever a field takes
        control = self.page.locator(f'main [name="{name}"]:not([type=hidden])')
        while not control.count():
            self._adds_another(name)
        kind, is_seen = control.first.evaluate("one => [one.type, one.checkVisibility()]")
        if not is_seen:
            self._unfolds_around(control.first)
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                self.page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select-one":
            control.select_option(str(value))
        else:
            control.fill(str(value))

    def _adds_another(self, name: str) -> None:
        """Ask for one more of a list: `risks.3.harm.en` belongs to the third of the risks."""
        add = self.page.locator(f'button[name=add][value="{name.split(".", maxsplit=1)[0]}"]')
        self._goes_by(add)

    def _unfolds_around(self, control: Locator) -> None:
        folded = control.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("summary").first.click()


def _typed_in(section: Section, content: Content) -> Iterator[Typed]:
    """The names of the inputs, with what is typed there."""
    language = content["main_language"]
    for field in section.fields:
        given = content["fields"].get(field.key)
        if given is None or field.tier is not Tier.MANDATORY:
            continue
        if is_withheld(given):
            yield from _parts(WITHHELD, given["withheld"], f"withheld.{field.key}", language)
        elif field.key == SCREEN:
            yield from _answers(given, language)
        else:
            yield from _value(field, given, field.key, language)


def _value(field: Field, given: Any, name: str, language: str) -> Iterator[Typed]:  # noqa: ANN401 - whatever the field has
    match field.kind:
        case Kind.TEXT:
            yield f"{name}.{language}", given[language]
        case Kind.RECORD:
            yield from _parts(field, given, name, language)
        case Kind.RECORDS:
            for number, record in enumerate(given, start=1):
                yield from _parts(field, record, f"{name}.{number}", language)
        case Kind.YES_NO:
            yield name, "yes" if given else "no"
        case _:
            yield name, given


def _parts(field: Field, record: Mapping[str, Any], name: str, language: str) -> Iterator[Typed]:
    for part in field.parts:
        if part.key in record:
            yield from _value(part, record[part.key], f"{name}.{part.key}", language)


def _answers(answers: Iterable[Mapping[str, Any]], language: str) -> Iterator[Typed]:
    """The questions about rights: one for each practice, answered for an office."""
    places = [practice.key for practice in PRACTICES]
    for answer in answers:
        name = f"{SCREEN}.{places.index(answer['practice']) + 1}"
        yield f"{name}.answer", answer["answer"]
        if language in answer.get("note", {}):
            yield f"{name}.note.{language}", answer["note"][language]
        yield "office", answer["by"][language]


def as_table(seeds: Iterable[Statement]) -> str:
    """First statements as a file, with their translations."""
    file = io.StringIO()
    writer = csv.writer(file)
    languages = ["en", "fr", "ar"]
    writer.writerow(["text", "language", "leaning", *languages])
    for seed in seeds:
        others = [seed.texts[tag] if tag != seed.language else "" for tag in languages]
        writer.writerow([seed.texts[seed.language], seed.language, seed.leaning, *others])
    return file.getvalue()
