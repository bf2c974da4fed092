"""A device for everybody: each person finds it as if nobody had been there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.accounts.models import AccountSession
from participation.consultations.models import Channel, Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.transparency.committing import write_down_votes
from tests.builders import make_account, make_camps, make_consultation
from tests.participation.transparency.alterations import sign
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask


class Kiosk(Citizen, Staff):
    """A device on which a facilitator signs in and which everybody then uses."""

    email = ""
    slug = ""

    def holds(self) -> set[str]:
        """The cookies of this browser, by name."""
        return {cookie.key for cookie in self.client._cookies.values()}  # noqa: SLF001 - the client lists them nowhere else


@pytest.fixture
def kiosk(app: Flask) -> Kiosk:
    with app.app_context():
        fatima = make_account("Fatima")
        slug, email = make_consultation(fatima, languages=("en", "ar")).slug, fatima.email
    kiosk = Kiosk(app)
    kiosk.slug, kiosk.email = slug, email
    kiosk.votes(slug, Choice.PASS)  # from Fatima's own days
    kiosk.signs_in(email)
    page = kiosk.sends(f"/desk/c/{slug}/rooms/kiosk")
    assert "This device forgets you" in page.text
    return kiosk


def test_the_facilitator_is_signed_out_and_the_desk_out_of_reach(app: Flask, kiosk: Kiosk) -> None:
    page = kiosk.opens(f"/desk/c/{kiosk.slug}")
    assert "Password" in page.text
    with app.app_context():
        assert db.session.scalars(select(AccountSession)).all() == []


def test_nothing_is_left_of_whoever_has_finished(app: Flask, kiosk: Kiosk) -> None:
    kiosk.votes(kiosk.slug, Choice.AGREE)
    assert "I have finished" in kiosk.sees_card(kiosk.slug).text
    kiosk.opens(f"/c/{kiosk.slug}/kiosk")
    assert not any(name.startswith(("participant-", "session")) for name in kiosk.holds())
    # The next one, and whoever presses "back" in the browser.
    for path in ("votes", "you"):
        assert "Agree" not in kiosk.opens(f"/c/{kiosk.slug}/{path}").html.main.get_text()
    assert "0 of 3" in kiosk.sees_card(kiosk.slug).text
    assert kiosk.client.get(f"/en/c/{kiosk.slug}/votes").headers["Cache-Control"] == "no-store"
    kiosk.votes(kiosk.slug, Choice.DISAGREE)
    with app.app_context():
        people = db.session.scalars(select(Participant.channel).order_by(Participant.id)).all()
    assert people == [Channel.ONLINE, Channel.KIOSK, Channel.KIOSK]


def test_it_forgets_what_was_said_elsewhere_too(app: Flask, kiosk: Kiosk) -> None:
    with app.app_context():
        other = make_consultation().slug
    kiosk.votes(other, Choice.AGREE)
    page = kiosk.opens(f"/c/{other}/kiosk")
    assert "This device forgets you" in page.text
    assert "0 of 3" in kiosk.sees_card(other).text


def test_without_script_it_asks_before_it_forgets(kiosk: Kiosk) -> None:
    page = kiosk.sees_card(kiosk.slug)
    goes_to = page.html.select_one("noscript meta[http-equiv=refresh]")["content"]
    seconds, _, address = goes_to.partition("; url=")
    assert seconds == "120"
    asks = kiosk.opens(address.removeprefix("/en"))
    assert f"/en/c/{kiosk.slug}/vote" in asks.html.select_one("main a.button")["href"]
    assert asks.html.select_one("meta[http-equiv=refresh]")["content"].startswith("30; ")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/%09\\evil.example",
        "/%0A/evil.example",
    ],
)
def test_going_on_leads_nowhere_else(kiosk: Kiosk, elsewhere: str) -> None:
    page = kiosk.opens(f"/c/{kiosk.slug}/kiosk/still-here?back={elsewhere}")
    assert page.html.select_one("main a.button")["href"] == f"/en/c/{kiosk.slug}/vote"


def test_nothing_of_somebody_is_saved_on_it_but_on_their_phone(app: Flask, kiosk: Kiosk) -> None:
    with app.app_context():
        consultation = consultation_by_slug(kiosk.slug)
        make_camps(consultation, people=20)
        kiosk.votes(kiosk.slug, Choice.AGREE)
        write_down_votes(consultation.id)
        sign()
    here = f"/c/{kiosk.slug}"
    files = ("votes/receipt.json", "votes/receipt-opened.json", "you/data.json")
    for path in ("votes/receipt", "you/data"):
        page = kiosk.opens(f"{here}/{path}")
        assert "Continue on your own phone, and save it there." in page.text
        assert not page.html.select("a[href$='.json']")
    for file in files:
        answer = kiosk.opens(f"{here}/{file}")
        assert answer.status == 403
        assert "nothing of yours can be saved on it" in answer.text
    link = kiosk.sends(f"{here}/you/device").html.select_one("#link")["value"]
    phone = Citizen(app)
    phone.sends(str(link).partition("/en")[2])
    assert {phone.client.get(f"/en{here}/{file}").status_code for file in files} == {200}
    assert "Save the opened receipt" in phone.opens(f"{here}/votes/receipt").text


def test_signing_in_ends_it(app: Flask, kiosk: Kiosk) -> None:
    kiosk.votes(kiosk.slug, Choice.AGREE)
    page = kiosk.signs_in(kiosk.email)
    assert "Your consultations" in page.text
    assert "kiosk" not in kiosk.holds()
    assert "0 of 3" in kiosk.sees_card(kiosk.slug).text
    assert "I have finished" not in kiosk.sees_card(kiosk.slug).text
    assert app


def test_an_ordinary_browser_is_no_kiosk(app: Flask, kiosk: Kiosk) -> None:
    amina = Citizen(app)
    amina.votes(kiosk.slug, Choice.AGREE)
    page = amina.opens(f"/c/{kiosk.slug}/kiosk")
    assert "This device forgets you" not in page.text
    assert "1 of 3" in amina.sees_card(kiosk.slug).text


def test_only_who_runs_the_consultation_makes_a_kiosk(app: Flask, kiosk: Kiosk) -> None:
    with app.app_context():
        stranger = make_account("Stranger").email
    somebody = Staff(app)
    assert somebody.sends(f"/desk/c/{kiosk.slug}/rooms/kiosk").status == 401
    somebody.signs_in(stranger)
    assert somebody.sends(f"/desk/c/{kiosk.slug}/rooms/kiosk").status == 403
