"""Amina looks at what became of what she said, and takes all of it with her."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.accounts.models import Account
from participation.consultations.queries import consultation_by_slug
from participation.contributions.own_data import own_data
from participation.contributions.own_data_sections import SECTIONS
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import decide
from participation.moderation.models import Reason, Verdict
from participation.statements.queries import statement_with_text
from participation.votes.models import Vote
from tests.builders import make_account, make_consultation, make_votes, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

HERS = "Train the case workers first."


@dataclass
class Story:
    """Amina has written a statement in a consultation that Fatima runs."""

    app: Flask
    slug: str
    amina: Citizen

    def fatima_decides(self, verdict: Verdict, reason: Reason | None = None, note: str = "") -> None:
        with self.app.app_context():
            consultation = consultation_by_slug(self.slug)
            statement = statement_with_text(consultation.id, HERS)
            fatima = db.session.scalars(select(Account)).one()
            decide(consultation, statement, verdict, by=fatima, reason=reason, note=note)

    def people_vote(self, *choices: Choice) -> None:
        with self.app.app_context():
            consultation = consultation_by_slug(self.slug)
            make_votes(consultation, statement_with_text(consultation.id, HERS), choices)
            WorkerProcess(self.app).do_what_is_due()

    def it_closes(self) -> None:
        with self.app.app_context():
            move_closing(consultation_by_slug(self.slug), now())

    def amina_looks(self) -> Page:
        return self.amina.opens(f"/c/{self.slug}/you")

    def her_file(self) -> dict[str, object]:
        answer = self.amina.client.get(f"/en/c/{self.slug}/you/data.json")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]
        return json.loads(answer.text)


@pytest.fixture
def story(app: Flask) -> Story:
    with app.app_context():
        consultation = make_consultation(make_account("Fatima"))
    amina = Citizen(app)
    amina.writes(consultation.slug, HERS)
    return Story(app, consultation.slug, amina)


def steps(page: Page) -> list[str]:
    return [sentence.get_text(strip=True) for sentence in page.html.select(".step__sentence")]


def test_it_is_received_and_waits_for_a_person(story: Story) -> None:
    received, waiting = steps(story.amina_looks())
    assert received.startswith("Received on ")
    assert waiting == "A facilitator has not read it yet."


def test_it_is_not_published_and_she_reads_why(story: Story) -> None:
    story.fatima_decides(Verdict.REJECT, Reason.OFF_TOPIC, "Tell us how it bears on the model.")
    page = story.amina_looks()
    assert [step.split(" on ")[0] for step in steps(page)] == [
        "Received",
        "Read by a person",
        "Not published.",
    ]
    assert "It is about something else than the question" in page.text
    assert "Tell us how it bears on the model." in page.text
    assert "Fatima" not in page.text


def test_it_is_published_and_nobody_has_voted(story: Story) -> None:
    story.fatima_decides(Verdict.ACCEPT)
    page = story.amina_looks()
    assert "Published: others can vote on it." in steps(page)
    assert "have not been counted yet" in page.text


def test_a_handful_of_votes_is_not_shown(story: Story) -> None:
    story.fatima_decides(Verdict.ACCEPT)
    story.people_vote(*[Choice.AGREE] * 4)
    page = story.amina_looks()
    assert "Fewer than five people" in page.text
    assert "Agree: 4" not in page.text


def test_she_reads_how_people_voted(story: Story) -> None:
    story.fatima_decides(Verdict.ACCEPT)
    story.people_vote(*[Choice.AGREE] * 9, *[Choice.DISAGREE] * 2, Choice.PASS)
    page = story.amina_looks()
    assert "More than half of those who voted on it agree." in page.text
    assert "Agree: 9. Disagree: 2. Pass: 1." in page.text
    assert "75% agree" in page.text


def test_she_reads_that_it_is_common_ground(story: Story) -> None:
    story.fatima_decides(Verdict.ACCEPT)
    story.people_vote(*[Choice.AGREE] * 60)
    assert "Your statement is common ground" in steps(story.amina_looks())[-1]


def test_she_reads_that_all_disagree(story: Story) -> None:
    story.fatima_decides(Verdict.ACCEPT)
    story.people_vote(*[Choice.DISAGREE] * 60)
    assert "a majority of those who took a side disagrees with it" in steps(story.amina_looks())[-1]


def test_it_closed_before_anybody_decided(story: Story) -> None:
    story.it_closes()
    page = story.amina_looks()
    assert "closed before anybody decided about it" in steps(page)[-1]
    assert "Add a statement" not in page.text


def test_the_old_address_leads_here(story: Story) -> None:
    page = story.amina.opens(f"/c/{story.slug}/statements")
    assert page.html.h1.get_text(strip=True) == "Your contributions"


def test_nobody_else_sees_it(story: Story) -> None:
    bakari = Citizen(story.app)
    for path in ("you", "you/data", "you/erase", "you/data.json"):
        assert HERS not in bakari.client.get(f"/en/c/{story.slug}/{path}").text


def test_looking_leaves_no_cookie(story: Story) -> None:
    passer_by = Citizen(story.app)
    for path in ("you", "you/data", "you/data.json", "you/erase", "you/device"):
        passer_by.opens(f"/c/{story.slug}/{path}")
    assert {cookie.key for cookie in passer_by.client._cookies.values()} <= {"language", "session"}  # noqa: SLF001 - listed nowhere else


def test_her_file_has_everything_of_hers_and_nothing_of_others(story: Story) -> None:
    story.amina.votes(story.slug, Choice.AGREE)
    with story.app.app_context():
        statement_id = db.session.scalars(select(Vote.statement_id)).one()
    story.amina.votes(story.slug, Choice.PASS, statement_id)
    story.fatima_decides(Verdict.REJECT, Reason.QUESTION, "A claim?")
    Citizen(story.app).writes(story.slug, "Bakari wrote this.")
    file = story.her_file()
    assert [vote["choice"] for vote in file["votes"]] == ["pass"]
    assert [vote["choice"] for vote in file["earlier_votes"]] == ["agree"]
    assert [(row["text"], row["state"]) for row in file["statements"]] == [(HERS, "rejected")]
    assert [(row["reason"], row["note"]) for row in file["decisions"]] == [("question", "A claim?")]
    assert file["participation"] == [{"language": "en", "channel": "online", "rooms": 0, "browsers": 1}]
    assert "Bakari" not in json.dumps(file)
    assert "Fatima" not in json.dumps(file)


def test_every_key_in_the_file_is_explained_in_her_language(story: Story) -> None:
    story.amina.votes(story.slug, Choice.AGREE)
    story.amina.sends(f"/c/{story.slug}/you/device")
    story.fatima_decides(Verdict.ACCEPT)
    story.people_vote(*[Choice.AGREE] * 5)
    file = story.her_file()
    for section in SECTIONS:
        for row in file[section.key]:
            assert list(row) == list(file["meaning"][section.key]["fields"])


def test_the_page_shows_what_the_file_has(story: Story) -> None:
    story.amina.votes(story.slug, Choice.AGREE)
    story.it_closes()
    page = story.amina.opens(f"/c/{story.slug}/you/data")
    headings = [heading.get_text(strip=True) for heading in page.html.select("h2")]
    assert headings == [str(section.title) for section in SECTIONS]
    assert HERS in page.text
    votes = page.html.select_one("#votes").find_parent("section")
    assert "Agree" in votes.select_one("tbody tr").get_text(" ").split()


def test_somebody_who_was_never_here_has_an_empty_file(story: Story) -> None:
    with story.app.test_request_context():
        file = own_data(consultation_by_slug(story.slug), None)
    assert not any(file[section.key] for section in SECTIONS)
