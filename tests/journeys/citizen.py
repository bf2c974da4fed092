"""What a person does who takes part without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

KEYS = {"Agree": "1", "Disagree": "2", "Pass": "3", "Later": "5"}


class Citizen(Visitor):
    def opens_home(self) -> None:
        self.opens("/")

    def chooses_consultation(self, title: str) -> None:
        self.page.get_by_role("article").get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def reads_and_starts(self) -> None:
        """Past what there is to know first, to the first card."""
        expect(self.page.locator(".answers")).to_contain_text(self.says("What is proposed"))
        self.follows("Start voting")
        expect(self.card).to_be_visible()

    @property
    def card(self) -> Locator:
        return self.page.locator("[data-card]")

    @property
    def statement(self) -> str:
        """The statement in front of them."""
        return self.card.get_by_role("heading").inner_text()

    def votes(self, choice: str) -> str:
        """By mouse or finger; returns the statement voted on."""
        return self._answers(self._button(choice).click)

    def votes_with_a_double_click(self, choice: str) -> str:
        return self._answers(self._button(choice).dblclick)

    def finishes_the_double_click_on(self, choice: str) -> None:
        """The second click, with the pointer where it was, counted by the browser as the second of two."""
        self._button(choice).hover()
        self.page.mouse.down(click_count=2)
        self.page.mouse.up(click_count=2)

    def votes_by_key(self, choice: str, *, release: bool = True) -> str:
        press = self.page.keyboard.press if release else self.page.keyboard.down
        return self._answers(lambda: press(KEYS[choice]))

    def votes_by_tab_and_enter(self, choice: str) -> str:
        """With the keyboard alone, as one walks through any form."""

        def walk() -> None:
            for _step in range(20):
                self.page.keyboard.press("Tab")
                if self._button(choice).evaluate("button => button === document.activeElement"):
                    break
            expect(self._button(choice)).to_be_focused()
            self.page.keyboard.press("Enter")

        return self._answers(walk)

    def reaches_the_card_by_keyboard(self) -> None:
        """Tab until the focus is inside the card, where 1, 2 and 3 vote."""
        for _step in range(20):
            if self.page.evaluate("Boolean(document.activeElement.closest('[data-card]'))"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("twenty presses of Tab do not lead to the card")

    def has_voted_on(self, voted: int, total: int) -> None:
        self.sees("You have voted on %(voted)s of %(total)s statements.", voted=voted, total=total)

    def votes_on_the_rest(self, choice: str = "Agree") -> None:
        while self._button(choice).is_visible():
            self.votes(choice)

    def undoes(self) -> None:
        self._answers(self.page.get_by_role("button", name=self.says("Undo my last vote"), exact=True).click)

    def says_later(self) -> str:
        """Puts the statement off; returns it."""
        return self._answers(self.page.get_by_role("button", name=self.says("Later"), exact=True).click)

    def marks_as_important(self) -> None:
        self.page.get_by_label(self.says("This matters to me"), exact=True).check()

    def loses_the_line(self) -> None:
        self.context.set_offline(True)

    def has_a_line_again(self) -> None:
        self.context.set_offline(False)

    def opens_their_votes(self) -> None:
        self.follows("Your votes")
        self.is_at("Your votes")

    def has_said(self, statement: str) -> str | None:
        """Which answer is pressed on the page of their votes."""
        pressed = self._answer_to(statement).locator("[aria-pressed=true]")
        return pressed.inner_text().strip() if pressed.count() else None

    def changes_vote(self, statement: str, choice: str) -> None:
        self.presses(choice, within=self._answer_to(statement))

    def adds_statement(self, text: str) -> None:
        """Write and send; what the page says about the text first changes nothing."""
        self.follows("Add a statement")
        self.fills("Your statement", text)
        self.presses("Send")
        if self.page.locator("[name=reviewed]:not([value=''])").count():
            self.presses("Send")

    def _button(self, choice: str) -> Locator:
        return self.card.get_by_role("button", name=self.says(choice), exact=True)

    def _answer_to(self, statement: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=statement)

    def _answers(self, press: Callable[[], None]) -> str:
        statement = self.statement
        press()
        expect(self.card.get_by_role("heading")).not_to_have_text(statement)
        self.tab.must_be_content()
        return statement
