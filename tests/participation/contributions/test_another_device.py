"""Amina goes on from her phone. She stays one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select, update

from deliberation.ballot import Choice
from participation.consultations.models import HeldCredential, Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import A_LINK_LASTS
from participation.contributions.models import Handover
from participation.database import db, now
from participation.opinions.queries import stale_consultations
from participation.statements.models import Statement
from participation.statements.queries import statements_of
from participation.votes.models import SupersededVote, Vote
from tests.builders import make_account, make_consultation, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation
    from tests.people import Page


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    with app.app_context():
        return make_consultation(make_account())


@pytest.fixture
def statement_ids(app: Flask, consultation: Consultation) -> list[int]:
    with app.app_context():
        return [statement.id for statement in statements_of(consultation.id)]


@pytest.fixture
def laptop(app: Flask, consultation: Consultation, statement_ids: list[int]) -> Citizen:
    """Amina at her laptop, with one vote cast."""
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE, statement_ids[0])
    return amina


@pytest.fixture
def phone(app: Flask) -> Citizen:
    return Citizen(app)


def makes_link(someone: Citizen, slug: str) -> str:
    """The path of the link without its language, as a visitor opens it."""
    page = someone.sends(f"/c/{slug}/you/device")
    link = page.html.select_one("#link")["value"]
    return urlsplit(link).path.removeprefix("/en")


def votes_by_person(app: Flask) -> list[tuple[int, int, Choice]]:
    with app.app_context():
        rows = db.session.execute(select(Vote.participant_id, Vote.statement_id, Vote.choice))
        return sorted(tuple(row) for row in rows)


def number_of(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def confirms(someone: Citizen, link: str, **fields: str) -> Page:
    return someone.sends(link, **fields)


def test_she_sees_on_her_phone_what_she_said(
    consultation: Consultation, laptop: Citizen, phone: Citizen
) -> None:
    link = makes_link(laptop, consultation.slug)
    assert "1 vote" in phone.opens(link).text
    assert "yours here too" in confirms(phone, link).text
    page = phone.opens(f"/c/{consultation.slug}/votes")
    assert page.html.select_one("[aria-pressed=true]").get_text(strip=True) == "Agree"


def test_her_votes_count_once_from_whichever_device(
    app: Flask, consultation: Consultation, laptop: Citizen, phone: Citizen, statement_ids: list[int]
) -> None:
    confirms(phone, makes_link(laptop, consultation.slug))
    phone.votes(consultation.slug, Choice.DISAGREE, statement_ids[0])
    phone.writes(consultation.slug, "Train the case workers first.")
    assert [choice for _who, _what, choice in votes_by_person(app)] == [Choice.DISAGREE]
    assert number_of(app, Participant) == 1
    assert "Train the case workers" in laptop.opens(f"/c/{consultation.slug}/you").text


def test_programs_that_follow_links_use_nothing_up(
    consultation: Consultation, app: Flask, laptop: Citizen, phone: Citizen
) -> None:
    link = makes_link(laptop, consultation.slug)
    scanner = Citizen(app)
    for _visit in range(3):
        scanner.opens(link)
        scanner.client.head(f"/en{link}")
    assert scanner.client.get_cookie(f"participant-{consultation.id}") is None
    assert "yours here too" in confirms(phone, link).text


def test_a_link_works_once(app: Flask, consultation: Consultation, laptop: Citizen, phone: Citizen) -> None:
    link = makes_link(laptop, consultation.slug)
    confirms(phone, link)
    thief = Citizen(app)
    assert thief.opens(link).status == 410
    page = confirms(thief, link)
    assert page.status == 410
    assert "does not work any more" in page.text
    assert number_of(app, HeldCredential) == 2


def test_a_link_grows_old(app: Flask, consultation: Consultation, laptop: Citizen, phone: Citizen) -> None:
    link = makes_link(laptop, consultation.slug)
    with app.app_context():
        assert db.session.scalars(select(Handover.expires_at)).one() - now() <= A_LINK_LASTS
        db.session.execute(update(Handover).values(expires_at=now() - timedelta(seconds=1)))
        db.session.commit()
    assert phone.opens(link).status == 410
    assert confirms(phone, link).status == 410
    assert number_of(app, HeldCredential) == 1


def test_a_new_link_takes_the_place_of_the_one_before(
    consultation: Consultation, laptop: Citizen, phone: Citizen
) -> None:
    first, second = (makes_link(laptop, consultation.slug) for _link in range(2))
    assert phone.opens(first).status == 410
    assert phone.opens(second).status == 200


def test_a_link_is_for_its_consultation_only(app: Flask, laptop: Citizen, phone: Citizen) -> None:
    with app.app_context():
        here, elsewhere = db.session.scalars(select(Participant.consultation_id)).one(), make_consultation()
        slug = db.session.get_one(type(elsewhere), here).slug
    link = makes_link(laptop, slug)
    assert confirms(phone, link.replace(slug, elsewhere.slug)).status == 410


def test_the_database_has_no_link_in_it(app: Flask, consultation: Consultation, laptop: Citizen) -> None:
    token = makes_link(laptop, consultation.slug).rsplit("/", 1)[1]
    with app.app_context():
        stored = db.session.scalars(select(Handover.token_hash)).one()
    assert len(stored) == 32
    assert token.encode() not in stored


def test_the_page_warns_of_links_that_somebody_else_made(
    consultation: Consultation, laptop: Citizen, phone: Citizen
) -> None:
    page = phone.opens(makes_link(laptop, consultation.slug))
    assert "Whoever made it sees all you give here" in page.text


def test_opening_it_where_it_was_made_says_so(consultation: Consultation, laptop: Citizen) -> None:
    link = makes_link(laptop, consultation.slug)
    assert "You are here already" in laptop.opens(link).text


class TestBothDevicesHaveTakenPart:
    """Amina forgot that she had voted on her phone before."""

    @pytest.fixture
    def link(
        self, consultation: Consultation, laptop: Citizen, phone: Citizen, statement_ids: list[int]
    ) -> str:
        phone.votes(consultation.slug, Choice.DISAGREE, statement_ids[0])
        phone.votes(consultation.slug, Choice.PASS, statement_ids[1])
        phone.writes(consultation.slug, "Written on the phone.")
        return makes_link(laptop, consultation.slug)

    def test_nothing_happens_before_she_chooses(self, app: Flask, phone: Citizen, link: str) -> None:
        assert "This device has taken part as well" in phone.opens(link).text
        before = votes_by_person(app)
        assert confirms(phone, link).status == 409
        assert votes_by_person(app) == before
        assert phone.opens(link).status == 200, "the link is still good"

    def test_brought_together_each_vote_counts_once_and_none_is_lost(
        self, app: Flask, phone: Citizen, link: str, statement_ids: list[int]
    ) -> None:
        assert "yours here too" in confirms(phone, link, together="yes").text
        votes = votes_by_person(app)
        assert [(what, choice) for _who, what, choice in votes] == [
            (statement_ids[0], Choice.DISAGREE),
            (statement_ids[1], Choice.PASS),
        ]
        with app.app_context():
            participant = db.session.scalars(select(Participant)).one()
            assert {who for who, _what, _choice in votes} == {participant.id}
            assert db.session.scalars(select(SupersededVote.choice)).all() == [Choice.AGREE]
            written = select(Statement.author_id).where(Statement.is_seed.is_(False))
            assert db.session.scalars(written).all() == [participant.id]
            assert stale_consultations()

    def test_the_later_vote_holds_whichever_device_it_is_from(
        self, app: Flask, phone: Citizen, link: str, statement_ids: list[int]
    ) -> None:
        with app.app_context():
            an_hour_ago = now() - timedelta(hours=1)
            of_the_phone = (Vote.statement_id == statement_ids[0], Vote.choice == Choice.DISAGREE)
            db.session.execute(update(Vote).where(*of_the_phone).values(cast_at=an_hour_ago))
            db.session.commit()
        confirms(phone, link, together="yes")
        assert votes_by_person(app)[0][2] is Choice.AGREE

    def test_both_devices_are_hers_afterwards(
        self, consultation: Consultation, laptop: Citizen, phone: Citizen, link: str
    ) -> None:
        confirms(phone, link, together="yes")
        for device in (laptop, phone):
            assert "Written on the phone." in device.opens(f"/c/{consultation.slug}/you").text

    def test_after_closing_votes_stay_where_they_are(
        self, app: Flask, consultation: Consultation, phone: Citizen, link: str
    ) -> None:
        with app.app_context():
            move_closing(consultation_by_slug(consultation.slug), now())
        assert "cannot be brought together any more" in phone.opens(link).text
        before = votes_by_person(app)
        assert confirms(phone, link, together="yes").status == 409
        assert votes_by_person(app) == before


def test_after_closing_a_new_device_can_still_look(
    app: Flask, consultation: Consultation, laptop: Citizen, phone: Citizen
) -> None:
    with app.app_context():
        move_closing(consultation_by_slug(consultation.slug), now())
    confirms(phone, makes_link(laptop, consultation.slug))
    assert "You have voted on 1 statement" in phone.opens(f"/c/{consultation.slug}/you").text


def test_she_cuts_off_a_device_she_lost(
    app: Flask, consultation: Consultation, laptop: Citizen, phone: Citizen
) -> None:
    confirms(phone, makes_link(laptop, consultation.slug))
    assert "You take part from 2 browsers" in laptop.opens(f"/c/{consultation.slug}/you/device").text
    laptop.sends(f"/c/{consultation.slug}/you/device/others")
    assert "nobody has taken part here yet" in phone.opens(f"/c/{consultation.slug}/you").text
    assert "You have voted on 1 statement" in laptop.opens(f"/c/{consultation.slug}/you").text
    assert number_of(app, Vote) == 1


def test_without_anything_given_there_is_nothing_to_take_along(
    app: Flask, consultation: Consultation, phone: Citizen
) -> None:
    for page in (
        phone.opens(f"/c/{consultation.slug}/you/device"),
        phone.sends(f"/c/{consultation.slug}/you/device"),
    ):
        assert "nothing to take along yet" in page.text
    assert number_of(app, Handover) == 0
