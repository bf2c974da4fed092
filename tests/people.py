"""The cast: what each person does in a browser, as sentences that tests can tell a story with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from tests.builders import PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from deliberation.ballot import Choice


class Page:
    """An answer, as a person sees it. Every page is checked in passing: one title, one heading, no id twice."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.html = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        self.text = " ".join(self.html.get_text(" ").split())
        if response.mimetype == "text/html" and self.html.select_one("html"):
            self._check()

    def _check(self) -> None:
        assert self.html.select_one("title").get_text(strip=True), "a page needs a title"
        assert len(self.html.select("h1")) == 1, "a page has one h1"
        ids = [element["id"] for element in self.html.select("[id]")]
        assert len(ids) == len(set(ids)), f"ids stand twice: {sorted(x for x in ids if ids.count(x) > 1)}"
        assert not self.html.select("[style], style, script:not([src])"), "no inline style or script"

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        field = self.html.select_one(f"input[name={name}]")
        assert field, f"the page has no field {name}"
        return str(field["value"])

    def field(self, name: str) -> str:
        """What stands in a field that a person can write in."""
        field = self.html.select_one(f"[name={name}]:not([type=hidden])")
        assert field, f"the page has no field {name}"
        return str(field.get("value", "")) or field.get_text().strip("\r\n")


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.client: FlaskClient = app.test_client()
        self.language = language

    def opens(self, path: str) -> Page:
        return Page(self.client.get(f"/{self.language}{path}", follow_redirects=True))

    def sends(self, path: str, *, follow: bool = True, **fields: object) -> Page:
        """Send a form, with the token that a page of this session carries."""
        fields = {"csrf_token": self.token(), **fields}
        return Page(self.client.post(f"/{self.language}{path}", data=fields, follow_redirects=follow))

    def token(self) -> str:
        return Page(self.client.get(f"/{self.language}/sign-in")).hidden("csrf_token")


class Citizen(Visitor):
    """Somebody who takes part without an account."""

    def sees_card(self, slug: str) -> Page:
        return self.opens(f"/c/{slug}/vote")

    def votes(self, slug: str, choice: Choice, statement: int | None = None) -> Page:
        """Vote on the statement in front of them, or on another one."""
        page = self.sees_card(slug)
        number = statement or int(page.hidden("statement"))
        return self.sends(
            f"/c/{slug}/votes", statement=number, choice=int(choice), exposure=page.hidden("exposure")
        )

    def writes(self, slug: str, text: str, language: str | None = None) -> Page:
        """Send a statement, and send it once more as it is if there is something to say about it first."""
        page = self.drafts(slug, text, language)
        reviewed = page.html.select_one("input[name=reviewed][value]:not([value=''])")
        return self.drafts(slug, text, language, reviewed=reviewed["value"]) if reviewed else page

    def drafts(self, slug: str, text: str, language: str | None = None, **fields: object) -> Page:
        """Press "Send" once, and read what is said about the statement."""
        fields = {"text": text, "language": language or self.language, **fields}
        return self.sends(f"/c/{slug}/statements/new", **fields)

    def says_of_herself(self, slug: str, **answers: object) -> Page:
        """Answer questions about herself by their numbers, on the page as it is now."""
        asked = self.opens(f"/c/{slug}/about-you").html.select_one("input[name=asked]")
        answers = {name.replace("_", "-"): answer for name, answer in answers.items()}
        return self.sends(f"/c/{slug}/about-you", asked=asked["value"] if asked else "", **answers)


class Staff(Visitor):
    """Somebody with an account: a facilitator or an official."""

    def signs_in(self, email: str, password: str = PASSWORD) -> Page:
        return self.sends("/sign-in", email=email, password=password)


def statement_on(page: Page) -> str:
    """The statement that a vote page puts before the reader."""
    card = page.html.select_one("[data-statement-text]")
    assert card, f"no card on: {page.text[:200]}"
    return re.sub(r"\s+", " ", card.get_text(strip=True))
