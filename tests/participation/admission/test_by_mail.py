"""Amina confirms her address and votes; nobody can tell from the address how, and nobody learns that she did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, inspect, select, text

from deliberation.ballot import Choice
from participation.accounts.queries import account_by_email
from participation.admission.addresses import secret_for
from participation.admission.by_mail import AddressUsedError, enter_by_mail
from participation.admission.models import UsedAddress
from participation.building.checklist import Step, blockers_of
from participation.consultations.models import Admission, Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.mail.models import Mail
from tests.builders import make_account, make_consultation, make_ready_draft, move_closing
from tests.participation.following.reader import Reader, links_in, words_of
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

AMINA = "amina@home.example"


@pytest.fixture(autouse=True)
def empty_mailboxes(app: Flask) -> None:
    for file in app.extensions["baraza_config"].mail.way.glob("*.eml"):
        file.unlink()


@pytest.fixture
def slug(app: Flask) -> str:
    """An open consultation for people with an address."""
    with app.app_context():
        consultation = make_consultation(make_account("Fatima"), languages=("en", "ar"))
        consultation.admission = Admission.EMAIL
        db.session.commit()
        return consultation.slug


def asks(reader: Reader, slug: str, address: str | None = None) -> Page:
    return reader.sends(f"/c/{slug}/enter/by-mail", email=address or reader.address)


def enters(reader: Reader, slug: str) -> Page:
    asks(reader, slug)
    return reader.presses_button_at(links_in(reader.mail())[0])


def people_in(app: Flask, slug: str) -> int:
    with app.app_context():
        wanted = select(func.count()).where(Participant.consultation_id == consultation_by_slug(slug).id)
        return db.session.scalar(wanted) or 0


def everything_stored(app: Flask) -> str:
    with app.app_context():
        tables = inspect(db.engine).get_table_names()
        return "".join(str(db.session.execute(text(f"SELECT * FROM {name}")).all()) for name in tables)  # noqa: S608 - our own tables


def test_a_mail_lets_her_in_and_the_address_is_gone(app: Flask, slug: str) -> None:
    amina = Reader(app)
    assert "Confirm your address and vote" in amina.opens(f"/c/{slug}").text
    assert "Take part with your e-mail address" in amina.sees_card(slug).text
    assert "Look into your mailbox" in asks(amina, slug).text
    letter = amina.mail()
    assert "Each address takes part once." in words_of(letter)
    page = amina.follows_link(links_in(letter)[0])
    assert people_in(app, slug) == 0, "programs that look through mail open links"
    page = amina.presses_button_at(links_in(letter)[0])
    assert "This browser takes part now." in page.text
    amina.votes(slug, Choice.AGREE)
    assert people_in(app, slug) == 1
    assert AMINA not in everything_stored(app)


def test_without_a_confirmed_address_nobody_votes(app: Flask, slug: str) -> None:
    amina = Reader(app)
    page = amina.sends(f"/c/{slug}/votes", statement=1, choice=1)
    assert page.status == 403
    assert "Please confirm yours first." in page.text
    assert people_in(app, slug) == 0


def test_she_goes_on_as_the_same_person_from_a_second_device(app: Flask, slug: str) -> None:
    phone, desktop = Reader(app), Reader(app, "ar")
    enters(phone, slug)
    phone.votes(slug, Choice.AGREE)
    enters(desktop, slug)
    assert people_in(app, slug) == 1
    first = phone.client.get(f"/en/c/{slug}/you/data.json").get_json()["votes"]
    assert desktop.client.get(f"/ar/c/{slug}/you/data.json").get_json()["votes"] == first
    assert len(first) == 1


def test_two_in_one_household_take_part_from_one_browser(app: Flask, slug: str) -> None:
    amina = Reader(app)
    enters(amina, slug)
    amina.votes(slug, Choice.AGREE)
    yusuf = Reader(app, address="yusuf@home.example")
    asks(yusuf, slug)
    link = links_in(yusuf.mail())[0]
    assert "Somebody takes part from this browser already" in amina.follows_link(link).text
    amina.presses_button_at(link)
    assert people_in(app, slug) == 2
    assert amina.client.get(f"/en/c/{slug}/you/data.json").get_json()["votes"] == []


def test_whoever_asks_learns_nothing_of_an_address(app: Flask, slug: str) -> None:
    amina, stranger = Reader(app), Reader(app)
    enters(amina, slug)
    known, unknown = asks(stranger, slug, AMINA), asks(stranger, slug, "nobody@home.example")
    assert known.text == unknown.text
    assert known.status == unknown.status == 200
    assert "your link to take part" in str(amina.mail()["Subject"]).lower()


def test_a_mailbox_is_not_filled(app: Flask, slug: str) -> None:
    amina = Reader(app)
    for _click in range(2):
        asks(amina, slug)
    assert len(amina.mails()) == 1
    sent = 1
    for _wish in range(4):
        asks(amina, slug)
        sent += len(amina.mails())
    assert sent == 3


def test_what_is_no_address_is_said_and_kept(app: Flask, slug: str) -> None:
    page = asks(Reader(app), slug, "amina at home")
    assert page.status == 400
    assert "it should look like name@example.org" in page.text
    assert page.field("email") == "amina at home"


def test_a_link_that_was_cut_short_leads_to_a_new_one(app: Flask, slug: str) -> None:
    amina = Reader(app)
    asks(amina, slug)
    link = links_in(amina.mail())[0]
    page = amina.follows_link(link[:-3])
    assert page.status == 410
    assert "Send me a new link" in page.text


def test_who_had_everything_erased_does_not_vote_a_second_time(app: Flask, slug: str) -> None:
    amina = Reader(app)
    enters(amina, slug)
    amina.votes(slug, Choice.AGREE)
    amina.sends(f"/c/{slug}/you/erase", understood="y")
    page = enters(amina, slug)
    assert page.status == 409
    assert "This address has taken part already" in page.text
    assert people_in(app, slug) == 1


def test_after_closing_the_traces_are_deleted(app: Flask, slug: str) -> None:
    enters(Reader(app), slug)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UsedAddress)) == 1
        move_closing(consultation_by_slug(slug), now())
        WorkerProcess(app).do_what_is_due()
        assert db.session.scalar(select(func.count()).select_from(UsedAddress)) == 0


def test_after_closing_no_letter_tells_which_address_asked(app: Flask, slug: str) -> None:
    """Also where nobody took part: she only asked. Letters of another consultation stay."""
    asks(Reader(app), slug)
    with app.app_context():
        other = make_consultation()
        other.admission = Admission.EMAIL
        db.session.commit()
        other_slug, other_id = other.slug, other.id
    asks(Reader(app), other_slug)
    with app.app_context():
        move_closing(consultation_by_slug(slug), now())
        WorkerProcess(app).do_what_is_due()
        (left,) = db.session.scalars(select(Mail.key).where(Mail.key.startswith("enter:"))).all()
        assert left.startswith(f"enter:{other_id}:")


@pytest.mark.usefixtures("context")
def test_two_clicks_are_one_person() -> None:
    consultation = make_consultation()
    consultation.admission = Admission.EMAIL
    db.session.commit()
    secret = secret_for(AMINA, consultation.id)
    first = enter_by_mail(consultation, secret, bytes(32), "en")
    assert enter_by_mail(consultation, secret, bytes(32), "en").id == first.id
    db.session.execute(text("DELETE FROM held_credentials"))
    with pytest.raises(AddressUsedError):
        enter_by_mail(consultation, secret, bytes(32), "en")


def test_fatima_chooses_it_and_everybody_reads_what_it_means(app: Flask) -> None:
    with app.app_context():
        fatima_account = make_account("Fatima")
        email = fatima_account.email
        slug = make_consultation(account_by_email(email), opens_in=timedelta(days=1)).slug
    fatima = Staff(app)
    fatima.signs_in(email)
    page = fatima.sends(f"/desk/c/{slug}/people", admission="email")
    assert "Saved." in page.text
    assert "each address once" in Reader(app).opens(f"/c/{slug}").text


def test_where_no_mail_can_be_sent_it_is_not_offered_and_nothing_is_published(app: Flask) -> None:
    config = app.extensions["baraza_config"]
    app.extensions["baraza_config"] = replace(config, mail=None)
    try:
        with app.app_context():
            draft = make_ready_draft(make_account("Fatima"))
            assert not blockers_of(draft)
            draft.admission = Admission.EMAIL
            db.session.commit()
            with app.test_request_context("/en/"):
                assert [blocker.step for blocker in blockers_of(draft)] == [Step.PEOPLE]
            consultation = make_consultation()
            consultation.admission = Admission.EMAIL
            db.session.commit()
            slug = consultation.slug
        assert "No mail can be sent just now" in Reader(app).sees_card(slug).text
    finally:
        app.extensions["baraza_config"] = config
