"""Everybody reads what was decided and why. Nobody reads who wrote it, who decided, or what was private."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.moderation.log import COLUMNS
from participation.moderation.models import Verdict
from tests.builders import move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from tests.participation.moderation.conftest import Town

PRIVATE = "My neighbour at the old mill cheats."


def decides_four(town: Town) -> None:
    town.decides(town.fatima, town.writes("The letters should be plain."), Verdict.ACCEPT)
    town.decides(town.fatima, town.writes(PRIVATE), Verdict.REJECT, reason="personal-data", note="Not him.")
    town.decides(town.omar, town.writes("=1+1 is two."), Verdict.REJECT, reason="off-topic")
    town.decides(town.omar, town.writes("Unclear it is."), Verdict.REWORD, reason="not-understandable")


def test_the_log_says_what_why_and_as_what(town: Town) -> None:
    decides_four(town)
    page = town.log()
    for told in ("Facilitator", "Moderator", "It contains personal data", "The letters should be plain."):
        assert told in page.text
    for hidden in (PRIVATE, "Not him.", "Unclear it is.", "Fatima", "Omar"):
        assert hidden not in page.text


def test_the_log_is_filtered(town: Town) -> None:
    decides_four(town)
    assert len(town.log("?decision=reject").html.select(".log__entry")) == 2
    assert len(town.log("?reason=off-topic").html.select(".log__entry")) == 1
    assert "No decision is like this." in town.log("?appealed=1").text
    assert len(town.log("?decision=nonsense").html.select(".log__entry")) == 4


def test_the_files_say_the_same_and_no_more(town: Town) -> None:
    decides_four(town)
    reader = Citizen(town.app)
    text = reader.client.get(f"/en/c/{town.slug}/moderation.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["statement"], row["decision"], row["reason"], row["role"]) for row in rows] == [
        ("7", "reword", "not-understandable", "moderator"),
        ("6", "reject", "off-topic", "moderator"),
        ("5", "reject", "personal-data", "facilitator"),
        ("4", "accept", "", "facilitator"),
    ]
    assert [row["text"] for row in rows] == ["", "'=1+1 is two.", "", "The letters should be plain."]
    decisions = reader.client.get(f"/en/c/{town.slug}/moderation.json").json["decisions"]
    assert [decision["statement"] for decision in decisions] == [7, 6, 5, 4]
    assert decisions[1]["text"] == "=1+1 is two."
    assert "Fatima" not in text + str(decisions)


def test_a_text_found_private_later_disappears_from_earlier_lines(town: Town) -> None:
    statement = town.writes(PRIVATE)
    town.decides(town.fatima, statement, Verdict.REJECT, reason="off-topic")
    assert PRIVATE in town.log().text
    town.decides(town.fatima, statement, Verdict.REJECT, reason="personal-data")
    assert PRIVATE not in town.log().text


def test_a_draft_has_no_public_log(town: Town) -> None:
    assert Citizen(town.app).opens("/c/nothing/moderation").status == 404


def test_the_rules_are_those_that_are_applied_and_what_the_city_adds(town: Town) -> None:
    page = town.amina.opens(f"/c/{town.slug}/rules")
    assert "It is a question: nobody can agree or disagree with it." in page.text
    assert "Facilitators publish what is about the question." in page.text
    assert "Change how statements are moderated" not in page.text
    page = town.fatima.opens(f"/c/{town.slug}/rules")
    assert "Change how statements are moderated" in page.text


def test_the_log_is_one_link_away_wherever_the_consultation_is_read(town: Town) -> None:
    log = f"/en/c/{town.slug}/moderation"
    pages = [town.amina.opens(f"/c/{town.slug}"), town.fatima.opens(f"/desk/c/{town.slug}")]
    with town.app.app_context():
        move_closing(consultation_by_slug(town.slug), now())
    pages.append(town.amina.opens(f"/c/{town.slug}/outcome"))
    assert all(page.html.select(f"main a[href='{log}']") for page in pages)


def test_a_decision_stands_beside_no_words_but_those_that_it_was_about(town: Town) -> None:
    statement = town.writes("Unclear it is.")
    town.decides(town.omar, statement, Verdict.REWORD, reason="not-understandable")
    town.amina.sends(f"/c/{town.slug}/you/statements/{statement}/reword", text="Letters should be short.")
    town.decides(town.omar, statement, Verdict.ACCEPT)
    page = town.log()
    accepted, sent_back = (entry.get_text(" ", strip=True) for entry in page.html.select(".log__entry"))
    assert "Letters should be short." in accepted
    assert "Letters should be short." not in sent_back
    assert "the author has replaced them" in sent_back
    assert "Sent back for other words 1" in page.html.select_one("main dl").get_text(" ", strip=True)


def test_the_days_of_the_log_and_of_a_receipt_are_those_of_the_place(town: Town) -> None:
    # In one of these places it is never the same day as in UTC.
    zone = "Pacific/Kiritimati" if now().hour >= 12 else "Etc/GMT+12"
    with town.app.app_context():
        consultation = consultation_by_slug(town.slug)
        consultation.time_zone = zone
        db.session.commit()
    town.decides(town.omar, town.writes(), Verdict.ACCEPT)
    there, here = now().astimezone(ZoneInfo(zone)), now()
    assert there.date() != here.date()
    for page in (town.log(), town.yours()):
        assert f"{there.day} {there:%B %Y}" in page.text
        assert f"{here.day} {here:%B %Y}" not in page.html.main.get_text().replace(
            f"{there.day} {there:%B %Y}", ""
        )
    told = Citizen(town.app).client.get(f"/en/c/{town.slug}/moderation.json").json
    assert told["decisions"][0]["day"] == there.date().isoformat()
