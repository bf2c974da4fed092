"""Amina at her mailbox: she finds what the worker sent, and follows the links in it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from participation.jobs.worker import WorkerProcess
from tests.people import Citizen, Page

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask

URL = re.compile(r"https://\S+")


class Reader(Citizen):
    """Somebody with a browser and a mailbox."""

    def __init__(self, app: Flask, language: str = "en", address: str = "amina@home.example") -> None:
        super().__init__(app, language)
        self.app, self.address = app, address

    def asks_to_follow(self, slug: str, **fields: object) -> Page:
        return self.sends(f"/c/{slug}/follow", **{"email": self.address, **fields})

    def mails(self) -> list[EmailMessage]:
        """What has come since the last look, once the worker has worked."""
        with self.app.app_context():
            WorkerProcess(self.app).do_what_is_due()
        found = []
        for file in self.app.extensions["baraza_config"].mail.way.glob("*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=default)
            if message["To"] == self.address:
                found.append(message)
                file.unlink()
        return found

    def mail(self) -> EmailMessage:
        (only,) = self.mails()
        return only

    def follows_link(self, url: str) -> Page:
        assert url.startswith("https://baraza.city.example/"), "links begin with the site's own address"
        return Page(self.client.get(urlsplit(url).path, follow_redirects=True))

    def presses_button_at(self, url: str, **fields: object) -> Page:
        path = urlsplit(url).path
        fields = {"csrf_token": self.token(), **fields}
        return Page(self.client.post(path, data=fields, follow_redirects=True))

    def follows(self, slug: str, **fields: object) -> str:
        """All of it: ask, find the mail, say yes. Returns the address of the settings."""
        self.asks_to_follow(slug, **fields)
        page = self.presses_button_at(links_in(self.mail())[0])
        form = page.html.select_one("form[action$='/stop']")
        assert form, page.text
        return "https://baraza.city.example" + str(form["action"]).removesuffix("/stop")


def links_in(message: EmailMessage) -> list[str]:
    """The addresses in a mail's text, in their order."""
    return URL.findall(words_of(message))


def words_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def one_click(message: EmailMessage) -> str:
    """What a mail program's own button "unsubscribe" sends a POST to."""
    return str(message["List-Unsubscribe"]).strip("<>")
