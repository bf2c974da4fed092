"""Fatima invites people with codes on paper; Amina enters with hers, once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.accounts.queries import account_by_email
from participation.admission.actions import CodeUsedError, enter, make_codes
from participation.admission.codes import hash_of, new_code
from participation.admission.models import InvitationCode
from participation.admission.queries import sheets_of
from participation.consultations.models import Admission, Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    fatima.email = email  # type: ignore[attr-defined]
    return fatima


@pytest.fixture
def slug(app: Flask, fatima: Staff) -> str:
    """An open consultation for invited people."""
    with app.app_context():
        consultation = make_consultation(account_by_email(fatima.email), languages=("en", "fr"))  # type: ignore[attr-defined]
        consultation.admission = Admission.CODE
        db.session.commit()
        return consultation.slug


def codes_of(fatima: Staff, slug: str, number: int = 3) -> list[str]:
    page = fatima.sends(f"/desk/c/{slug}/people/codes", number=number)
    return [element.get_text(strip=True) for element in page.html.select(".ticket__code")]


def people_in(app: Flask, slug: str) -> int:
    with app.app_context():
        wanted = select(func.count()).where(Participant.consultation_id == consultation_by_slug(slug).id)
        return db.session.scalar(wanted) or 0


def test_the_sheet_has_a_card_for_each_code_and_is_shown_once(app: Flask, fatima: Staff, slug: str) -> None:
    page = fatima.sends(f"/desk/c/{slug}/people/codes", number=3)
    assert len(page.html.select(".ticket")) == len(page.html.select(".ticket svg.qr")) == 3
    code = page.html.select_one(".ticket__code").get_text(strip=True)
    assert code not in fatima.opens(f"/desk/c/{slug}/people").text
    assert "Made on" in fatima.opens(f"/desk/c/{slug}/people").text
    with app.app_context():
        kept = db.session.scalars(select(InvitationCode.code_hash)).all()
        assert hash_of(code, consultation_by_slug(slug).id) in kept


def test_the_sheet_speaks_the_language_that_was_chosen(fatima: Staff, slug: str) -> None:
    fatima.language = "fr"
    page = fatima.sends(f"/desk/c/{slug}/people/codes", number=1)
    assert "Should a model rank applications? (fr)" in page.html.select_one(".ticket__title").get_text()


@pytest.mark.parametrize("number", ["0", "201", "many", ""])
def test_a_number_of_codes_that_cannot_be_is_explained(fatima: Staff, slug: str, number: str) -> None:
    page = fatima.sends(f"/desk/c/{slug}/people/codes", number=number)
    assert page.status == 400
    assert page.html.select_one(".field__error")


def test_amina_types_her_code_carelessly_and_votes(app: Flask, fatima: Staff, slug: str) -> None:
    code = codes_of(fatima, slug)[0]
    amina = Citizen(app)
    page = amina.opens(f"/c/{slug}/vote")
    assert "Take part with your code" in page.text
    page = amina.sends(f"/c/{slug}/enter", code=f" {code.lower().replace('-', ' ').replace('0', 'o')} ")
    assert "Welcome." in page.text
    assert "Take part with your code" not in amina.votes(slug, Choice.AGREE).text
    assert people_in(app, slug) == 1


def test_the_link_offers_and_the_button_enters(app: Flask, fatima: Staff, slug: str) -> None:
    code = codes_of(fatima, slug)[0]
    for _scanner in range(2):
        page = Citizen(app).opens(f"/c/{slug}/enter/{code}")
        assert page.field("code") == code
    assert people_in(app, slug) == 0
    assert "Welcome." in Citizen(app).sends(f"/c/{slug}/enter", code=code).text


def test_a_code_works_once_and_says_so(app: Flask, fatima: Staff, slug: str) -> None:
    code = codes_of(fatima, slug)[0]
    amina, bakari = Citizen(app), Citizen(app)
    amina.sends(f"/c/{slug}/enter", code=code)
    page = bakari.sends(f"/c/{slug}/enter", code=code)
    assert page.status == 409
    assert "This code has been used." in page.text
    assert page.field("code") == code
    page = bakari.sends(f"/c/{slug}/enter", code=new_code())
    assert "This is no code of this consultation." in page.text
    # Whoever is in already needs no code, and uses up none.
    other = codes_of(fatima, slug, 1)[0]
    amina.sends(f"/c/{slug}/enter", code=other)
    assert "Welcome." in bakari.sends(f"/c/{slug}/enter", code=other).text
    assert people_in(app, slug) == 2


def test_without_a_code_nobody_votes_or_writes(app: Flask, slug: str) -> None:
    bakari = Citizen(app)
    answer = bakari.sends(f"/c/{slug}/votes", statement=1, choice=1)
    assert answer.status == 403
    assert "Please enter your code first." in answer.text
    assert "Take part with your code" in bakari.drafts(slug, "Let me in.").text
    assert people_in(app, slug) == 0


def test_a_code_of_another_consultation_is_none_here(app: Flask, slug: str) -> None:
    with app.app_context():
        other = make_consultation()
        code = make_codes(other, 1)[0]
    assert "This is no code of this consultation." in Citizen(app).sends(f"/c/{slug}/enter", code=code).text


def test_another_device_needs_no_second_code(app: Flask, fatima: Staff, slug: str) -> None:
    amina, phone = Citizen(app), Citizen(app)
    amina.sends(f"/c/{slug}/enter", code=codes_of(fatima, slug)[0])
    link = amina.sends(f"/c/{slug}/you/device").html.select_one("#link")["value"]
    phone.sends(str(link).partition("/en")[2])
    assert "Take part with your code" not in phone.opens(f"/c/{slug}/vote").text
    assert people_in(app, slug) == 1


@pytest.mark.parametrize("made_at", ["", "soon", "2026-11-24T10:30:00", "0001-01-01T00:00:00+14:00"])
def test_a_sheet_of_no_known_moment_cannot_be_withdrawn(fatima: Staff, slug: str, made_at: str) -> None:
    assert fatima.sends(f"/desk/c/{slug}/people/codes/withdraw", made_at=made_at).status == 400


def test_withdrawn_codes_let_nobody_in_and_put_nobody_out(app: Flask, fatima: Staff, slug: str) -> None:
    used, unused = codes_of(fatima, slug, 2)
    amina = Citizen(app)
    amina.sends(f"/c/{slug}/enter", code=used)
    made_at = fatima.opens(f"/desk/c/{slug}/people").hidden("made_at")
    fatima.sends(f"/desk/c/{slug}/people/codes/withdraw", made_at=made_at)
    assert "This is no code of this consultation." in Citizen(app).sends(f"/c/{slug}/enter", code=unused).text
    assert "Take part with your code" not in amina.votes(slug, Choice.AGREE).text
    with app.app_context():
        (sheet,) = sheets_of(consultation_by_slug(slug).id)
        assert (sheet.codes, sheet.used) == (1, 1)


def test_the_rule_is_chosen_until_it_opens_and_read_by_everybody(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        consultation = make_consultation(account_by_email(fatima.email), opens_in=timedelta(days=1))  # type: ignore[attr-defined]
        slug = consultation.slug
    fatima.sends(f"/desk/c/{slug}/people", admission="code")
    assert "Only people with an invitation code may take part." in Citizen(app).opens(f"/c/{slug}").text
    fatima.sends(f"/desk/c/{slug}/open")
    assert fatima.sends(f"/desk/c/{slug}/people", admission="open").status == 409


def test_two_who_share_a_code_at_once_are_one_participant(app: Flask, slug: str) -> None:
    with app.app_context():
        code = make_codes(consultation_by_slug(slug), 1)[0]
    outcomes: list[str] = []

    def tries(secret: bytes) -> None:
        with app.app_context():
            try:
                enter(consultation_by_slug(slug), code, secret, "en")
                outcomes.append("in")
            except CodeUsedError:
                outcomes.append("used")

    threads = [threading.Thread(target=tries, args=(bytes([number]) * 32,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "used", "used", "used"]
    assert people_in(app, slug) == 1


def test_nothing_leads_from_a_code_to_a_person() -> None:
    assert set(InvitationCode.__table__.columns.keys()) == {
        "code_hash",
        "consultation_id",
        "made_at",
        "is_used",
    }
