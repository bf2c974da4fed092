"""Amina has herself erased. What she said counts on, and nothing leads to her."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.models import Consultation, HeldCredential, Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import FORGOTTEN, erase, offer_link
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import decide
from participation.moderation.models import Verdict
from participation.opinions.models import Place, Snapshot
from participation.opinions.queries import stale_consultations
from participation.statements.actions import submit_statement
from participation.statements.models import Statement
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote
from participation.votes.models import SupersededVote, Vote
from tests.builders import make_account, make_camps, make_consultation, make_participant, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

# What stays by participant when somebody is erased, and why.
STAYS = {
    Vote.__tablename__: "the results are computed from it",
    Place.__tablename__: "the map is drawn from it; it follows from the votes",
    Statement.__tablename__: "others have voted on it; its author goes",
}


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    with app.app_context():
        return make_consultation(make_account())


@pytest.fixture
def amina(app: Flask, consultation: Consultation) -> Citizen:
    """She has voted, changed her mind, and written a statement."""
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    with app.app_context():
        statement_id = db.session.scalars(select(Vote.statement_id)).one()
    amina.votes(consultation.slug, Choice.DISAGREE, statement_id)
    amina.writes(consultation.slug, "Train the case workers first.")
    return amina


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def erases(amina: Citizen, slug: str, **fields: str) -> str:
    return amina.sends(f"/c/{slug}/you/erase", understood="y", **fields).text


def test_the_vote_stays_and_nothing_leads_to_her(
    app: Flask, consultation: Consultation, amina: Citizen
) -> None:
    assert "You are erased" in erases(amina, consultation.slug, waiting="leave")
    with app.app_context():
        assert db.session.scalars(select(Vote.choice)).all() == [Choice.DISAGREE]
        assert count(SupersededVote) == count(HeldCredential) == 0
        assert db.session.scalars(select(Participant.language)).all() == [None]
        written = db.session.scalars(select(Statement).where(Statement.is_seed.is_(False))).one()
        assert written.author_id is None


def test_her_browser_has_never_been_here(consultation: Consultation, amina: Citizen) -> None:
    erases(amina, consultation.slug, waiting="leave")
    assert amina.client.get_cookie(f"participant-{consultation.id}") is None
    assert "nobody has taken part here yet" in amina.opens(f"/c/{consultation.slug}/you").text
    assert "You have not voted here yet" in amina.opens(f"/c/{consultation.slug}/votes").text


def test_she_may_withdraw_what_nobody_has_decided_about(
    app: Flask, consultation: Consultation, amina: Citizen
) -> None:
    erases(amina, consultation.slug, waiting="withdraw")
    with app.app_context():
        assert {statement.is_seed for statement in statements_of(consultation.id)} == {True}


def test_a_published_statement_cannot_be_withdrawn(app: Flask, consultation: Consultation) -> None:
    with app.app_context():
        bakari = make_participant(consultation)
        written = submit_statement(
            consultation, bakari, "Publish the errors every month.", "en", receipt_hash=b"of a receipt"
        )
        decide(consultation, written, Verdict.ACCEPT, by=None)
        erase(consultation, bakari, withdraw=True)
        assert written.id in {statement.id for statement in statements_of(consultation.id)}


@pytest.mark.parametrize("missing", ["understood", "waiting"])
def test_nothing_is_erased_before_she_has_said_all(
    app: Flask, consultation: Consultation, amina: Citizen, missing: str
) -> None:
    sent = {"understood": "y", "waiting": "withdraw"}
    del sent[missing]
    page = amina.sends(f"/c/{consultation.slug}/you/erase", **sent)
    error = page.html.select_one("[role=alert] a")
    assert page.html.select_one(error["href"]), "the error leads to its field"
    with app.app_context():
        assert count(HeldCredential) == 1
        assert count(Statement) == 4


def test_opening_the_page_erases_nothing(app: Flask, consultation: Consultation, amina: Citizen) -> None:
    amina.opens(f"/c/{consultation.slug}/you/erase?understood=y&waiting=leave")
    with app.app_context():
        assert count(HeldCredential) == 1


def test_twice_is_as_good_as_once(app: Flask, consultation: Consultation, amina: Citizen) -> None:
    """She had the page open in two tabs."""
    erases(amina, consultation.slug, waiting="leave")
    assert "There is nothing to erase" in erases(amina, consultation.slug, waiting="leave")
    with app.app_context():
        assert count(Vote) == 1


def test_whoever_votes_afterwards_is_a_new_person(
    app: Flask, consultation: Consultation, amina: Citizen
) -> None:
    assert "you count as a new person" in amina.opens(f"/c/{consultation.slug}/you/erase").text
    erases(amina, consultation.slug, waiting="leave")
    amina.votes(consultation.slug, Choice.AGREE)
    with app.app_context():
        assert len(set(db.session.scalars(select(Vote.participant_id)))) == 2


def test_her_other_devices_and_links_end_as_well(
    app: Flask, consultation: Consultation, amina: Citizen
) -> None:
    with app.app_context():
        link = offer_link(db.session.scalars(select(Participant)).one())
    erases(amina, consultation.slug, waiting="leave")
    assert Citizen(app).opens(f"/c/{consultation.slug}/you/continue/{link}").status == 410


def test_she_can_be_erased_after_closing(app: Flask, consultation: Consultation, amina: Citizen) -> None:
    with app.app_context():
        move_closing(consultation_by_slug(consultation.slug), now())
    assert "You are erased" in erases(amina, consultation.slug, waiting="leave")


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.usefixtures("context")
def test_the_result_is_the_same_as_before(app: Flask, closed: bool) -> None:  # noqa: FBT001 - pytest gives it
    consultation = make_consultation(make_account(), seeds=[f"Statement {number}." for number in range(10)])
    make_camps(consultation, people=60)
    amina, statement = make_participant(consultation), statements_of(consultation.id)[0]
    for choice in (Choice.AGREE, Choice.DISAGREE):
        cast_vote(consultation, amina.id, statement.id, choice)
    if closed:
        move_closing(consultation, now())
    consultation_id, amina_id = consultation.id, amina.id
    before = analysis_of(app, consultation_id)
    erase(db.session.get_one(Consultation, consultation_id), db.session.get_one(Participant, amina_id))
    assert stale_consultations() == [consultation_id]
    assert analysis_of(app, consultation_id) == before


def analysis_of(app: Flask, consultation_id: int) -> tuple[object, object]:
    """What the worker finds, and where everybody stands."""
    WorkerProcess(app).do_what_is_due()
    db.session.expire_all()
    snapshot = db.session.get_one(Snapshot, consultation_id)
    places = db.session.execute(select(Place.participant_id, Place.x, Place.y, Place.group_index))
    return snapshot.analysis, sorted(tuple(row) for row in places)


def test_a_vote_right_after_an_erasure_is_counted(
    app: Flask, consultation: Consultation, amina: Citizen
) -> None:
    """A replaced vote that goes takes two from the count by which the worker notices new votes."""
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    erases(amina, consultation.slug, waiting="leave")
    bakari = Citizen(app)
    for _card in range(2):
        bakari.votes(consultation.slug, Choice.AGREE)
    with app.app_context():
        assert stale_consultations() == [consultation.id]


def test_nobody_else_is_touched(app: Flask, consultation: Consultation, amina: Citizen) -> None:
    bakari = Citizen(app)
    bakari.votes(consultation.slug, Choice.PASS)
    erases(amina, consultation.slug, waiting="leave")
    assert "You have voted on 1 statement." in bakari.opens(f"/c/{consultation.slug}/you").text


def test_every_table_by_participant_is_decided_about() -> None:
    """A new table goes into FORGOTTEN, or here with the reason why it stays."""
    by_participant = {
        table.name
        for table in db.metadata.tables.values()
        if any(key.column.table.name == Participant.__tablename__ for key in table.foreign_keys)
    }
    assert by_participant == {model.__tablename__ for model in FORGOTTEN} | set(STAYS)
