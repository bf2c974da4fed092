"""The dossier's texts are translated beside its versions, which stay as they are, and readers know who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale, gettext
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.deployments.actions import publish_version, save_draft
from participation.deployments.queries import version_of
from participation.deployments.texts import texts_in
from participation.deployments.translations import (
    BetterDossierTextError,
    OwnDossierTextError,
    review_dossier_text,
    take_back_dossier_text,
    translate_dossier_text,
)
from participation.jobs.worker import WorkerProcess
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind as Body
from participation.translation.actions import ask_machine
from participation.translation.items import Kind, State
from participation.translation.queries import items_of
from tests.builders import make_account, make_consultation, make_dossier
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation
    from participation.translation.items import Item

PLACE = "summary_plain"


@pytest.fixture
def slug(app: Flask) -> str:
    """A consultation about the demonstration's dossier, which speaks English, French and Arabic."""
    with app.app_context():
        fatima = make_account("Fatima")
        consultation = make_consultation(fatima)
        consultation.dossier_version = make_dossier()
        db.session.commit()
        return consultation.slug


def dossier_items(consultation: Consultation, language: str) -> list[Item]:
    return [item for item in items_of(consultation, [language])[language] if item.kind is Kind.DOSSIER]


def item(consultation: Consultation, language: str = "de") -> Item:
    (found,) = (each for each in dossier_items(consultation, language) if each.place == PLACE)
    return found


def on_page(app: Flask, language: str) -> str:
    with app.app_context():
        deployment = make_dossier().deployment.slug
    return Citizen(app, language).opens(f"/d/{deployment}").text


def translates(consultation: Consultation, text: str, by: Account | None) -> None:
    one = item(consultation)
    deployment = consultation.dossier_version.deployment
    translate_dossier_text(deployment, PLACE, "de", text, made_from=one.source["text"], by=by)


def test_what_the_dossier_has_itself_is_not_on_the_desk(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        assert dossier_items(consultation, "fr") == []
        german = dossier_items(consultation, "de")
        places = {text.place for text in texts_in(consultation.dossier_version.content)}
        assert {each.place for each in german} == places
        assert {each.state for each in german} == {State.MISSING}


def test_a_translator_writes_it_on_the_desk_and_readers_read_it(app: Flask, slug: str) -> None:
    with app.app_context():
        fingerprint = make_dossier().sha256
        one, email = item(consultation_by_slug(slug)), db.session.scalars(select(Account.email)).one()
    fatima = Staff(app)
    fatima.signs_in(email)
    sent = {f"{one.key}-text": "Ein Modell hilft.", f"{one.key}-source-mark": one.source_mark}
    page = fatima.sends(f"/desk/c/{slug}/translations/de", **sent, **{f"{one.key}-target-mark": ""})
    assert "1 translation is saved." in page.text
    read = on_page(app, "de")
    assert "Ein Modell hilft." in read
    with app.app_context():
        assert item(consultation_by_slug(slug)).state is State.WRITTEN
        assert make_dossier().sha256 == fingerprint


def test_a_machines_words_are_labelled_and_never_replace_a_persons(
    app_with_machine: Flask, slug: str
) -> None:
    with app_with_machine.app_context():
        consultation = consultation_by_slug(slug)
        translates(consultation, "Ein Mensch hat das geschrieben.", make_account("Omar"))
        ask_machine(consultation, "de")
    for _round in range(3):
        with app_with_machine.app_context():
            WorkerProcess(app_with_machine).do_what_is_due()
    read = on_page(app_with_machine, "de")
    assert "Ein Mensch hat das geschrieben." in read
    assert "de: " in read
    with app_with_machine.test_request_context("/de/"):
        with force_locale("de"):
            assert gettext("Translated by machine, not checked. See the original") in read
        consultation = consultation_by_slug(slug)
        states = {each.place: each.state for each in dossier_items(consultation, "de")}
        assert states.pop(PLACE) is State.WRITTEN
        assert set(states.values()) == {State.MACHINE}
        with pytest.raises(BetterDossierTextError):
            translates(consultation, "de: again", None)


@pytest.mark.usefixtures("context")
def test_a_second_person_checks_it_and_it_can_be_taken_back(slug: str) -> None:
    consultation, omar, bakari = consultation_by_slug(slug), make_account("Omar"), make_account("Bakari")
    deployment, source = consultation.dossier_version.deployment, item(consultation).source["text"]
    translates(consultation, "Ein Modell hilft.", omar)
    with pytest.raises(OwnDossierTextError):
        review_dossier_text(deployment, PLACE, "de", "Ein Modell hilft.", made_from=source, by=omar)
    review_dossier_text(deployment, PLACE, "de", "Ein Modell hilft.", made_from=source, by=bakari)
    assert item(consultation).state is State.CHECKED
    with pytest.raises(BetterDossierTextError):
        translates(consultation, "Anders.", omar)
    take_back_dossier_text(deployment, PLACE, "de", "Ein Modell hilft.")
    assert item(consultation).state is State.MISSING
    translates(consultation, "Anders.", omar)


def test_when_the_source_changes_it_is_stale_and_no_longer_read(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        translates(consultation, "Ein Modell hilft.", make_account("Omar"))
        content = consultation.dossier_version.content
        fields = {**content["fields"], PLACE: {"en": "Another summary."}}
        newer = publish_version(save_draft({**content, "fields": fields}))
        consultation.dossier_version = newer
        db.session.commit()
        one = item(consultation)
        assert one.state is State.STALE
        assert one.target == {"text": "Ein Modell hilft."}
        deployment = newer.deployment.slug
        older = version_of(deployment, newer.number - 1)
        assert older
    reader = Citizen(app, "de")
    assert "Ein Modell hilft." not in reader.opens(f"/d/{deployment}").text
    # The version that it was made from is still read with it.
    assert "Ein Modell hilft." in reader.opens(f"/d/{deployment}/versions/{older.number}").text


@pytest.mark.usefixtures("context")
def test_nobody_translates_the_dossier_of_another_organisation(slug: str) -> None:
    consultation = consultation_by_slug(slug)
    assert dossier_items(consultation, "de")
    city = create_organisation(make_account("Omar"), name="Elsewhere", kind=Body.CITY, country="FI")
    consultation.dossier_version.deployment.organisation = city
    db.session.commit()
    assert not dossier_items(consultation, "de")
