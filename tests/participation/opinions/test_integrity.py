"""Fatima and the official look twice: what is conspicuous, what would change without it, and never who."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from deliberation.ballot import Choice
from participation.consultations.actions import join, make_member
from participation.consultations.models import Channel, Participant
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.opinions.integrity import integrity_of
from participation.opinions.models import Snapshot
from participation.opinions.queries import gather_inputs
from participation.organisations.models import Role
from participation.permissions import ALLOWED, Permission
from participation.statements.models import Statement
from participation.votes.actions import cast_vote
from participation.votes.models import Vote
from tests.builders import make_account, make_camps, make_consultation, make_participant, numbers
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 13)]
PEOPLE, COPIES = 60, 12


@pytest.fixture
def town_of_copies(app: Flask) -> Consultation:
    """60 people who come one by one over two weeks, and twelve accounts that vote alike within five minutes."""
    with app.app_context():
        consultation = make_consultation(make_account(), seeds=SEEDS, opens_in=timedelta(days=-15))
        make_camps(consultation, people=PEOPLE)
        spread(consultation)
        copy_votes(consultation, COPIES)
        WorkerProcess(app).do_what_is_due()
        return consultation


def spread(consultation: Consultation) -> None:
    """Let everybody have come some hours after the one before."""
    people = db.session.scalars(select(Participant.id).order_by(Participant.id)).all()
    for place, person in enumerate(people):
        came = consultation.opens_at + place * timedelta(hours=5)
        db.session.query(Vote).filter_by(participant_id=person).update({"cast_at": came})
    db.session.commit()


def copy_votes(consultation: Consultation, number: int, channel: Channel = Channel.ONLINE) -> None:
    statements = db.session.scalars(
        select(Statement.id).where(Statement.consultation_id == consultation.id)
    ).all()
    rows = [
        {
            "consultation_id": consultation.id,
            "participant_id": person,
            "statement_id": statement,
            "choice": (Choice.DISAGREE, Choice.DISAGREE, Choice.AGREE)[place % 3],
            "cast_at": now().replace(second=0, microsecond=0) - timedelta(days=1, minutes=person % 5),
        }
        for person in [
            join(consultation.id, next(numbers).to_bytes(32, "big"), "en", channel).id
            for _copy in range(number)
        ]
        for place, statement in enumerate(statements)
    ]
    db.session.execute(insert(Vote), rows)
    db.session.commit()


def staff(app: Flask, consultation: Consultation, role: Role) -> Staff:
    with app.app_context():
        account = make_account(role.value)
        make_member(consultation, account, role)
        email = account.email
    someone = Staff(app)
    someone.signs_in(email)
    return someone


@pytest.mark.parametrize("role", [role for role in Role if Permission.INTEGRITY_READ in ALLOWED[role]])
def test_copies_and_their_rush_are_counted(app: Flask, town_of_copies: Consultation, role: Role) -> None:
    page = staff(app, town_of_copies, role).opens(f"/desk/c/{town_of_copies.slug}/integrity")
    assert page.status == 200
    for reason in ("burst", "identical_votes"):
        assert f"{COPIES} accounts" in page.html.select_one(f"section[aria-labelledby={reason}]").get_text(
            " "
        )
    assert "Nothing is removed" in page.text


def test_the_results_stand_beside_those_without_and_nothing_leads_to_an_account(
    app: Flask, town_of_copies: Consultation
) -> None:
    fatima = staff(app, town_of_copies, Role.FACILITATOR)
    page = fatima.opens(f"/desk/c/{town_of_copies.slug}/integrity")
    rows = page.html.select("section[aria-labelledby=without] table")[0].select("tbody tr")
    people = [cell.get_text(strip=True) for cell in rows[0].select("td")]
    assert people == [str(PEOPLE + COPIES), str(PEOPLE)]

    file = fatima.client.get(f"/en/desk/c/{town_of_copies.slug}/integrity.csv")
    assert file.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(file.text)))
    found = {(line["part"], line["reason"], line["measure"]): line["value"] for line in lines}
    assert found["sign", "identical_votes", "accounts"] == str(COPIES)
    assert found["without", "", "people"] == str(PEOPLE)

    with app.app_context():
        snapshot = db.session.scalars(select(Snapshot)).one()
    assert "participant" not in str(snapshot.integrity) + file.text + page.html.main.get_text()
    # They are still in the published results.
    assert snapshot.analysis["number_of_participants"] == PEOPLE + COPIES


def test_the_results_without_few_accounts_are_not_shown(app: Flask) -> None:
    """The difference that four accounts make is how they voted."""
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS, opens_in=timedelta(days=-15))
        make_camps(consultation, people=30)
        spread(consultation)
        copy_votes(consultation, 4)
        WorkerProcess(app).do_what_is_due()
        integrity = integrity_of(consultation)
    assert (integrity.conspicuous, integrity.without) == (4, None)


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.GROUP])
def test_people_whom_somebody_gathered_are_no_rush(app: Flask, channel: Channel) -> None:
    """Their votes have one time because they were typed in, or cast in a room. That they are copies still shows."""
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS, opens_in=timedelta(days=-15))
        make_camps(consultation, people=PEOPLE)
        spread(consultation)
        copy_votes(consultation, COPIES, channel)
        WorkerProcess(app).do_what_is_due()
        signs = {sign.reason: sign.accounts for sign in integrity_of(consultation).signs}
    assert signs.get("identical_votes") == COPIES
    assert not {"burst", "hurried"} & set(signs)


def test_citizens_and_strangers_stay_outside(app: Flask) -> None:
    with app.app_context():
        slug, email = make_consultation().slug, make_account("Stranger").email
    stranger = Staff(app)
    stranger.signs_in(email)
    for path in ("integrity", "integrity.csv"):
        address = f"/en/desk/c/{slug}/{path}"
        assert Citizen(app).client.get(address).status_code == 302
        assert stranger.client.get(address).status_code == 403


def test_before_the_first_analysis_there_is_no_file(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
    fatima = staff(app, consultation, Role.FACILITATOR)
    assert "not been looked at yet" in fatima.opens(f"/desk/c/{consultation.slug}/integrity").text
    assert fatima.opens(f"/desk/c/{consultation.slug}/integrity.csv").status == 404


@pytest.mark.usefixtures("context")
def test_a_changed_vote_is_timed_by_its_first_casting() -> None:
    consultation = make_consultation()
    statement = db.session.scalars(select(Statement.id)).first()
    amina = make_participant(consultation).id
    cast_vote(consultation, amina, statement, Choice.AGREE)
    an_hour_ago = now().replace(second=0, microsecond=0) - timedelta(hours=1)
    db.session.query(Vote).update({"cast_at": an_hour_ago})
    db.session.commit()
    cast_vote(consultation, amina, statement, Choice.DISAGREE)
    assert gather_inputs(consultation).minutes.tolist() == [an_hour_ago.timestamp() // 60]
