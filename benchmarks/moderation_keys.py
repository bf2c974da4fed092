"""How many keys the moderation of 1,000 statements takes, counted in a real browser.

Counted is every press of a key, from the open queue to the empty one: one for each decision with its reason,
and one for each ten statements that are taken. Not counted is the reading. The statements and what became of
them are those of recorded Polis conversations where ../shared/data/polis holds them, filled up with made-up ones.

    python benchmarks/moderation_keys.py [how many]
"""

from __future__ import annotations

import csv
import logging
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from flask_migrate import upgrade  # noqa: E402 - the path comes first
from recorded import FOLDER, conversations  # noqa: E402

from app import create_app  # noqa: E402
from participation.config import Config  # noqa: E402
from participation.consultations.actions import join  # noqa: E402
from participation.database import db  # noqa: E402
from participation.statements.models import State, Statement, StatementText  # noqa: E402
from tests.browser import chromium, served, visit  # noqa: E402
from tests.builders import PASSWORD, make_account, make_consultation  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

PUBLISH, OFF_TOPIC = "1", "5"


def recorded_statements() -> dict[str, bool]:
    """Texts, and whether they were published."""
    found = {}
    for name in conversations():
        with (FOLDER / name / "comments.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                found[row["comment-body"].strip()] = int(row["moderated"]) >= 0
    return {text: published for text, published in found.items() if text}


def statements(how_many: int) -> dict[str, bool]:
    texts = recorded_statements()
    for number in range(how_many):
        texts.setdefault(f"Statement {number} is about the model.", number % 5 != 0)
    return dict(list(texts.items())[:how_many])


def fill(texts: dict[str, bool]) -> tuple[str, str]:
    """A consultation in which all of them wait; its slug, and who decides."""
    facilitator = make_account("Fatima")
    consultation = make_consultation(facilitator)
    author = join(consultation.id, secrets.token_bytes(32), "en")
    db.session.add_all(
        Statement(
            consultation_id=consultation.id,
            number=number,
            language="en",
            state=State.WAITING,
            author_id=author.id,
            texts={"en": StatementText(language="en", text=text)},
        )
        for number, text in enumerate(texts, start=4)
    )
    db.session.commit()
    return consultation.slug, facilitator.email


def decide_all(page: Page, published: list[bool]) -> int:
    """Press the keys; returns how many."""
    page.get_by_role("button", name="Start with the first one").click()
    pressed = 1
    key = "0"
    done = 0
    while done < len(published):
        with page.expect_navigation():
            page.keyboard.press(key)
        pressed += 1
        page.locator("[data-submission]:focus").wait_for()
        for _taken in range(min(10, len(published) - done)):
            page.keyboard.press(PUBLISH if published[done] else OFF_TOPIC)
            pressed += 1
            done += 1
        # The page comes again by itself, with nothing on it but the next ten to take.
        page.locator("[data-take]:focus" if done < len(published) else ".empty").wait_for()
        key = "Enter"
    return pressed


def main(how_many: int) -> None:
    logging.disable(logging.WARNING)
    texts = statements(how_many)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/benchmark.sqlite3"
        app = create_app(Config("a secret for benchmarks", url, Path(folder)))
        with app.app_context():
            upgrade()
            slug, email = fill(texts)
        with served(app) as address, chromium() as browser, visit(browser, locale="en") as context:
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(f"{address}/en/sign-in")
            page.get_by_label("E-mail address").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.goto(f"{address}/en/desk/c/{slug}/statements")
            began = time.perf_counter()
            pressed = decide_all(page, list(texts.values()))
            took = time.perf_counter() - began
        with app.app_context():
            left = db.session.query(Statement).filter_by(state=State.WAITING).count()
    print(f"statements {len(texts)}, of them published {sum(texts.values())}; still waiting {left}")
    print(f"keys {pressed}, {pressed / len(texts):.2f} for each; the machine took {took:.0f} s of it")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
