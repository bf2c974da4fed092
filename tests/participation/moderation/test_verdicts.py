"""Other words, mergers, splits and second thoughts: the author is told, and no vote moves or gets another text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.moderation.models import Decision, Verdict
from participation.moderation.queries import predecessors_of
from participation.statements.models import State, Statement, SupersededText
from participation.votes.models import Vote
from tests.builders import make_votes
from tests.people import Citizen

if TYPE_CHECKING:
    from tests.participation.moderation.conftest import Town

PLAIN = "The letters should be plain."


def votes(town: Town, text: str) -> None:
    with town.app.app_context():
        statement = db.session.merge(town.statement(text))
        make_votes(consultation_by_slug(town.slug), statement, [Choice.AGREE] * 4 + [Choice.PASS])


def test_an_author_is_asked_for_other_words_and_sends_them(town: Town) -> None:
    statement = town.writes("They should be plain.")
    receipt = town.amina.opens(f"/c/{town.slug}/you").html.select_one("a[href*=receipts]")["href"]
    town.decides(town.fatima, statement, Verdict.REWORD, reason="not-understandable", note="Who are they?")
    assert "You are asked to say it in other words." in town.yours().text
    path = f"/c/{town.slug}/you/statements/{statement}/reword"
    page = town.amina.opens(path)
    assert page.field("text") == "They should be plain."
    assert "Who are they?" in page.text
    assert "Someone has already said exactly this." in town.amina.sends(path, text="It costs too much.").text
    assert "Sent. Your statement waits" in town.amina.sends(path, text=PLAIN).text
    assert town.yours().html.select_one("a[href*=receipts]")["href"] == receipt
    page = town.queue(town.fatima)
    assert "Before, its author wrote: They should be plain." in page.text
    with town.app.app_context():
        assert db.session.scalars(select(SupersededText.text)).all() == ["They should be plain."]
    assert "They should be plain." in town.amina.opens(f"/c/{town.slug}/you/data").text
    assert "They should be plain." not in town.log().text
    assert "Nobody asks for other words" in town.amina.sends(path, text="Again.").text
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    assert PLAIN in town.log().text


def test_nobody_else_sends_other_words(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REWORD, reason="several-ideas")
    bakari = Citizen(town.app)
    bakari.votes(town.slug, Choice.AGREE)
    assert bakari.sends(f"/c/{town.slug}/you/statements/{statement}/reword", text="Mine.").status == 404


def test_what_has_votes_gets_no_other_words_and_is_not_kept_back(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    votes(town, PLAIN)
    for verdict, fields in (
        (Verdict.REJECT, {"reason": "off-topic"}),
        (Verdict.REWORD, {"reason": "off-topic"}),
        (Verdict.SPLIT, {"parts": "One thing.\nAnother thing."}),
    ):
        assert (
            "People have voted on this statement"
            in town.decides(town.fatima, statement, verdict, **fields).text
        )
    assert town.statement(PLAIN).state is State.PUBLISHED
    town.decides(town.fatima, statement, Verdict.REJECT, reason="personal-data")
    assert town.statement(PLAIN).state is State.REJECTED
    with town.app.app_context():
        assert len(db.session.scalars(select(Vote).where(Vote.statement_id == statement)).all()) == 5


def test_what_came_between_a_look_and_a_vote_is_found(town: Town) -> None:
    """It was sent back while nobody had voted; a vote was under way all the same."""
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REWORD, reason="several-ideas")
    with town.app.app_context():
        returned = db.session.get_one(Statement, statement)
        returned.state = State.PUBLISHED
        db.session.commit()
    votes(town, PLAIN)
    with town.app.app_context():
        db.session.get_one(Statement, statement).state = State.RETURNED
        db.session.commit()
    page = town.amina.sends(f"/c/{town.slug}/you/statements/{statement}/reword", text="Other words.")
    assert "its words stay as they are" in page.text
    assert town.statement(PLAIN)


def test_a_duplicate_says_which_one_and_its_votes_stay_with_it(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    votes(town, PLAIN)
    for wrong in ("4", "99", ""):
        page = town.decides(town.fatima, statement, Verdict.MERGE, into=wrong)
        assert "number of another statement" in page.text
    town.decides(town.fatima, statement, Verdict.MERGE, into="2")
    page = town.yours()
    assert "Errors should be published." in page.text
    assert "The votes it has are kept with it." in page.text
    log = town.log().text
    assert "In its place: 2" in log
    assert "agree 4, disagree 0, pass 1" in log
    with town.app.app_context():
        held = db.session.scalars(select(Vote.statement_id)).all()
        into = db.session.scalars(select(Statement).where(Statement.number == 2)).one()
        assert set(held) == {statement}
        assert predecessors_of([into.id]) == {into.id: [4]}
    assert "of 3 statements" in town.amina.sees_card(town.slug).text


def test_a_handful_of_votes_is_not_shown_and_none_while_results_are_hidden(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    votes(town, PLAIN)
    town.decides(town.fatima, statement, Verdict.MERGE, into="2")
    with town.app.app_context():
        consultation_by_slug(town.slug).shows_interim_results = False
        db.session.commit()
    assert "agree 4" not in town.log().text
    with town.app.app_context():
        consultation_by_slug(town.slug).shows_interim_results = True
        db.session.delete(db.session.scalars(select(Vote)).first())
        db.session.commit()
    assert "Votes it has" not in town.log().text


def test_a_statement_of_two_ideas_becomes_two(town: Town) -> None:
    both = "Letters should be plain and forms should be short and free."
    statement = town.writes(both)
    page = town.decides(town.fatima, statement, Verdict.SPLIT, parts=PLAIN)
    assert "at least two statements" in page.text
    assert page.field("parts") == PLAIN
    page = town.decides(town.fatima, statement, Verdict.SPLIT, parts=f"{PLAIN}\nIt costs too much.")
    assert "Someone has already said exactly this." in page.text
    assert town.statement(both).state is State.WAITING
    town.decides(town.fatima, statement, Verdict.SPLIT, parts=f"{PLAIN}\nThe forms should be short.")
    page = town.yours()
    assert "split into several statements" in page.text
    assert PLAIN in page.text
    assert "In its place: 5 , 6" in town.log().text
    assert "of 5 statements" in town.amina.sees_card(town.slug).text


def test_a_second_thought_keeps_the_first_on_record(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REJECT, reason="off-topic")
    town.decides(town.omar, statement, Verdict.ACCEPT)
    assert town.statement(PLAIN).state is State.PUBLISHED
    with town.app.app_context():
        decisions = db.session.scalars(select(Decision).order_by(Decision.id)).all()
        assert [(each.verdict, each.role.value) for each in decisions] == [
            (Verdict.REJECT, "facilitator"),
            (Verdict.ACCEPT, "moderator"),
        ]
    assert "A later decision has taken the place of this one." in town.log().text


def test_of_two_who_looked_at_once_the_second_is_told(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    page = town.decides(town.omar, statement, Verdict.REJECT, reason="off-topic", seen="")
    assert "already decided" in page.text


def test_a_first_statement_has_no_author_to_ask(town: Town) -> None:
    seed = town.statement("It costs too much.").id
    page = town.decides(town.fatima, seed, Verdict.REWORD, reason="several-ideas")
    assert "it has no author" in page.text
