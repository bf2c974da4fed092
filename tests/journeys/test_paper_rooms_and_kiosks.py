"""Votes that come from elsewhere than a phone at home: from a pile of paper, a device in the library, a room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.paper.actions import open_batch, print_sheets
from participation.paper.models import BallotSheet
from participation.rooms.actions import open_session
from participation.rooms.models import GroupSession
from participation.statements.actions import add_seed
from tests.browser import accessibility_faults
from tests.builders import make_account, make_consultation
from tests.journeys.citizen import Citizen
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

# As long as a statement may be, in the script that needs most room.
DEVANAGARI = (
    "परिषद हर साल प्रकाशित करे कि मॉडल कितनी बार गलत था, किसके लिए, और उसके बारे में क्या किया गया, "
    "ऐसे शब्दों में जिन्हें हर व्यक्ति आसानी से समझ सके और पूछ सके कि क्यों ऐसा हुआ था आखिर में।"
)
TWO_MINUTES, HALF_A_MINUTE, A_LOOK = 121_000, 31_000, 5_000


@pytest.fixture
def fatima(town: Flask, arrives: Arrival) -> Facilitator:
    with town.app_context():
        email = make_account("Fatima").email
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    return fatima


@pytest.fixture
def slug(town: Flask, fatima: Facilitator) -> str:
    with town.app_context():
        return make_consultation(account_by_email(fatima.email)).slug


def test_a_sheet_is_typed_in_with_one_key_for_each_line(town: Flask, fatima: Facilitator, slug: str) -> None:
    with town.app_context():
        consultation, account = consultation_by_slug(slug), account_by_email(fatima.email)
        codes = [code for code, _on_it in print_sheets(consultation, number=2, on_each=3, language="en")]
        open_batch(consultation, by=account, place="Library", collected_on=now().date())
    fatima.opens(f"/desk/c/{slug}/paper/1?typing=1")
    keyboard, focused = fatima.page.keyboard, fatima.page.locator(":focus")
    for code in codes:
        expect(focused).to_have_attribute("name", "sheet")
        keyboard.type(code.lower())
        keyboard.press("Enter")
        fatima.page.wait_for_url(re.compile("sheet="))
        expect(focused).to_have_attribute("name", "answer-1")
        for key in "120":
            keyboard.press(key)
        expect(focused).to_have_text("Save this sheet")
        keyboard.press("Enter")
        fatima.is_told("Sheet %(code)s is typed in.", code=code.lower())
    with town.app_context():
        typed = db.session.scalars(select(BallotSheet.answers)).all()
    assert typed == [[Choice.AGREE, Choice.DISAGREE, None]] * 2


def test_each_sheet_is_a_page_however_long_its_statements(
    town: Flask, fatima: Facilitator, slug: str
) -> None:
    with town.app_context():
        consultation = consultation_by_slug(slug)
        for number in range(1, 9):
            add_seed(consultation, f"Statement number {number} is about the model.", "en")
        db.session.commit()
    fatima.opens(f"/desk/c/{slug}/paper")
    fatima.fills("How many sheets?", "3")
    fatima.presses("Make sheets in English")
    assert not accessibility_faults(fatima.page)
    for ballot in fatima.page.locator(".ballot__statement[scope=row]").all():
        ballot.evaluate("(element, text) => { element.lang = 'hi'; element.textContent = text }", DEVANAGARI)
    assert fatima.page.pdf(format="A4").count(b"/Type /Page\n") == 3


def test_a_device_in_the_library_forgets_whoever_walks_away(fatima: Facilitator, slug: str) -> None:
    fatima.opens(f"/desk/c/{slug}/rooms")
    fatima.presses("Sign out and begin in English")
    fatima.sees("This device forgets you when you have finished.")
    # The same browser, with somebody else before it.
    device = Citizen(fatima.context, fatima.app, fatima.address)
    device.page.clock.install()
    device.opens(f"/c/{slug}/kiosk")
    device.follows("English")
    device.votes("Disagree")
    device.page.evaluate("localStorage.setItem('unsent x', '1')")
    device.follows("Your votes")
    expect(device.page.locator("main [aria-pressed=true]")).to_have_count(1)
    device.page.clock.run_for(TWO_MINUTES)
    expect(device.page.get_by_role("alert")).to_contain_text("Are you still there?")
    # A touch is answer enough.
    device.page.mouse.click(5, 5)
    expect(device.page.get_by_role("alert")).to_be_hidden()
    device.page.clock.run_for(TWO_MINUTES)
    device.page.clock.run_for(HALF_A_MINUTE)
    device.page.wait_for_url(re.compile("/kiosk$"))
    assert device.page.evaluate("localStorage.length + sessionStorage.length") == 0
    device.goes_back()
    device.sees("You have voted on %(voted)s of %(total)s statements.", voted="0", total="3")
    device.tab.must_be_content()


def test_the_phones_follow_the_screen(town: Flask, fatima: Facilitator, slug: str, arrives: Arrival) -> None:
    with town.app_context():
        begun = open_session(consultation_by_slug(slug), by=account_by_email(fatima.email), statements=3)
        code, session_id = begun.code, begun.id
    amina, bakari = arrives(Citizen), arrives(Citizen)
    fatima.page.clock.install()
    fatima.opens(f"/desk/c/{slug}/rooms/{session_id}")
    for person in (amina, bakari):
        person.page.clock.install()
        person.opens(f"/c/{slug}/room/{code}")
        person.presses("Take part")
        person.sees("The first statement comes soon.")
    fatima.page.clock.run_for(A_LOOK)
    fatima.sees("2 people are here")
    fatima.presses("Show the first statement")
    for person in (amina, bakari):
        person.page.clock.run_for(A_LOOK)
        expect(person.card.get_by_role("heading")).to_have_text(_on_the_screen(fatima))
    amina.presses("Agree")
    amina.is_told("Your answer is kept. Wait for the next statement, or change your mind.")
    fatima.page.clock.run_for(A_LOOK)
    fatima.sees("1 of 2 have answered")
    fatima.presses("Next statement")
    for person in (amina, bakari):
        person.page.clock.run_for(A_LOOK)
    # Amina has answered and is taken along; Bakari is still reading and only told.
    expect(amina.card.get_by_role("heading")).to_have_text(_on_the_screen(fatima))
    bakari.is_told("The room is at the next statement. Answer this one first, or go on.")
    bakari.follows("Look at the statement on the screen")
    expect(bakari.card.get_by_role("heading")).to_have_text(_on_the_screen(fatima))
    with town.app_context():
        assert db.session.get_one(GroupSession, session_id).place == 2


def _on_the_screen(fatima: Facilitator) -> str:
    return fatima.page.locator(".screen__statement").inner_text()
