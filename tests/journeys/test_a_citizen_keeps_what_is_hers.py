"""Amina follows her statement, continues on her phone without scripts, and is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

STATEMENT = "Train the case workers first."


def test_from_her_laptop_to_her_phone_and_out_again(town: Flask, arrives: Arrival) -> None:
    with town.app_context():
        slug = make_consultation().slug
    laptop = arrives(Citizen, java_script_enabled=False)
    phone = arrives(Citizen, java_script_enabled=False, viewport={"width": 320, "height": 568})

    laptop.opens(f"/c/{slug}/vote")
    voted = laptop.votes("Agree")
    laptop.adds_statement(STATEMENT)
    laptop.follows("Your contributions so far")
    laptop.is_at("Your contributions")
    laptop.sees(STATEMENT)

    laptop.follows("Continue on another device")
    laptop.presses("Make a private link")
    phone.tab.goto(laptop.page.get_by_label("The link").input_value())
    phone.presses("Continue here")
    phone.is_told("Done. What you gave on your other device is yours here too.")
    phone.sees(STATEMENT)
    phone.follows("See and change your votes")
    assert phone.has_said(voted) == "Agree"

    phone.opens(f"/c/{slug}/you")
    phone.follows("Erase me")
    phone.presses("Erase me")
    phone.sees("Please tick the box if you want to be erased. Nothing has been erased yet.")
    phone.page.get_by_label("Withdraw them: they are deleted.").check()
    phone.page.get_by_label("I understand that this cannot be undone.").check()
    phone.presses("Erase me")
    phone.sees("From this browser, nobody has taken part here yet.")

    laptop.opens(f"/c/{slug}/you")
    laptop.sees("From this browser, nobody has taken part here yet.")
