"""The pages of paper votes: Fatima prints, Amina looks what became of her sheet, Omar types in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.actions import make_member
from participation.consultations.models import Admission, Channel, Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.organisations.models import Role
from participation.paper.models import BallotSheet
from participation.paper.queries import sheet_with
from tests.builders import make_account, make_consultation, move_closing
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation(
            make_account("Fatima"), languages=("en", "fr"), opens_in=timedelta(days=-20)
        ).slug


def staff(app: Flask, slug: str, name: str, role: Role) -> Staff:
    with app.app_context():
        account = make_account(name, may_create_consultations=False)
        make_member(consultation_by_slug(slug), account, role)
        email = account.email
    somebody = Staff(app)
    somebody.signs_in(email)
    return somebody


@pytest.fixture
def fatima(app: Flask, slug: str) -> Staff:
    return staff(app, slug, "Fatima", Role.FACILITATOR)


@pytest.fixture
def omar(app: Flask, slug: str) -> Staff:
    return staff(app, slug, "Omar", Role.MODERATOR)


@pytest.fixture
def codes(fatima: Staff, slug: str) -> list[str]:
    return numbers_on(prints(fatima, slug, number=5))


@pytest.fixture
def code(codes: list[str]) -> str:
    return codes[0]


def prints(fatima: Staff, slug: str, **fields: object) -> Page:
    return fatima.sends(f"/desk/c/{slug}/paper/sheets", **{"number": 2, "on_each": 3, **fields})


def numbers_on(page: Page) -> list[str]:
    return [element.get_text(strip=True) for element in page.html.select(".ballot__code")]


def types_in(omar: Staff, slug: str, code: str) -> Page:
    answers = {f"answer-{line}": "-1" for line in (1, 2, 3)}
    return omar.sends(f"/desk/c/{slug}/paper/1", sheet=code, **answers)


def begins(omar: Staff, slug: str, **fields: object) -> Page:
    fields = {"place": "Library", "collected_on": now().date().isoformat(), **fields}
    return omar.sends(f"/desk/c/{slug}/paper", **fields)


def test_each_sheet_has_a_number_a_code_and_its_statements(app: Flask, fatima: Staff, slug: str) -> None:
    fatima.language = "fr"
    page = prints(fatima, slug, number=4, on_each=2)
    codes = numbers_on(page)
    assert len(set(codes)) == len(page.html.select(".ballot svg.qr")) == 4
    assert [len(ballot.select("tbody tr")) for ballot in page.html.select(".ballot")] == [2] * 4
    with app.app_context():
        consultation = consultation_by_slug(slug)
        assert sheet_with(consultation.id, codes[0]).language == "fr"
        assert codes[0].encode() not in b"".join(db.session.scalars(select(BallotSheet.code_hash)))
    assert codes[0] not in fatima.opens(f"/desk/c/{slug}/paper").text


@pytest.mark.parametrize("wrong", [{"number": 0}, {"number": 101}, {"on_each": 9}, {"on_each": "many"}])
def test_a_number_of_sheets_that_cannot_be_is_explained(
    fatima: Staff, slug: str, wrong: dict[str, object]
) -> None:
    page = prints(fatima, slug, **wrong)
    assert page.status == 400
    assert page.html.select_one(".field__error")


def test_omar_types_in_and_may_not_print(omar: Staff, slug: str) -> None:
    page = omar.opens(f"/desk/c/{slug}/paper")
    assert "Open the batch" in page.text
    assert not page.html.select("#print")
    assert prints(omar, slug).status == 403


def test_omar_types_in_a_sheet_without_script(app: Flask, omar: Staff, slug: str, codes: list[str]) -> None:
    code, *others = codes
    page = begins(omar, slug)
    assert "0 sheets so far" in page.text
    path = f"/desk/c/{slug}/paper/1"
    page = omar.opens(f"{path}?sheet={code.lower()}")
    assert len(page.html.select("fieldset input[type=radio]")) == 12
    answers = {"answer-1": "1", "answer-3": "blank"}
    page = omar.sends(path, sheet=code, **answers)
    assert page.status == 400
    assert "Line 2: choose what is marked" in page.text
    # Nothing that was chosen is lost.
    assert page.html.select_one("#answer-1-1").has_attr("checked")
    page = omar.sends(path, sheet=code, **answers, **{"answer-2": "-1"})
    assert f"Sheet {code} is typed in." in page.text
    page = omar.opens(f"{path}?sheet={code}")
    assert page.status == 409
    assert "has been typed in already" in page.text
    assert "Read it a second time" in page.text
    page = omar.sends(path, sheet=code, again=1, **answers, **{"answer-2": "0"})
    assert "the readings differ on line 2" in page.text
    page = omar.sends(f"{path}/close")
    assert page.status == 409
    assert "Fewer than five" in page.text
    for other in others:
        assert "from five sheets on" in omar.opens(path).text
        types_in(omar, slug, other)
    assert "The batch is closed: its 5 sheets count." in omar.sends(f"{path}/close").text
    with app.app_context():
        channels = db.session.scalars(select(Participant.channel)).all()
    assert channels == [Channel.PAPER] * 5
    log = omar.opens(f"/desk/c/{slug}/paper").text
    assert "by Omar" in log
    assert "1 reading differed." in log


def test_a_number_that_is_on_no_sheet_is_kept_to_be_corrected(omar: Staff, slug: str) -> None:
    begins(omar, slug)
    page = omar.opens(f"/desk/c/{slug}/paper/1?sheet=7K3M-0QZE")
    assert page.status == 404
    assert "compare it with the paper" in page.text
    assert page.field("sheet") == "7K3M-0QZE"


def test_a_batch_needs_a_place_and_a_day_that_has_been(omar: Staff, slug: str) -> None:
    page = begins(omar, slug, place=" ", collected_on=(now() + timedelta(days=2)).date().isoformat())
    assert "where the sheets come from" in page.text
    assert "This day is still to come." in page.text


def test_withdrawing_needs_a_reason_that_colleagues_can_read(omar: Staff, fatima: Staff, slug: str) -> None:
    begins(omar, slug)
    assert "Please say why." in omar.sends(f"/desk/c/{slug}/paper/1/withdraw", reason="").text
    omar.sends(f"/desk/c/{slug}/paper/1/withdraw", reason="A pile of copies.")
    assert "A pile of copies." in fatima.opens(f"/desk/c/{slug}/paper").text


def test_fatima_is_warned_of_an_open_batch(app: Flask, omar: Staff, fatima: Staff, slug: str) -> None:
    assert "batch of paper votes" not in fatima.opens(f"/desk/c/{slug}").text
    begins(omar, slug)
    assert "1 batch of paper votes is still open" in fatima.opens(f"/desk/c/{slug}").text
    with app.app_context():
        move_closing(consultation_by_slug(slug), now())
    assert "1 batch of paper votes is still open" in fatima.opens(f"/desk/c/{slug}").text


def test_amina_gives_her_sheet_up_and_votes_online(app: Flask, slug: str, code: str) -> None:
    with app.app_context():
        consultation_by_slug(slug).admission = Admission.CODE
        db.session.commit()
    amina = Citizen(app)
    for _look in range(2):
        assert "Nobody has typed it in yet" in amina.opens(f"/c/{slug}/sheet/{code}").text
    page = amina.sends(f"/c/{slug}/sheet/{code}")
    assert "Your sheet is given up" in page.text
    amina.votes(slug, Choice.AGREE)
    # The second click of a double click, and a neighbour with a copy.
    for somebody in (amina, Citizen(app)):
        assert somebody.sends(f"/c/{slug}/sheet/{code}").status == 409
    assert "does not count any more" in Citizen(app).opens(f"/c/{slug}/sheet/{code}").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_amina_sees_that_her_sheet_counts_and_not_what_stands_on_it(
    omar: Staff, app: Flask, slug: str, codes: list[str]
) -> None:
    begins(omar, slug)
    for code in codes:
        types_in(omar, slug, code)
    amina = Citizen(app)
    assert "It counts once its batch is closed." in amina.opens(f"/c/{slug}/sheet/{code}").text
    omar.sends(f"/desk/c/{slug}/paper/1/close")
    page = amina.opens(f"/c/{slug}/sheet/{code}")
    assert "It has been typed in, and it counts." in page.text
    assert "Library" in page.text
    assert "isagree" not in page.text


def test_a_code_that_is_none_says_so(app: Flask, slug: str) -> None:
    page = Citizen(app).opens(f"/c/{slug}/sheet/0000-0000")
    assert page.status == 404
    assert "No sheet of this consultation has this number." in page.text


def test_the_outcome_says_by_which_way_people_came_and_what_is_missing(
    omar: Staff, app: Flask, slug: str, codes: list[str]
) -> None:
    begins(omar, slug)
    for code in codes:
        types_in(omar, slug, code)
    for _person in range(6):
        Citizen(app).votes(slug, Choice.AGREE)
    with app.app_context():
        move_closing(consultation_by_slug(slug), now())
    reader = Citizen(app)
    assert "Paper votes are still being typed in." in reader.opens(f"/c/{slug}/outcome").text
    omar.sends(f"/desk/c/{slug}/paper/1/close")
    page = reader.opens(f"/c/{slug}/outcome")
    assert "On paper: 5 people" in page.text
    assert "On a device of their own: 6 people" in page.text
    assert "still being typed in" not in page.text


def test_a_batch_is_of_a_day_of_the_consultation_in_its_place(app: Flask, omar: Staff, slug: str) -> None:
    # In one of these places it is never the same day as in UTC.
    zone = "Pacific/Kiritimati" if now().hour >= 12 else "Etc/GMT+12"
    with app.app_context():
        consultation = consultation_by_slug(slug)
        consultation.time_zone = zone
        db.session.commit()
        first = consultation.first_moment.date()
    there = now().astimezone(ZoneInfo(zone)).date()
    assert omar.opens(f"/desk/c/{slug}/paper").field("collected_on") == there.isoformat()
    early = begins(omar, slug, collected_on=(first - timedelta(days=1)).isoformat())
    assert "Please give that day or a later one." in early.text
    assert "Batch 1" in begins(omar, slug, collected_on=there.isoformat()).text
