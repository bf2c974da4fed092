"""Everybody reads what was decided and why. Nobody reads who wrote it, who decided, or what was private."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from participation.moderation.log import COLUMNS
from participation.moderation.models import Verdict
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
    assert "What applies here besides" not in page.text
    path = f"/desk/c/{town.slug}/rules"
    page = town.fatima.sends(path, **{"en-text": "x" * 1001, "fr-text": "Parlez du **modèle**."})
    assert "Please shorten this text by 1 character." in page.text
    assert page.field("fr-text") == "Parlez du **modèle**."
    town.fatima.sends(path, **{"en-text": "", "fr-text": "Parlez du **modèle**."})
    # A reader of English gets what there is.
    assert "Parlez du modèle ." in town.amina.opens(f"/c/{town.slug}/rules").text
    assert town.omar.opens(path).status == 403
