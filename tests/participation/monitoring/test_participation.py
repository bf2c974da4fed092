"""Fatima and those who work with her see how it is going: how many, when, where from; never who or what."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from secrets import token_bytes
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.actions import make_member
from participation.consultations.models import Channel, Role
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.monitoring.drawing import draw_columns
from participation.monitoring.picture import picture_of
from participation.statements.actions import submit_statement
from participation.statements.models import State, Statement
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote, put_off
from participation.votes.models import Vote
from tests.builders import make_account, make_camps, make_consultation, make_participant, make_question
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation


def some_vote(consultation: Consultation, people: int, *, days_ago: int = 0, language: str = "en") -> None:
    """Each votes on the first two statements at noon of a day."""
    noon = now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    for _person in range(people):
        person = make_participant(consultation, language).id
        for statement in statements_of(consultation.id)[:2]:
            cast_vote(consultation, person, statement.id, Choice.AGREE, exposure=0.5)
        db.session.query(Vote).filter_by(participant_id=person).update({"cast_at": noon})
    db.session.commit()


@pytest.mark.usefixtures("context")
def test_people_and_votes_are_counted_by_day_in_utc_and_few_people_hide_theirs() -> None:
    consultation = make_consultation(opens_in=timedelta(days=-9))
    for days_ago, people in ((8, 6), (6, 2), (4, 7), (3, 9)):
        some_vote(consultation, people, days_ago=days_ago)
    picture = picture_of(consultation)
    assert (picture.people, picture.votes, picture.per_person) == (24, 48, (2, 2, 2))
    assert picture.days[0].day == (now() - timedelta(days=8)).date()
    assert picture.days[-1].day == now().date()
    # Two people could be told from their day. Alone withheld it could be worked out: the smallest other one goes too.
    counts = [(day.people, day.votes) for day in picture.days]
    assert counts == [(None, None), (0, 0), (None, None), (0, 0), (7, 14), (9, 18), (0, 0), (0, 0), (0, 0)]


@pytest.mark.usefixtures("context")
def test_the_median_is_of_people_not_of_votes() -> None:
    consultation = make_consultation()
    first, *others = statements_of(consultation.id)
    for person in [make_participant(consultation).id for _person in range(5)]:
        cast_vote(consultation, person, first.id, Choice.PASS)
    eager = make_participant(consultation).id
    for statement in (first, *others):
        cast_vote(consultation, eager, statement.id, Choice.PASS)
    assert picture_of(consultation).per_person == (1, 1, 1)


@pytest.mark.usefixtures("context")
def test_languages_of_few_people_are_withheld_with_the_next_one() -> None:
    consultation = make_consultation(languages=("en", "ar", "fr"))
    for language, people in (("en", 8), ("fr", 6), ("ar", 2)):
        some_vote(consultation, people, language=language)
    make_participant(consultation, "fr")  # has not voted
    counts = {each.tag: each.people for each in picture_of(consultation).languages}
    assert counts == {"en": 8, "fr": None, "ar": None}


@pytest.mark.usefixtures("context")
def test_ways_of_few_people_are_withheld_with_their_votes() -> None:
    consultation = make_consultation()
    statements = statements_of(consultation.id)
    for channel, people, votes in ((Channel.ONLINE, 9, 3), (Channel.PAPER, 6, 2), (Channel.GROUP, 7, 1)):
        for _person in range(people):
            person = make_participant(consultation, channel=channel)
            for statement in statements[:votes]:
                cast_vote(consultation, person.id, statement.id, Choice.AGREE)
    make_participant(consultation, channel=Channel.KIOSK)  # has not voted
    assert _by_channel(consultation) == {"online": (9, 27), "paper": (6, 12), "group": (7, 7)}
    for _person in range(2):
        kiosk = make_participant(consultation, channel=Channel.KIOSK)
        cast_vote(consultation, kiosk.id, statements[0].id, Choice.PASS)
    # Alone withheld, the two could be worked out: the smallest other way goes too.
    assert _by_channel(consultation) == {
        "online": (9, 27),
        "paper": (None, None),
        "kiosk": (None, None),
        "group": (7, 7),
    }


def _by_channel(consultation: Consultation) -> dict[str, tuple[int | None, int | None]]:
    return {each.channel.value: (each.people, each.votes) for each in picture_of(consultation).channels}


@pytest.mark.usefixtures("context")
def test_a_statement_that_few_have_seen_comes_first_and_later_counts_as_seen() -> None:
    consultation = make_consultation(seeds=("One.", "Two.", "Three.", "Four."))
    one, two, three, four = statements_of(consultation.id)
    people = [make_participant(consultation).id for _person in range(10)]
    for person in people:
        cast_vote(consultation, person, one.id, Choice.AGREE, exposure=0.25)
        cast_vote(consultation, person, two.id, Choice.DISAGREE)
    for person in people[:3]:
        cast_vote(consultation, person, three.id, Choice.PASS)
    for person in people[:9]:
        put_off(consultation, person, four.id, again=False)
    # Put off, then voted on: seen once, not twice.
    cast_vote(consultation, people[0], four.id, Choice.AGREE)
    picture = picture_of(consultation)
    seen = [(each.number, each.seen, each.put_off, each.is_under_seen) for each in picture.coverage]
    assert seen == [(3, 3, 0, True), (4, 9, 8, False), (1, 10, 0, False), (2, 10, 0, False)]
    assert [each.drawn for each in picture.coverage] == [0, 0, 10, 0]


@pytest.mark.usefixtures("context")
def test_what_waits_is_counted_with_its_age() -> None:
    consultation = make_consultation()
    author = make_participant(consultation)
    for text, days in (("The first of three.", 9), ("The second of three.", 4), ("The third of three.", 1)):
        statement = submit_statement(consultation, author, text, "en", receipt_hash=token_bytes(32))
        statement.state, statement.written_at = State.WAITING, now() - timedelta(days=days)
    db.session.query(Statement).filter_by(is_seed=True).update({"written_at": now() - timedelta(days=99)})
    db.session.commit()
    picture = picture_of(consultation)
    assert (picture.submitted, picture.published) == (3, 0)
    assert (picture.backlog.waiting, picture.backlog.oldest, picture.backlog.median) == (3, 9, 4)


def test_the_page_and_its_file_say_the_same_and_nothing_of_opinions(app: Flask) -> None:
    with app.app_context():
        fatima = make_account("Fatima")
        consultation = make_consultation(fatima, shows_interim_results=False)
        some_vote(consultation, 12)
        slug, email = consultation.slug, fatima.email
    staff = Staff(app)
    staff.signs_in(email)
    page = staff.opens(f"/desk/c/{slug}/participation")
    assert "12 people have voted" in page.text
    assert "24 votes hold" in page.text
    assert page.html.select(".columns svg path[d^=M]")
    file = staff.client.get(f"/en/desk/c/{slug}/participation.csv")
    found = {
        (line["part"], line["what"], line["measure"]): line["value"]
        for line in csv.DictReader(io.StringIO(file.text))
    }
    assert found["all", "", "people"] == "12"
    assert found["day", now().date().isoformat(), "votes"] == "24"
    assert "On a device of their own" in page.text
    assert (found["channel", "online", "people"], found["channel", "online", "votes"]) == ("12", "24")
    assert found["statement", "3", "seen"] == "0"
    for told in (page.html.main.get_text(), file.text):
        assert "agree" not in told.lower()
        assert "participant" not in told


def test_the_page_loads_itself_anew_for_those_who_ask_and_no_longer_than_they_want(app: Flask) -> None:
    with app.app_context():
        fatima = make_account("Fatima")
        slug, email = make_consultation(fatima).slug, fatima.email
    staff = Staff(app)
    staff.signs_in(email)
    path = f"/desk/c/{slug}/participation"
    page = staff.opens(path)
    assert not page.html.select("meta[http-equiv=refresh]")
    page = staff.opens(f"{path}?live=1")
    assert [meta["content"] for meta in page.html.select("meta[http-equiv=refresh]")] == ["60"]
    assert page.html.select(f"a[href='/en{path}']"), "there is a way to stop it"


def test_the_file_holds_every_table_of_the_page(app: Flask) -> None:
    with app.app_context():
        fatima = make_account("Fatima")
        consultation = make_consultation(
            fatima, seeds=[f"Statement {number} of them." for number in range(1, 9)]
        )
        make_question(consultation)
        make_camps(consultation, people=60)
        slug, email = consultation.slug, fatima.email
        WorkerProcess(app).do_what_is_due()
    staff = Staff(app)
    staff.signs_in(email)
    file = staff.client.get(f"/en/desk/c/{slug}/participation.csv")
    parts = {line["part"] for line in csv.DictReader(io.StringIO(file.text))}
    assert {"all", "statements", "day", "language", "statement", "integrity"} <= parts


def test_before_the_first_vote_the_page_says_so(app: Flask) -> None:
    with app.app_context():
        fatima = make_account("Fatima")
        slug, email = make_consultation(fatima).slug, fatima.email
    staff = Staff(app)
    staff.signs_in(email)
    page = staff.opens(f"/desk/c/{slug}/participation")
    assert "Nobody has voted yet" in page.text
    assert not page.html.select(".columns")


def test_citizens_stay_outside_and_moderators_come_in(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        account = make_account("Moderator")
        make_member(consultation, account, Role.MODERATOR)
        slug, email = consultation.slug, account.email
    assert Citizen(app).client.get(f"/en/desk/c/{slug}/participation").status_code == 302
    moderator = Staff(app)
    moderator.signs_in(email)
    assert moderator.opens(f"/desk/c/{slug}/participation").status == 200


def test_columns_are_as_high_as_their_share_of_the_highest() -> None:
    drawing = draw_columns([5, 10, None, 0])
    assert (drawing.width, drawing.peak) == (4, 1)
    assert drawing.shown == "M0.1 100v-50h0.8v50zM1.1 100v-100h0.8v100z"
    assert drawing.hidden.startswith("M2.1 ")
    assert draw_columns([None, 0]).peak is None
