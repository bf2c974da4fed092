"""What everybody can do with a browser, as sentences that stories are told in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext
from playwright.sync_api import expect

from tests.browser import Tab

if TYPE_CHECKING:
    from typing import Self

    from flask import Flask
    from playwright.sync_api import BrowserContext, Locator


class Visitor:
    """Somebody with a browser of their own. Stories are written in English; pages may speak another language."""

    def __init__(self, context: BrowserContext, app: Flask, address: str, language: str = "en") -> None:
        self.context, self.app, self.address, self.language = context, app, address, language
        self.tab = Tab(context.new_page())
        self.page = self.tab.page

    def in_a_second_tab(self) -> Self:
        """The same person with the same cookies, in another tab."""
        return type(self)(self.context, self.app, self.address, self.language)

    def opens(self, path: str = "/") -> None:
        self.tab.goto(f"{self.address}/{self.language}{path}")

    def goes_back(self) -> None:
        self.page.go_back()
        self.tab.must_be_content()

    def follows(self, words: str, **values: object) -> None:
        """Click a link, wherever it stands on the page."""
        self._goes_by(self.page.get_by_role("link", name=self.says(words, **values), exact=True).first)

    def presses(self, words: str, *, within: Locator | None = None, may_complain: str = "") -> None:
        """Send a form with the button of this name. A story that expects a refusal says what the browser may say."""
        button = (within or self.page).get_by_role("button", name=self.says(words), exact=True)
        self._goes_by(button, may_complain)

    def unfolds(self, words: str) -> None:
        """Open what stands behind a summary."""
        self.page.locator("main summary", has_text=self.says(words)).click()

    def fills(self, label: str, text: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(self.says(label), exact=True).fill(text)

    def chooses(self, option: str, label: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(self.says(label), exact=True).select_option(
            label=self.says(option)
        )

    def chooses_language(self, name: str) -> None:
        """By the language's own name for itself, in the header's list."""
        chooser = self.page.locator("header details")
        chooser.locator("summary").click()
        link = chooser.get_by_role("link", name=name)
        self.language = str(link.get_attribute("lang"))
        self._goes_by(link)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def sees(self, words: str, **values: object) -> None:
        expect(self.page.locator("main")).to_contain_text(self.says(words, **values))

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(self.says(words))

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.says(heading))

    def is_told(self, words: str, **values: object) -> None:
        """A message that is announced to those who do not look at the screen."""
        told = self.page.get_by_role("status").filter(has_text=self.says(words, **values))
        expect(told).to_be_attached()

    def says(self, words: str, **values: object) -> str:
        """Words of the interface in this person's language, from the same catalogue as the page."""
        with self.app.test_request_context(), force_locale(self.language):
            return str(gettext(words, **values))

    def _goes_by(self, way: Locator, may_complain: str = "") -> None:
        """Click what leads to another page, and look whether all is well there."""
        with self.page.expect_navigation():
            way.click()
        if may_complain:
            self.tab.forgives(may_complain)
        self.tab.must_be_content()
