"""Fatima decides about Amina's statement; Amina reads what became of it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import select

from participation.consultations.actions import make_member
from participation.consultations.models import Consultation
from participation.database import db
from participation.moderation.models import Decision
from participation.organisations.models import Role
from participation.statements.models import State, Statement
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask


class Scene(NamedTuple):
    slug: str
    amina: Citizen
    fatima: Staff
    statement: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    """Amina has written a statement; Fatima, who runs the consultation, has signed in."""
    with app.app_context():
        facilitator = make_account()
        consultation = make_consultation(facilitator)
        slug, email = consultation.slug, facilitator.email
    amina, fatima = Citizen(app), Staff(app)
    amina.writes(slug, "The letters should be plain.")
    fatima.signs_in(email)
    with app.app_context():
        statement = db.session.scalars(select(Statement.id).where(Statement.state == State.WAITING)).one()
    return Scene(slug, amina, fatima, statement)


def test_an_accepted_statement_is_put_to_the_vote(scene: Scene) -> None:
    scene.fatima.sends(f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="accept")
    assert "Published" in scene.amina.opens(f"/c/{scene.slug}/statements").text
    assert "of 4 statements" in scene.amina.sees_card(scene.slug).text


def test_a_rejected_statement_gives_its_author_the_rule_and_the_note(app: Flask, scene: Scene) -> None:
    scene.fatima.sends(
        f"/desk/c/{scene.slug}/statements/{scene.statement}",
        verdict="reject",
        reason="duplicate",
        note="See statement 2.",
    )
    page = scene.amina.opens(f"/c/{scene.slug}/statements")
    assert "Another statement already says this." in page.text
    assert "See statement 2." in page.text
    with app.app_context():
        assert db.session.scalars(select(Decision)).one().account_id


def test_a_rejection_needs_a_reason_and_keeps_the_note(app: Flask, scene: Scene) -> None:
    page = scene.fatima.sends(
        f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="reject", note="Half a thought"
    )
    assert "choose the reason" in page.text
    assert page.field("note") == "Half a thought"
    with app.app_context():
        assert db.session.get_one(Statement, scene.statement).state is State.WAITING


def test_nobody_else_decides(app: Flask, scene: Scene) -> None:
    with app.app_context():
        stranger, official = make_account("Stranger"), make_account("Official")
        consultation = db.session.get_one(Statement, scene.statement).consultation_id
        make_member(db.session.get_one(Consultation, consultation), official, Role.OFFICIAL)
        emails = stranger.email, official.email
    for email in emails:
        someone = Staff(app)
        someone.signs_in(email)
        assert (
            someone.sends(f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="accept").status
            == 403
        )
        assert someone.opens(f"/desk/c/{scene.slug}/statements").status == 403
    page = scene.amina.sends(f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="accept")
    assert "no longer signed in" in page.text
    with app.app_context():
        assert db.session.get_one(Statement, scene.statement).state is State.WAITING


def test_a_statement_of_another_consultation_is_not_found(app: Flask, scene: Scene) -> None:
    with app.app_context():
        other = make_consultation()
        elsewhere = db.session.scalars(
            select(Statement.id).where(Statement.consultation_id == other.id)
        ).first()
    assert scene.fatima.sends(f"/desk/c/{scene.slug}/statements/{elsewhere}", verdict="accept").status == 404


def test_what_was_decided_stays_decided(app: Flask, scene: Scene) -> None:
    path = f"/desk/c/{scene.slug}/statements/{scene.statement}"
    scene.fatima.sends(path, verdict="accept")
    page = scene.fatima.sends(path, verdict="reject", reason="duplicate")
    assert "already decided" in page.text
    with app.app_context():
        assert db.session.get_one(Statement, scene.statement).state is State.PUBLISHED


def test_nothing_is_put_to_a_vote_that_is_over(scene: Scene) -> None:
    scene.fatima.sends(f"/desk/c/{scene.slug}/close")
    page = scene.fatima.sends(f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="accept")
    assert "nobody could vote" in page.text


def test_a_session_that_ended_gives_the_form_back(scene: Scene) -> None:
    scene.fatima.client.delete_cookie("session")
    page = scene.fatima.sends(
        f"/desk/c/{scene.slug}/statements/{scene.statement}", verdict="reject", note="A long explanation."
    )
    assert page.status == 401
    assert page.field("note") == "A long explanation."
