"""Pictures of the citizen's way on a phone and of what comes after closing, in three languages: `make screenshots`.

They are for looking at, and prove nothing; what can be proved is in `tests/journeys` and `tests/test_pages.py`.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flask_migrate import upgrade

from app import create_app
from participation.config import Config
from participation.database import db
from participation.demonstration.actions import load_demonstration
from participation.demonstration.finished import load_finished_demonstration
from participation.jobs.worker import WorkerProcess
from tests.browser import chromium, served, visit
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "screenshots"
PHONE = {"viewport": {"width": 390, "height": 844}}
SLUG = "velmora-welfare-checks"
FINISHED = "velmora-welfare-checks-trial"
DEPLOYMENT = "velmora-welfare-checks"
STATEMENTS = {
    "en": "Do people learn that a model chose them? And who tells them?",
    "fr": "Les gens savent-ils si un modèle les a choisis ? Et qui le leur dit ?",
    "ar": "هل يعرف الناس أن نموذجًا اختارهم؟ ومن يخبرهم بذلك؟",
}
VOTES = 12
PATIENCE_IN_MILLISECONDS = 60_000


def the_way(page: Page, address: str, language: str, app: Flask) -> Iterator[str]:
    """Walk it, and say what can be seen at each station."""
    here = f"{address}/{language}/c/{SLUG}"
    for name, url in (("home", f"{address}/{language}/"), ("proposal", here)):
        page.goto(url)
        yield name
    page.goto(f"{address}/{language}/d/{DEPLOYMENT}")
    yield "dossier"
    page.goto(f"{here}/vote")
    yield "first-card"
    for vote in range(VOTES):
        before = page.locator("[data-statement-text]").inner_text()
        page.locator("button.vote").nth((0, 0, 1, 0, 2)[vote % 5]).click()
        page.wait_for_function(
            "before => document.querySelector('[data-statement-text]')?.innerText !== before", arg=before
        )
    yield "after-twelve-votes"
    page.goto(f"{here}/statements/new")
    page.locator("[name=text]").fill(STATEMENTS[language])
    page.locator("main form button[type=submit]").last.click()
    yield "advice"
    page.locator("main form button[type=submit]").last.click()
    yield "receipt"
    analyse(app)
    stations = {
        "where-i-stand": "/opinions",
        "about-me": "/about-you",
        "contributions": "/you",
        "votes": "/votes",
        "data": "/you/data",
        "device": "/you/device",
        "erase": "/you/erase",
        "follow": "/follow",
    }
    for name, path in stations.items():
        page.goto(here + path)
        yield name
    yield from after_it_closed(page, f"{address}/{language}")


def after_it_closed(page: Page, here: str) -> Iterator[str]:
    """What came of the trial run that is over."""
    closed = f"{here}/c/{FINISHED}"
    stations = {
        "over": closed,
        "report": f"{closed}/report",
        "answers": f"{closed}/answers",
        "data-package": f"{closed}/data",
        "register": f"{here}/register",
        "public-log": f"{here}/transparency",
    }
    for name, url in stations.items():
        page.goto(url)
        yield name


def analyse(app: Flask) -> None:
    """Do what the worker does."""
    with app.app_context():
        WorkerProcess(app).do_what_is_due()


def take_pictures(browser: Browser, address: str, language: str, app: Flask) -> None:
    with visit(browser, locale=language, **PHONE) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_IN_MILLISECONDS)
        for number, name in enumerate(the_way(page, address, language, app), start=1):
            page.screenshot(path=FOLDER / f"{language}-{number:02}-{name}.png", full_page=True)


def main() -> None:
    logging.disable(logging.INFO)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config("a secret for pictures", f"sqlite:///{folder}/p.sqlite", Path(folder)))
        with app.app_context():
            upgrade()
            load_demonstration()
            load_finished_demonstration()
        analyse(app)
        with served(app) as address, chromium() as browser:
            for language in STATEMENTS:
                take_pictures(browser, address, language, app)
        with app.app_context():
            db.engine.dispose()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures are in {FOLDER.relative_to(ROOT)}/")  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
