"""Invitations go out by mail, several at once, in the language that Fatima chooses; and she may think again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from participation.accounts.queries import account_by_email
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.mail.actions import work_on_outbox
from participation.mail.models import Mail, State
from participation.organisations.models import Invitation, Role
from participation.organisations.queries import organisation_by_slug, role_at
from tests.builders import make_account
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskCliRunner

    from tests.people import Page

PASSWORD = "harbour violin gravel moon"
PEOPLE = "/desk/organisations/city-of-velmora"


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    fatima.sends("/desk/organisations/new", name="City of Velmora", kind="city", country="KE")
    return fatima


@pytest.fixture
def no_mail(app: Flask) -> Iterator[None]:
    config = app.extensions["baraza_config"]
    app.extensions["baraza_config"] = replace(config, mail=None)
    yield
    app.extensions["baraza_config"] = config


def invites(fatima: Staff, emails: str, language: str = "en") -> Page:
    return fatima.sends(f"{PEOPLE}/invitations", emails=emails, role="moderator", language=language)


def invited(app: Flask) -> list[Invitation]:
    with app.app_context():
        return list(db.session.scalars(select(Invitation).order_by(Invitation.email)))


def letters(app: Flask) -> list[Mail]:
    with app.app_context():
        return list(db.session.scalars(select(Mail).order_by(Mail.recipient)))


def link_in(mail: Mail) -> str:
    return str(mail.letter["action"]["url"]).removeprefix("https://baraza.city.example/en")


def test_several_people_get_a_letter_each_in_the_language_she_chose(app: Flask, fatima: Staff) -> None:
    page = invites(fatima, "omar@city.example, ada@city.example\r\n OMAR@city.example", language="fr")
    assert "2 invitations are on their way by mail." in page.text
    assert "Mail on its way" in page.text
    ada, omar = letters(app)
    assert (ada.recipient, omar.recipient) == ("ada@city.example", "omar@city.example")
    assert omar.language == "fr"
    assert omar.letter["action"]["url"].startswith("https://baraza.city.example/fr/invitations/")
    assert any("Fatima" in paragraph for paragraph in omar.letter["paragraphs"])
    assert omar.letter["action"]["url"] != ada.letter["action"]["url"]


def test_she_sees_whether_the_mail_went_out(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example")
    with app.app_context():
        work_on_outbox()
    assert "Mail sent" in fatima.opens(PEOPLE).text
    with app.app_context():
        db.session.execute(update(Mail).values(state=State.REFUSED))
        db.session.commit()
    assert "The mail did not arrive" in fatima.opens(PEOPLE).text


def test_with_one_wrong_address_nobody_is_invited_and_nothing_typed_is_lost(
    app: Flask, fatima: Staff
) -> None:
    page = invites(fatima, "omar@city.example\r\nada(at)city.example\r\nsam@")
    assert page.status == 400
    assert "ada(at)city.example · sam@" in page.text
    assert page.field("emails").split() == ["omar@city.example", "ada(at)city.example", "sam@"]
    assert not invited(app)
    assert not letters(app)


@pytest.mark.parametrize(
    "emails", ["", " , ;", "\r\n".join(f"p{number}@city.example" for number in range(51))]
)
def test_nobody_and_too_many_are_refused(app: Flask, fatima: Staff, emails: str) -> None:
    assert invites(fatima, emails).status == 400
    assert not invited(app)


def test_sending_again_makes_the_first_link_worthless(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example")
    first = link_in(letters(app)[0])
    fatima.sends(f"{PEOPLE}/invitations/{invited(app)[0].id}/renew")
    (second,) = letters(app)
    assert Citizen(app).opens(first).status == 410
    assert Citizen(app).opens(link_in(second)).status == 200


def test_a_link_to_hand_over_needs_no_mail(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example")
    page = fatima.sends(f"{PEOPLE}/invitations/{invited(app)[0].id}/renew", way="link")
    link = page.html.select_one("code").text.partition("/en")[2]
    assert Citizen(app).opens(link).status == 200
    assert not letters(app)
    assert "Link handed over" in fatima.opens(PEOPLE).text


def test_taking_back_also_stops_a_letter_that_waits(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example")
    number = invited(app)[0].id
    fatima.sends(f"{PEOPLE}/invitations/{number}/withdraw")
    assert not letters(app)
    assert fatima.sends(f"{PEOPLE}/invitations/{number}/withdraw").status == 200
    assert fatima.sends(f"{PEOPLE}/invitations/{number}/renew").status == 410


@pytest.mark.usefixtures("no_mail")
def test_without_a_mail_server_she_gets_the_links_and_is_told(app: Flask, fatima: Staff) -> None:
    assert "This site sends no mail" in fatima.opens(PEOPLE).text
    page = invites(fatima, "omar@city.example ada@city.example")
    assert "This site sends no mail" in page.text
    assert len(page.html.select("code")) == 2
    assert not letters(app)


def test_an_owner_of_another_organisation_touches_nothing(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example")
    number = invited(app)[0].id
    with app.app_context():
        email = make_account("Mallory").email
    mallory = Staff(app)
    mallory.signs_in(email)
    mallory.sends("/desk/organisations/new", name="Other", kind="city", country="KE")
    assert mallory.sends(f"/desk/organisations/other/invitations/{number}/renew").status == 410
    mallory.sends(f"/desk/organisations/other/invitations/{number}/withdraw")
    assert invited(app)
    assert letters(app)


def test_what_nobody_took_up_is_deleted(app: Flask, fatima: Staff) -> None:
    invites(fatima, "omar@city.example ada@city.example")
    with app.app_context():
        old = update(Invitation).where(Invitation.email == "omar@city.example")
        db.session.execute(old.values(invited_at=now() - timedelta(days=14, minutes=1)))
        db.session.commit()
    assert "omar@city.example" not in fatima.opens(PEOPLE).text
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    assert [invitation.email for invitation in invited(app)] == ["ada@city.example"]


def test_the_name_of_the_organisation_can_be_corrected(app: Flask, fatima: Staff) -> None:
    seen = fatima.opens(f"{PEOPLE}/edit").hidden("seen")
    wrong = fatima.sends(f"{PEOPLE}/edit", name=" ", kind="agency", country="SI", seen=seen)
    assert "Please fill this in." in wrong.text
    page = fatima.sends(f"{PEOPLE}/edit", name="Town of Velmora", kind="agency", country="SI", seen=seen)
    assert "Town of Velmora" in page.text
    assert fatima.opens(f"{PEOPLE}/edit").html.select_one("option[value=SI][selected]")
    with app.app_context():
        assert organisation_by_slug("city-of-velmora").country == "SI"


def test_two_owners_who_describe_it_at_once_see_both(app: Flask, fatima: Staff) -> None:
    seen = fatima.opens(f"{PEOPLE}/edit").hidden("seen")
    fatima.sends(f"{PEOPLE}/edit", name="Town of Velmora", kind="city", country="KE", seen=seen)
    page = fatima.sends(f"{PEOPLE}/edit", name="Village", kind="city", country="KE", seen=seen)
    assert page.status == 409
    assert "Town of Velmora" in page.html.select_one(".notice").text
    assert page.field("name") == "Village"
    fatima.sends(f"{PEOPLE}/edit", name="Village", kind="city", country="KE", seen=page.hidden("seen"))
    with app.app_context():
        assert organisation_by_slug("city-of-velmora").name == "Village"


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_an_operator_founds_an_organisation_whose_owner_is_invited(app: Flask, run: FlaskCliRunner) -> None:
    out = run.invoke(
        args=["organisation", "create", "City of Velmora", "ada@city.example", "--country", "ke"]
    ).output
    assert "ada@city.example" in out
    link = out.rsplit("/en", 1)[1].strip()
    Citizen(app).sends(f"{link}/join", name="Ada", password=PASSWORD)
    with app.app_context():
        city, ada = organisation_by_slug("city-of-velmora"), account_by_email("ada@city.example")
        assert (city.country, role_at(city.id, ada.id)) == ("KE", Role.OWNER)
    again = run.invoke(args=["organisation", "invite", "city-of-velmora", "ada@city.example", "auditor"])
    assert "is a member already" in again.output


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["create", "City", "ada", "--country", "KE"], "no e-mail address"),
        (["create", "City", "ada@city.example", "--country", "Kenya"], "no country"),
        (["invite", "nowhere", "ada@city.example", "owner"], "no organisation called nowhere"),
    ],
)
def test_an_operator_is_told_what_is_wrong(run: FlaskCliRunner, wrong: list[str], says: str) -> None:
    result = run.invoke(args=["organisation", *wrong])
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.usefixtures("no_mail")
def test_without_mail_an_operator_gets_the_link(run: FlaskCliRunner) -> None:
    out = run.invoke(args=["organisation", "create", "City", "ada@city.example", "--country", "KE"]).output
    assert "sends no mail" in out
    assert "/en/invitations/" in out
