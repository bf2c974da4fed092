"""What taking part costs on a slow line: requests, bytes and seconds of each step, in a real browser.

The browser is Chromium, slowed down to 3G as browser tools define it. Each step is a fresh load but for
what a browser keeps: style sheets are loaded once.

    python benchmarks/slow_line.py
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flask_migrate import upgrade  # noqa: E402 - the path comes first

from app import create_app  # noqa: E402
from participation.config import Config  # noqa: E402
from participation.demonstration.actions import load_demonstration  # noqa: E402
from participation.jobs.worker import WorkerProcess  # noqa: E402
from tests.browser import chromium, served, visit  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import CDPSession, Page

PHONE = {"viewport": {"width": 390, "height": 844}}
SLUG = "velmora-welfare-checks"


@dataclass(frozen=True)
class Line:
    """A connection: bits in a second down and up, milliseconds there and back."""

    name: str
    down: int
    up: int
    latency: int


LINES = (Line("slow 3G", 400_000, 400_000, 400), Line("3G", 1_600_000, 750_000, 150))


def press(words: str) -> Callable[[Page], None]:
    """Press the button with these words and wait for what follows."""

    def step(page: Page) -> None:
        before = page.locator("[data-statement-text]").inner_text()
        page.get_by_role("button", name=words, exact=True).click()
        page.wait_for_function(
            "before => document.querySelector('[data-statement-text]')?.innerText !== before", arg=before
        )

    return step


def go(path: str) -> Callable[[Page], None]:
    """Open a page and wait until it is all there."""

    def step(page: Page) -> None:
        page.goto(f"{page.context.pages[0].url.split('/en')[0]}/en{path}", wait_until="load")

    return step


STEPS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("what is proposed", go(f"/c/{SLUG}")),
    ("first vote page", go(f"/c/{SLUG}/vote")),
    ("a vote", press("Agree")),
    ("another vote", press("Disagree")),
    ("your votes", go(f"/c/{SLUG}/votes")),
    ("where people stand", go(f"/c/{SLUG}/opinions")),
)


class Meter:
    """Counts what comes over the line."""

    def __init__(self, session: CDPSession) -> None:
        self.requests = self.bytes = 0
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.loadingFinished", self._take)

    def _ask(self, _event: object) -> None:
        self.requests += 1

    def _take(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


def measure(address: str, line: Line, *, script: bool) -> None:
    """Walk the way once and print a line a step."""
    with chromium() as browser, visit(browser, java_script_enabled=script, **PHONE) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/en/sign-in")
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.clearBrowserCache")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": line.latency,
                "downloadThroughput": line.down / 8,
                "uploadThroughput": line.up / 8,
            },
        )
        for name, step in STEPS:
            meter, start = Meter(session), time.perf_counter()
            step(page)
            seconds = time.perf_counter() - start
            page.wait_for_timeout(100)
            how = "" if script else ", no script"
            print(f"| {line.name}{how} | {name} | {meter.requests} | {meter.bytes:,} | {seconds:.1f} s |")


def main() -> None:
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/slow.sqlite"
        app = create_app(Config("a secret for benchmarks", url, Path(folder)))
        with app.app_context():
            upgrade()
            load_demonstration()
            WorkerProcess(app).do_what_is_due()
        print("| line | step | requests | bytes received | until it is there |")
        print("| --- | --- | ---: | ---: | ---: |")
        with served(app) as address:
            for line in LINES:
                measure(address, line, script=True)
            measure(address, LINES[0], script=False)


if __name__ == "__main__":
    main()
