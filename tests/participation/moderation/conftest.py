"""A city with a consultation, two people who decide, an author, and what they do with statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.actions import make_member
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.organisations.models import Role
from participation.statements.queries import statement_with_text
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Page, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.moderation.models import Verdict
    from participation.statements.models import Statement

PLAIN = "The letters should be plain."


class Town:
    """Fatima is the facilitator, Omar a moderator, Amina an author."""

    def __init__(self, app: Flask, *, alone: bool = False) -> None:
        self.app = app
        with app.app_context():
            fatima, omar = make_account("Fatima"), make_account("Omar")
            consultation = make_consultation(fatima, languages=("en", "fr"))
            if not alone:
                make_member(consultation, omar, Role.MODERATOR)
            self.slug, emails = consultation.slug, (fatima.email, omar.email)
        self.amina, self.fatima, self.omar = Citizen(app), Staff(app), Staff(app)
        for person, email in zip((self.fatima, self.omar), emails, strict=True):
            person.signs_in(email)

    def writes(self, text: str = PLAIN, language: str = "en") -> int:
        """Amina sends a statement; its id."""
        self.amina.writes(self.slug, text, language)
        return self.statement(text).id

    def statement(self, text: str) -> Statement:
        with self.app.app_context():
            found = statement_with_text(consultation_by_slug(self.slug).id, text)
            assert found, f"nobody has said {text}"
            db.session.refresh(found)
            return found

    def queue(self, person: Staff, query: str = "") -> Page:
        return person.opens(f"/desk/c/{self.slug}/statements{query}")

    def decides(self, person: Staff, statement: int, verdict: Verdict, **fields: object) -> Page:
        """Decide on the page of the statement, which knows the decision that holds."""
        path = f"/desk/c/{self.slug}/statements/{statement}"
        seen = person.opens(path).html.select_one("input[name=seen]")
        known = seen.get("value", "") if seen else ""
        return person.sends(path, **{"verdict": verdict.value, "seen": known, **fields})

    def yours(self) -> Page:
        return self.amina.opens(f"/c/{self.slug}/you")

    def log(self, query: str = "") -> Page:
        return Citizen(self.app).opens(f"/c/{self.slug}/moderation{query}")

    def numbers(self, page: Page) -> list[str]:
        """The statements on a page of the queue, in its order."""
        return [heading.get_text(strip=True).split()[-1] for heading in page.html.select("article h2")]


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(app)
