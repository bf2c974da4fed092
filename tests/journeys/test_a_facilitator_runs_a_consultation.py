"""Fatima creates a consultation in two languages, opens it, reads what people submit, and closes it."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from participation.accounts.queries import account_by_email
from participation.database import now
from participation.moderation.forms import REASONS
from participation.moderation.models import Reason
from tests.browser import accessibility_faults
from tests.builders import make_account, make_consultation, make_dossier
from tests.journeys.citizen import Citizen
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

GOOD = "Case workers must be trained first."
BAD = "Who pays for this?"
FIRST_STATEMENTS = "text;language;leaning;ar\n" + "".join(
    f"Cameras, {number}.;en;{side};كاميرات {number}\n"
    for number, side in zip(range(10), cycle(("for", "against", "neither")), strict=False)
)
A_QUESTION = str(REASONS[Reason.QUESTION])


@pytest.fixture
def fatima(town: Flask, arrives: Arrival) -> Facilitator:
    with town.app_context():
        email = make_account("Fatima").email
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    return fatima


@pytest.fixture
def amina(fatima: Facilitator, arrives: Arrival, town: Flask) -> Citizen:
    """She has written two statements in the consultation that Fatima runs."""
    with town.app_context():
        slug = make_consultation(account_by_email(fatima.email)).slug
    amina = arrives(Citizen)
    for text in (GOOD, BAD):
        amina.opens(f"/c/{slug}/vote")
        amina.adds_statement(text)
    fatima.opens("/desk")
    fatima.follows("Should a model rank applications? (en)")
    return amina


def test_from_an_empty_desk_to_a_closed_consultation(
    town: Flask, fatima: Facilitator, arrives: Arrival
) -> None:
    with town.app_context():
        dossier = make_dossier().deployment.slug
    fatima.sees("You have no consultation yet.")
    fatima.begins_a_consultation(starts_in=timedelta(days=2), lasts=timedelta(days=14))
    fatima.fills("Answer promised by", (now() + timedelta(days=90)).date().isoformat())
    fatima.describes_it_in(
        "English", title="Cameras", question="May cameras count cars?", summary="They *count*."
    )
    fatima.describes_it_in(
        "Arabic", title="كاميرات", question="هل تعد الكاميرات السيارات؟", summary="إنها تعد."
    )
    fatima.presses("Save as a draft")
    fatima.is_told("The consultation is saved as a draft. Only you can see it until you publish it.")
    fatima.sees("There is no dossier: people would vote without the facts about the AI system.")

    fatima.follows("Write, mark and translate first statements")
    fatima.uploads_first_statements(FIRST_STATEMENTS)
    fatima.presses("Add these 10 statements")
    fatima.follows("Back to running the consultation")
    fatima.follows("Choose a dossier")
    fatima.chooses(dossier, "Dossier of the AI system")
    fatima.presses("Save the draft")

    amina = arrives(Citizen)
    amina.opens_home()
    amina.does_not_see("Cameras")
    fatima.presses("Publish")
    amina.opens_home()
    amina.sees("Coming soon")
    amina.chooses_consultation("Cameras")
    amina.does_not_see("Start voting")
    fatima.presses("Open it now")
    amina.page.reload()
    amina.reads_and_starts()
    assert {amina.votes("Agree"), amina.votes("Agree")} <= {f"Cameras, {number}." for number in range(10)}

    yasmin = arrives(Citizen, "ar")
    yasmin.opens_home()
    yasmin.chooses_consultation("كاميرات")

    fatima.unfolds("Close now …")
    fatima.presses("Close now")
    amina.opens_home()
    amina.sees("Closed: read what came of it")


def test_what_is_missing_is_said_and_nothing_is_lost(fatima: Facilitator) -> None:
    fatima.begins_a_consultation(starts_in=timedelta(days=2), lasts=timedelta(days=-1))
    fatima.describes_it_in("French", title="", question="Des caméras ?", summary="")
    fatima.gives_first_statements(["Twice.", "Twice."])
    fatima.presses("Save as a draft")
    fatima.sees("The last day must not be before the first day.")
    fatima.sees("Statement %(number)s stands there twice.", number=2)
    fatima.sees("Please write this text too, in this language.")
    assert fatima.page.locator("[name=fr-question]").input_value() == "Des caméras ?"
    assert fatima.page.locator("[name=seeds]").input_value() == "Twice.\nTwice."
    assert not accessibility_faults(fatima.page)


def test_she_accepts_one_statement_and_rejects_another(fatima: Facilitator, amina: Citizen) -> None:
    fatima.opens_the_queue()
    fatima.accepts(GOOD)
    fatima.rejects(BAD, reason=A_QUESTION, note="Write it as a claim.")
    fatima.sees("Nothing is waiting.")

    amina.follows("Go on voting")
    amina.follows("Add a statement")
    amina.follows("Your contributions so far")
    amina.sees("Published: others can vote on it.")
    amina.sees("Not published.")
    amina.sees(A_QUESTION)
    amina.sees("Write it as a claim.")


def test_a_rejection_needs_a_reason_and_keeps_the_note(fatima: Facilitator, amina: Citizen) -> None:
    fatima.opens_the_queue()
    fatima.rejects(BAD, reason=None, note="Write it as a claim.")
    fatima.sees("Please choose the reason: the author will read it.")
    assert fatima.page.locator("[name=note]").last.input_value() == "Write it as a claim."
    amina.page.reload()
    amina.does_not_see("Not published.")


@pytest.mark.usefixtures("amina")
def test_others_vote_on_what_was_accepted_and_never_see_what_was_not(
    fatima: Facilitator, arrives: Arrival
) -> None:
    fatima.opens_the_queue()
    fatima.accepts(GOOD)
    fatima.rejects(BAD, reason=A_QUESTION)
    bakari = arrives(Citizen)
    bakari.opens("/")
    bakari.chooses_consultation("Should a model rank applications? (en)")
    bakari.reads_and_starts()
    bakari.has_voted_on(0, 4)
    seen = {bakari.votes("Pass") for _statement in range(4)}
    assert GOOD in seen
    assert BAD not in seen
