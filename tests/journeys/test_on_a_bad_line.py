"""Amina votes on the train. The line comes and goes; her answers wait on her phone and arrive once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.consultations.actions import close_consultation
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.votes.actions import cast_vote
from participation.votes.models import SupersededVote, Vote
from tests.browser import accessibility_faults
from tests.builders import make_consultation

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Route

    from tests.journeys.citizen import Citizen

NOT_SENT = "Not yet sent: %(number)s. Kept on this device until the connection is back."
ALL_SENT = "The connection is back: everything is sent."
NO_LINE = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation(seeds=[f"Statement {number}." for number in range(1, 9)]).slug


@pytest.fixture
def amina(slug: str, citizen: Citizen) -> Citizen:
    """She stands before the first card, and the next ones are on her phone already."""
    with citizen.page.expect_response("**/vote/ahead*"):
        citizen.opens(f"/c/{slug}/vote")
    return citizen


def said(app: Flask) -> list[Choice]:
    with app.app_context():
        return list(db.session.scalars(select(Vote.choice).order_by(Vote.id)))


def replaced(app: Flask) -> list[Choice]:
    with app.app_context():
        return list(db.session.scalars(select(SupersededVote.choice)))


def test_votes_made_without_a_line_are_kept_and_sent_when_it_is_back(amina: Citizen, town: Flask) -> None:
    amina.votes("Agree")
    amina.loses_the_line()
    for number, choice in enumerate(("Disagree", "Pass", "Agree"), start=1):
        offline(amina, choice)
        amina.is_told(NOT_SENT, number=number)
    assert not accessibility_faults(amina.page)
    assert said(town) == [Choice.AGREE]
    amina.has_a_line_again()
    amina.is_told(ALL_SENT)
    amina.has_voted_on(4, 8)
    assert said(town) == [Choice.AGREE, Choice.DISAGREE, Choice.PASS, Choice.AGREE]
    amina.tab.forgives(NO_LINE)


def test_they_wait_while_the_page_is_closed_and_are_sent_on_the_next_visit(
    amina: Citizen, slug: str, town: Flask
) -> None:
    amina.loses_the_line()
    answered = [offline(amina, "Agree"), offline(amina, "Disagree")]
    amina.page.close()
    amina.has_a_line_again()
    amina.tab.forgives(NO_LINE)
    again = amina.in_a_second_tab()
    again.opens(f"/c/{slug}/vote")
    again.has_voted_on(2, 8)
    assert said(town) == [Choice.AGREE, Choice.DISAGREE]
    assert again.statement not in answered
    again.tab.must_be_content()


def test_when_only_the_answer_is_lost_the_vote_is_sent_again_and_counts_once(
    amina: Citizen, slug: str, town: Flask
) -> None:
    """The server has the vote; she cannot know. Before it is sent again she changes it elsewhere."""
    sent: list[str] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    amina.page.route("**/votes", lose_the_answer)
    offline(amina, "Agree")
    with town.app_context():
        vote = db.session.scalars(select(Vote)).one()
        consultation = consultation_by_slug(slug)
        cast_vote(consultation, vote.participant_id, vote.statement_id, Choice.DISAGREE)
    amina.is_told(ALL_SENT)
    assert len(sent) == 2
    assert (said(town), replaced(town)) == ([Choice.DISAGREE], [Choice.AGREE])
    amina.tab.forgives("ERR_FAILED")


def test_undo_without_a_line_takes_back_what_had_not_been_sent(amina: Citizen, town: Flask) -> None:
    amina.loses_the_line()
    regretted = offline(amina, "Agree")
    offline(amina, "Undo my last vote")
    assert amina.statement == regretted
    offline(amina, "Disagree")
    amina.has_a_line_again()
    amina.is_told(ALL_SENT)
    assert said(town) == [Choice.DISAGREE]
    amina.tab.forgives(NO_LINE)


def test_when_the_cards_run_out_she_is_told_and_they_come_back_with_the_line(
    amina: Citizen, town: Flask
) -> None:
    amina.loses_the_line()
    for _card in range(6):
        offline(amina, "Agree")
    amina.sees("No more statements without a connection")
    amina.has_a_line_again()
    amina.has_voted_on(6, 8)
    expect(amina.page.get_by_role("button", name="Agree", exact=True)).to_be_visible()
    assert len(said(town)) == 6
    amina.tab.forgives(NO_LINE)


def test_votes_that_arrive_after_closing_are_named_one_by_one(amina: Citizen, slug: str, town: Flask) -> None:
    amina.loses_the_line()
    late = [offline(amina, "Agree"), offline(amina, "Disagree")]
    with town.app_context():
        close_consultation(consultation_by_slug(slug))
    amina.has_a_line_again()
    lines = amina.page.get_by_role("alert").get_by_role("listitem")
    expect(lines).to_have_count(2)
    for line, statement in zip(lines.all(), late, strict=True):
        expect(line).to_contain_text(statement)
        expect(line).to_contain_text("This consultation is not open")
    assert said(town) == []
    amina.tab.forgives(NO_LINE)
    amina.tab.forgives("a status of 409")


def test_a_server_with_too_much_to_do_loses_nothing(amina: Citizen, town: Flask) -> None:
    amina.page.route("**/votes", lambda route: route.fulfill(status=429), times=1)
    offline(amina, "Agree")
    amina.is_told(NOT_SENT, number=1)
    amina.is_told(ALL_SENT)
    assert said(town) == [Choice.AGREE]
    amina.tab.forgives("a status of 429")


def offline(someone: Citizen, button: str) -> str:
    """Answer, whatever the browser says about the line; returns the statement that was before her."""
    statement = someone.statement
    someone.page.get_by_role("button", name=button, exact=True).click()
    expect(someone.card.get_by_role("heading")).not_to_have_text(statement)
    return statement
