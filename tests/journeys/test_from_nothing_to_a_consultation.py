"""Fatima has never seen the platform. She builds the demonstration's consultation with nothing but its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.journeys.builder import Builder, Clock
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

COMMENT = "Please say who is liable if the model is wrong."


def test_she_builds_it_with_nothing_but_the_screens(town: Flask, arrives: Arrival) -> None:
    with town.app_context():
        account = make_account("Fatima")
        create_organisation(account, name="City of Velmora", kind=Kind.CITY, country="FI")
        email = account.email
    clock, fatima = Clock(), arrives(Builder)
    with clock.step("she signs in"):
        fatima.signs_in(email)
    with clock.step("the dossier is begun, and its mandatory facts are typed"):
        fatima.begins_the_dossier(of="City of Velmora")
        fatima.types_the_dossier()
    with clock.step("the dossier is published"):
        fatima.publishes_the_dossier()
    with clock.step("the consultation is begun with a template"):
        fatima.begins_with_a_template()
    with clock.step("languages are chosen, and the texts written in each"):
        fatima.chooses_languages()
        fatima.types_texts()
    with clock.step("days, organisation and dossier are chosen, and the draft is saved"):
        fatima.chooses_days()
        fatima.chooses("City of Velmora", "Who runs it")
        fatima.chooses(fatima.dossier_slug, "Dossier of the AI system")
        fatima.presses("Save as a draft")
        fatima.sees("10 more first statements are needed")
    with clock.step("one first statement is typed, with its translations and its side"):
        fatima.follows("Write, mark and translate first statements")
        fatima.types_one_statement()
    with clock.step("the others come from a file"):
        fatima.uploads_the_other_statements()
    with clock.step("the policy of moderation is read as the public will read it"):
        fatima.follows("The rules for statements")
        fatima.sees("Facilitators publish every statement that contains one idea on the topic")
        fatima.goes_back()
        fatima.sees("Nothing is missing.")
    with clock.step("a minister reads the draft by a link, and comments"):
        minister = arrives(Citizen)
        fatima.lets_read(minister, COMMENT)
    with clock.step("it is published, opens, and is read in two languages"):
        fatima.presses("Publish")
        yasmin = arrives(Citizen, "ar")
        yasmin.opens_home()
        yasmin.chooses_consultation(fatima.content.dossiers["ar"].title)
        minister.opens("/")
        minister.chooses_consultation(fatima.content.dossiers["en"].title)
        minister.reads_and_starts()
        assert minister.votes("Agree") in {seed.texts["en"] for seed in fatima.seeds}
    print(f"\n{clock}")  # noqa: T201 - what the story is told for
