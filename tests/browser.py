"""A real browser and a real server: Chromium walks the pages as a person does, and keeps a list of complaints."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

INSTALL = "Chromium is not installed; install it with: sudo apt-get install chromium"
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    # Where our server is, and nothing else in the world.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # As most browsers do today, and all of them sooner or later.
    "--test-third-party-cookie-phaseout",
    # The made-up newspaper that frames us is on the public network, and our server here.
    "--disable-features=LocalNetworkAccessChecks",
)
PATIENCE_IN_MILLISECONDS = 10_000
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


def why_no_chromium() -> str | None:
    """The reason why no browser can be started here, or None."""
    return None if _program() else INSTALL


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window and without a network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=list(SWITCHES))
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port, several requests at a time; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_QuietHandler)
    thread = threading.Thread(target=server.serve_forever, name="server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Tab:
    """A page of the browser that writes down what went wrong while it was open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.pages_loaded = 0
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._check)
        page.on("domcontentloaded", self._count)

    def goto(self, url: str) -> Response | None:
        answer = self.page.goto(url)
        self.must_be_content()
        return answer

    def must_be_content(self) -> None:
        """Fail on a console error, a script's error, a violated security policy or a broken server."""
        assert not self.complaints, "\n".join(self.complaints)

    def forgives(self, expected: str) -> None:
        """Cross out the complaints that a story expects."""
        self.complaints = [line for line in self.complaints if expected not in line]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _check(self, answer: Response) -> None:
        if answer.status >= 500:
            self.complaints.append(f"{answer.url} answered {answer.status}")

    def _count(self, _page: Page) -> None:
        self.pages_loaded += 1


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds, a line a fault: all its rules for WCAG 2.2 A and AA, and its best practices."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })"
    )
    return [
        f"{fault['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@contextmanager
def visit(browser: Browser, **how: Any) -> Iterator[BrowserContext]:  # noqa: ANN401 - whatever Playwright understands
    """A browser profile of its own: no cookie, no history."""
    context = browser.new_context(**how)
    context.set_default_timeout(PATIENCE_IN_MILLISECONDS)
    context.add_init_script(REPORT_VIOLATIONS)
    try:
        yield context
    finally:
        context.close()


class _QuietHandler(WSGIRequestHandler):
    """Says nothing about requests that went well; errors are printed as ever."""

    # Chromium opens connections ahead of need. Without this, an unused one would keep its thread waiting.
    timeout = 5

    def log_request(self, *_what: object) -> None:
        pass


def _program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
