"""Fatima invites Omar in French by mail; he joins by the link in it, and later forgets his password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from participation.database import db
from participation.mail.models import Mail
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

OMAR = "omar@city.example"
FIRST, SECOND = "harbour violin gravel moon", "lantern orchard pebble cloud"


def link_to_omar(town: Flask) -> str:
    """The path in the letter to him that waits, behind the language."""
    with town.app_context():
        (letter,) = db.session.scalars(select(Mail.letter).where(Mail.recipient == OMAR))
        path: str = letter["action"]["url"].removeprefix("https://baraza.city.example")
        assert path.startswith(("/fr/", "/en/"))
        return path[3:]


def test_he_joins_by_the_letter_and_comes_back_by_another(town: Flask, arrives: Arrival) -> None:
    with town.app_context():
        account = make_account("Fatima")
        create_organisation(account, name="City of Velmora", kind=Kind.CITY, country="FI")
        email = account.email
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    fatima.follows("Its people, and inviting others")
    fatima.fills("E-mail addresses", OMAR)
    fatima.page.get_by_label("Translator: translates texts and statements").check()
    fatima.chooses("Français", "Language of the invitation")
    fatima.presses("Invite")
    fatima.sees("Mail on its way")

    omar = arrives(Facilitator)
    omar.opens(link_to_omar(town))
    omar.fills("Your name", "Omar")
    omar.fills("Choose a password", FIRST)
    omar.presses("Join")
    omar.is_at("Your consultations")
    omar.presses("Sign out")

    omar.follows("Sign in, for facilitators and officials")
    omar.follows("Forgotten your password?")
    omar.fills("E-mail address", OMAR)
    omar.presses("Send the link")
    omar.sees("Look into your mailbox")
    omar.opens(link_to_omar(town))
    omar.fills("New password", SECOND)
    omar.fills("New password, once more", SECOND)
    omar.presses("Change your password")
    omar.fills("E-mail address", OMAR)
    omar.fills("Password", SECOND)
    omar.presses("Sign in")
    omar.is_at("Your consultations")
    fatima.opens("/desk/organisations/city-of-velmora")
    fatima.sees("Omar")
