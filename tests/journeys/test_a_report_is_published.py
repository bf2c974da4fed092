"""Fatima prepares the report in her browser and publishes it; Omar follows a sentence to what it rests on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from deliberation.ballot import Choice
from participation.database import now
from participation.statements.queries import statements_of
from tests.builders import make_account, make_consultation, make_votes, move_closing
from tests.journeys.staff import Facilitator, Official

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.journeys.conftest import Arrival


@pytest.fixture
def slug_and_email(town: Flask, worker_has_worked: Callable[[], None]) -> tuple[str, str]:
    """Twelve people agree with the first statement; it is closed and counted."""
    with town.app_context():
        fatima = make_account("Fatima")
        consultation = make_consultation(fatima)
        make_votes(consultation, statements_of(consultation.id)[0], [Choice.AGREE] * 12)
        move_closing(consultation, now() - timedelta(minutes=2))
        found = consultation.slug, fatima.email
    worker_has_worked()
    return found


def test_what_she_adds_is_saved_by_itself_and_published_as_hers(
    arrives: Arrival, slug_and_email: tuple[str, str]
) -> None:
    slug, email = slug_and_email
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    fatima.opens(f"/desk/c/{slug}")
    fatima.follows("The report")
    fatima.page.get_by_role("row", name="Mandate").get_by_role("link").click()
    fatima.fills("Your words in this section", "We wrote to every household.")
    expect(fatima.page.get_by_role("status")).to_contain_text("Saved in the draft at")
    fatima.opens(f"/desk/c/{slug}/report")
    fatima.follows("Publish the report …")
    fatima.page.get_by_role("checkbox").check()
    fatima.presses("Publish")
    fatima.sees("The report is published.")
    fatima.sees("We wrote to every household.")

    omar = arrives(Official, viewport={"width": 390, "height": 844})
    omar.opens(f"/c/{slug}")
    omar.follows("Read the report")
    sentence = omar.page.locator("#summary p", has_text="Finding 1: shared agreement.")
    sentence.get_by_role("link").click()
    expect(omar.page.locator("#statement-1")).to_be_in_viewport()
    expect(omar.page.locator("#statement-1")).to_contain_text("A person should decide.")
