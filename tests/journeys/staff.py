"""What people with an account do: the facilitator runs a consultation, the official reads its outcome."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import FilePayload, expect

from participation.database import now
from participation.i18n import LANGUAGES
from tests.builders import PASSWORD
from tests.journeys.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from playwright.sync_api import Locator


class Facilitator(Visitor):
    email = ""

    def signs_in(self, email: str) -> None:
        self.email = email
        self.opens("/")
        self.follows("Sign in, for facilitators and officials")
        self.fills("E-mail address", email)
        self.fills("Password", PASSWORD)
        self.presses("Sign in")
        self.is_at("Your consultations")

    def begins_a_consultation(self, *, starts_in: timedelta, lasts: timedelta) -> None:
        self.follows("Create a consultation")
        first = (now() + starts_in).date()
        self.fills("First day", first.isoformat())
        self.fills("Last day", (first + lasts).isoformat())

    def describes_it_in(self, language: str, *, title: str, question: str, summary: str) -> None:
        """Write the texts of one language; those of others are folded away, or not there until chosen."""
        name = next(known.name for known in LANGUAGES.values() if known.locale.english_name == language)
        box = self.page.get_by_label(name, exact=True)
        if not box.is_checked():
            box.check()
            self.presses("Show the fields of these languages")
        texts = self.page.locator("details").filter(
            has=self.page.locator("summary", has_text=self.says("Texts in %(language)s", language=language))
        )
        if texts.get_attribute("open") is None:
            texts.locator("summary").click()
        self.fills("Title", title, within=texts)
        self.fills("The question, in one sentence", question, within=texts)
        self.fills("What is proposed, in plain words", summary, within=texts)
        self.fills("Who decides", summary and "The council.", within=texts)
        self.fills("What can still change, and what cannot", summary and "Everything.", within=texts)
        self.fills("How the answers will be used", summary and "They are read.", within=texts)
        policy = "Which statements are not published, and who decides that"
        self.fills(policy, summary and "The facilitators.", within=texts)

    def gives_first_statements(self, texts: Iterable[str]) -> None:
        self.fills("First statements, one on each line", "\n".join(texts))

    def uploads_first_statements(self, table: str) -> None:
        """Choose a CSV file and have it looked through."""
        file = FilePayload(name="seeds.csv", mimeType="text/csv", buffer=table.encode())
        self.page.get_by_label(self.says("CSV file")).set_input_files(file)
        self.presses("Look through the file")

    def opens_the_queue(self) -> None:
        self.follows("Submitted statements")
        self.is_at("Submitted statements")

    def accepts(self, statement: str) -> None:
        self.presses("Publish", within=self._waiting(statement))

    def rejects(self, statement: str, *, reason: str | None, note: str = "") -> None:
        waiting = self._waiting(statement)
        waiting.locator("summary").click()
        if reason:
            self.chooses(reason, "Reason for not publishing", within=waiting)
        self.fills("Note to the author, if it helps", note, within=waiting)
        self.presses("Do not publish", within=waiting, may_complain="" if reason else "409")

    def _waiting(self, statement: str) -> Locator:
        return self.page.get_by_role("article").filter(has_text=statement)


class Official(Visitor):
    def opens_the_outcome(self, slug: str) -> None:
        self.opens(f"/c/{slug}")
        self.follows("Read the outcome")
        self.is_at("What came of it")

    def sorts_by(self, heading: str) -> None:
        self.page.get_by_role("columnheader").get_by_role("link", name=self.says(heading), exact=True).click()
        sorted_by = self.page.locator("th[aria-sort=descending], th[aria-sort=ascending]")
        expect(sorted_by).to_have_text(self.says(heading))
        self.tab.must_be_content()

    def column(self, heading: str) -> list[str]:
        """What stands in a column of the table of all statements, from top to bottom."""
        table = self.page.get_by_role("table", name=self.says("All statements with their votes"))
        headings = [text.strip() for text in table.locator("thead th").all_inner_texts()]
        place = headings.index(self.says(heading)) + 1
        return [text.strip() for text in table.locator(f"tbody tr > :nth-child({place})").all_inner_texts()]

    def number(self, label: str) -> int:
        """A large number at the top, by what stands below it."""
        stat = self.page.locator(".stat").filter(has_text=self.says(label))
        return int(stat.locator("b").inner_text())

    def reads_the_json(self) -> dict[str, Any]:
        """The data behind the link, fetched as the browser would, with its cookies."""
        link = self.page.get_by_role("link", name=self.says("Everything as JSON"))
        answer = self.page.request.get(f"{self.address}{link.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/json"
        return dict(json.loads(answer.body()))

    def downloads_the_files(self) -> dict[str, str]:
        """The archive, unpacked."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=self.says("The votes as CSV files")).click()
        assert waiting.value.suggested_filename.endswith("-polis.zip")
        with zipfile.ZipFile(Path(waiting.value.path())) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}
