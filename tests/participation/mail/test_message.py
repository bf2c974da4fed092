"""What a mail looks like to the programs and the people that get it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from participation.database import db
from participation.mail.actions import work_on_outbox, write_mail
from participation.mail.letter import Letter, Link, message_from
from tests.browser import accessibility_faults, visit

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask
    from playwright.sync_api import Browser

ENGLISH = Letter(
    subject="You can take part now",
    about=("Should a model rank <applications> & claims?", "en"),
    paragraphs=("It is open until Friday.", "It takes two minutes."),
    action=Link("Take part", "https://baraza.city.example/en/c/welfare"),
    footnote="You get this mail because you follow this consultation.",
    settings=Link("Stop", "https://baraza.city.example/en/follow/abc"),
    one_click="https://baraza.city.example/en/follow/abc/stop",
)
ARABIC = Letter(
    subject="يمكنك المشاركة الآن",
    about=("Should a model rank applications?", "en"),
    paragraphs=("المشاورة مفتوحة حتى يوم الجمعة.",),
    action=Link("شارك", "https://baraza.city.example/ar/c/welfare"),
    footnote="تصلك هذه الرسالة لأنك تتابع هذه المشاورة.",
)


def message(
    app: Flask, letter: Letter = ENGLISH, *, language: str = "en", key: str = "amina:opened"
) -> EmailMessage:
    with app.app_context():
        written = message_from(
            letter,
            key=key,
            recipient="amina@home.example",
            language=language,
            settings=app.extensions["baraza_config"].mail,
        )
    assert written.as_bytes().isascii(), "not every server on the way takes eight bits"
    return message_from_bytes(written.as_bytes(), policy=default)


def part(of: EmailMessage, kind: str) -> str:
    body = of.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_message_says_who_writes_to_whom_and_how_to_end_it(app: Flask) -> None:
    written = message(app)
    assert written["From"] == "Baraza <baraza@city.example>"
    assert written["To"] == "amina@home.example"
    assert written["Subject"] == "You can take part now: Should a model rank <applications> & claims?"
    assert written["Content-Language"] == "en"
    assert written["Auto-Submitted"] == "auto-generated"
    assert written["List-Unsubscribe"] == "<https://baraza.city.example/en/follow/abc/stop>"
    assert written["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert written["Date"].datetime.tzinfo is not None


def test_the_same_mail_has_the_same_message_id_and_another_mail_another(app: Flask) -> None:
    first, again, other = (
        message(app, key=key)["Message-ID"] for key in ("a:opened", "a:opened", "b:opened")
    )
    assert first == again != other
    assert re.fullmatch(r"<[0-9a-f]{32}@city\.example>", first)


def test_text_and_html_say_the_same(app: Flask) -> None:
    written = message(app)
    assert written.get_content_type() == "multipart/alternative"
    text, page = part(written, "plain"), BeautifulSoup(part(written, "html"), "html.parser")
    for words in (ENGLISH.subject, ENGLISH.about[0], *ENGLISH.paragraphs, ENGLISH.footnote):
        assert words in text
        assert words in page.get_text()
    for link in (ENGLISH.action, ENGLISH.settings):
        assert f"{link.words}:\n{link.url}" in text
        assert page.select_one(f'a[href="{link.url}"]').get_text() == link.words
    assert "\n\n\n" not in text, "no holes between paragraphs"


def test_a_mail_in_arabic_says_so_and_runs_from_right_to_left(app: Flask) -> None:
    written = message(app, ARABIC, language="ar")
    page = BeautifulSoup(part(written, "html"), "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.title.get_text() == page.h1.get_text() == ARABIC.subject
    about = page.select_one(".about")
    assert (about["lang"], about["dir"]) == ("en", "ltr"), "a title in another language says so"
    assert "List-Unsubscribe" not in written, "there is nothing to end yet"


def test_nothing_in_a_mail_tells_us_that_it_was_read(app: Flask) -> None:
    page = BeautifulSoup(part(message(app), "html"), "html.parser")
    assert not page.select("img, link, script, iframe, [background], [src]")
    assert "url(" not in str(page)


@pytest.mark.parametrize("letter", [ENGLISH, ARABIC], ids=["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_is_accessible(app: Flask, browser: Browser, letter: Letter, scheme: str) -> None:
    language = "en" if letter is ENGLISH else "ar"
    with visit(browser, color_scheme=scheme, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.set_content(part(message(app, letter, language=language), "html"))
        assert not accessibility_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_nobody_adds_a_header_by_a_title(app: Flask, end: str) -> None:
    forged = Letter(**{**vars(ENGLISH), "about": (f"A title{end}Bcc: bakari@home.example", "en")})
    with pytest.raises(ValueError, match=r"(?i)linefeed|carriage return|newline"):
        message(app, forged)


def test_in_development_a_mail_can_be_read_in_a_folder(app: Flask) -> None:
    with app.app_context():
        write_mail("amina:opened", recipient="amina@home.example", language="en", letter=ENGLISH)
        db.session.commit()
        work_on_outbox()
    (file,) = app.extensions["baraza_config"].mail.way.glob("*.eml")
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "amina@home.example"
    file.unlink()
