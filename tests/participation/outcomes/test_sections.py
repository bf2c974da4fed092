"""What each section of the report says, whoever wrote what in the statements."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from flask import current_app

from participation.consultations.models import Admission, Consultation
from participation.formatting import day
from participation.i18n import speaking
from participation.outcomes.blocks import KINDS
from participation.outcomes.facts import _consultation
from participation.outcomes.findings import found_in
from participation.outcomes.report_views import drawn
from participation.outcomes.sections import SECTIONS, WRITABLE
from participation.outcomes.sections.taking_part import ADMITTED
from participation.outcomes.words import words_in, words_of
from tests.participation.outcomes.conftest import HOSTILE, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.facts import Facts

pytestmark = pytest.mark.usefixtures("speaker")
ORDER = (
    *("summary", "mandate", "dossier", "taking_part", "numbers", "who", "common_ground", "groups"),
    *(
        "disagreement",
        "minority",
        "rights",
        "moderation",
        "method",
        "ai_use",
        "response",
        "next_steps",
        "annexes",
    ),
)


def section(words: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in words["sections"] if each["key"] == key)


def blocks(words: dict[str, Any], key: str, kind: str) -> list[dict[str, Any]]:
    return [block for block in section(words, key)["blocks"] if block["kind"] == kind]


def text_of(words: dict[str, Any], key: str) -> str:
    return json.dumps(section(words, key), ensure_ascii=False)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def test_the_sections_are_those_of_the_specification_in_its_order() -> None:
    assert tuple(each.KEY for each in SECTIONS) == ORDER
    assert "summary" not in WRITABLE, "nobody writes beside the summary what the votes do not say"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ORDER)
def test_every_section_says_something_in_every_language_and_only_in_known_blocks(
    facts: Facts, language: str, key: str
) -> None:
    words = words_in(facts, language)
    said = section(json.loads(json.dumps(words)), key)
    assert said["title"]
    assert said["blocks"]
    for block in said["blocks"]:
        kind = KINDS[block.pop("kind")]
        assert set(block) == {field.name for field in fields(kind)}
    left = [text for text in strings(said) if "%(" in text and text not in HOSTILE]
    assert not left, "a figure was not filled in"


def test_numbers_and_dates_are_those_of_the_language(facts: Facts) -> None:
    facts["participation"]["votes"] = 12345
    words = words_of(facts)
    assert set(words) == set(LANGUAGES)
    assert "12,345" in text_of(words["en"], "summary")
    assert "12,345" not in text_of(words["fr"], "summary")
    assert [words[tag]["direction"] for tag in LANGUAGES] == ["ltr", "ltr", "rtl", "ltr"]


def test_the_same_facts_give_the_same_words_and_are_left_alone(facts: Facts) -> None:
    before = json.dumps(facts, sort_keys=True)
    assert words_of(facts) == words_of(json.loads(before))
    assert json.dumps(facts, sort_keys=True) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_people_wrote_becomes_part_of_the_page(facts: Facts, language: str) -> None:
    words = words_in(facts, language)
    with speaking(language):
        body = current_app.jinja_env.get_template("outcomes/_report.html").module.report_body
        page = BeautifulSoup(str(body(words, language, drawn)), "html.parser")
    assert not page.select("script, img, [onerror], a[href^=javascript]")
    quoted = [each.get_text() for each in page.select("#annexes .said__text")]
    assert quoted == [*HOSTILE[:9], "Des mots." if language == "fr" else HOSTILE[9]]
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    cited = {each["href"][1:] for each in page.select("a.cite")}
    assert cited <= set(ids), "every number of a statement leads to the statement"


def test_words_of_the_organiser_are_marked_as_theirs(facts: Facts) -> None:
    (written,) = blocks(words_in(facts, "fr"), "mandate", "written")
    assert written["by"]
    assert (written["language"], written["markdown"]) == ("en", "<img src=x onerror=alert(1)> **ours**")


def test_every_finding_stands_in_a_section_with_its_counts_and_its_statement(facts: Facts) -> None:
    words = words_in(facts, "en")
    sections = ("common_ground", "disagreement", "minority")
    said = [block for key in sections for block in blocks(words, key, "paragraph")]
    for found in facts["findings"]:
        label = f"Finding {found['number']}:"
        (paragraph,) = [each for each in said if each["text"].startswith(label)]
        assert paragraph["cites"] == (found["statement_number"],)
        assert f"of {facts['participation']['voters']} votes" in paragraph["text"]
    assert {each["kind"] for each in facts["findings"]} >= {"shared agreement", "divides", "uncertain"}


def test_the_summary_has_at_most_seven_findings_and_the_strongest_disagreement(facts: Facts) -> None:
    said = [each["text"] for each in blocks(words_in(facts, "en"), "summary", "paragraph")]
    assert 1 <= sum("shared" in text or "unsure" in text for text in said) <= 7
    assert sum("it divides." in text for text in said) == 1


@pytest.mark.parametrize("without", ["groups", "findings", "votes"])
def test_minority_views_have_their_place_whatever_was_found(facts: Facts, without: str) -> None:
    if without == "groups":
        facts["analysis"]["groups"], facts["map"] = [], None
        for each in facts["analysis"]["statements"]:
            each["groups"] = []
    if without == "votes":
        facts["analysis"]["statements"] = []
    facts["findings"] = []
    headings = [each["text"] for each in blocks(words_in(facts, "en"), "minority", "heading")]
    assert headings[:2] == ["Views of small groups", "Objections to what is shared"]
    assert headings[-1] == "Statements with few votes"


def test_a_statement_with_few_votes_is_quoted_though_nothing_can_be_said_of_it(facts: Facts) -> None:
    facts["analysis"]["statements"][3]["enough_votes"] = False
    assert [each["number"] for each in blocks(words_in(facts, "en"), "minority", "quoted")] == [4]


def test_the_few_who_object_to_what_is_shared_are_counted(facts: Facts) -> None:
    shared = next(each for each in facts["findings"] if each["kind"] == "shared agreement")
    result = next(each for each in facts["analysis"]["statements"] if each["id"] == shared["statement_id"])
    result["disagree"] |= {"count": 7, "share": 7 / 60}
    assert "7 of 60 votes (12%) disagree" in text_of(words_in(facts, "en"), "minority")


def test_a_community_that_says_something_else_than_most_is_told(facts: Facts) -> None:
    shared = next(each for each in facts["findings"] if each["kind"] == "shared agreement")
    (question,) = facts["answers"]["questions"]
    question["agreement"] = {str(shared["statement_id"]): [0.2, None, 0.9]}
    rows = [row for table in blocks(words_in(facts, "en"), "minority", "table") for row in table["rows"]]
    assert [row[:4] for row in rows] == [(shared["statement_number"], "How old are you?", "Under 30", 0.2)]


def test_what_is_withheld_is_empty_in_the_table_and_no_zero(facts: Facts) -> None:
    result = facts["analysis"]["statements"][0]
    result["groups"] = [None, None]
    words = words_in(facts, "en")
    (of_group,) = [each for each in blocks(words, "annexes", "table") if "group A" in each["caption"]]
    assert of_group["rows"][0][1:] == (None,) * 10


def test_what_nobody_counts_is_said_to_be_uncounted(facts: Facts) -> None:
    assert "Not counted: how many people visited" in text_of(words_in(facts, "en"), "numbers")


def test_a_consultation_without_a_dossier_says_so(facts: Facts) -> None:
    facts["dossier"] = facts["rights"] = None
    words = words_in(facts, "en")
    assert "There was no dossier" in text_of(words, "dossier")
    assert "There was no dossier" in text_of(words, "rights")


def test_an_answer_that_calls_for_lawyers_is_a_warning(facts: Facts) -> None:
    facts["rights"]["needs_lawyers"] = True
    (warning,) = blocks(words_in(facts, "en"), "rights", "limit")
    assert "lawyers" in warning["text"]


def test_moderation_is_told_in_counts_and_a_neighbour_is_named_nowhere(facts: Facts) -> None:
    words = words_in(facts, "en")
    rows = [tuple(row) for table in blocks(words, "moderation", "table") for row in table["rows"]]
    assert ("Closed as a duplicate", 1) in rows
    assert ("Not published", 1) in rows
    assert "In place of statement 101: 1" in text_of(words, "moderation")
    assert "neighbour" not in json.dumps([facts, words_of(facts)])


def test_a_machines_translation_is_marked_where_it_stands_and_counted(facts: Facts) -> None:
    words = words_in(facts, "fr")
    (quoted,) = [each for each in blocks(words, "annexes", "quoted") if each["text"] == "Des mots."]
    assert quoted["note"]
    rows = blocks(words, "ai_use", "table")[0]["rows"]
    assert sorted(row[1:] for row in rows) == [(0, 0, 0, 1), (10, 0, 0, 0)]


def test_the_answer_is_promised_and_each_finding_waits_for_it(facts: Facts) -> None:
    (points,) = blocks(words_in(facts, "en"), "response", "points")
    assert len(points["points"]) == len(facts["findings"])
    facts["consultation"]["responds_by"] = None
    assert "No day was promised" in text_of(words_in(facts, "en"), "response")


def test_the_method_names_all_that_is_needed_to_compute_it_again(facts: Facts) -> None:
    said = text_of(words_in(facts, "en"), "method")
    for name in ("votes_sha256", "analysis_sha256", "dossier_sha256", "code_version"):
        assert facts["method"][name] in said
    assert f'"seed", "{facts["method"]["seed"]}"' in said


def test_what_a_small_group_says_is_a_finding_with_the_shares_of_the_tables(facts: Facts) -> None:
    small, large = facts["analysis"]["groups"]
    small["size"], large["size"] = 12, 48
    assert small["voices"]
    facts["findings"] = [{"number": 1, **each} for each in found_in(facts) if each["kind"] == "minority"]
    (found,) = facts["findings"]
    result = next(each for each in facts["analysis"]["statements"] if each["id"] == found["statement_id"])
    direction = small["voices"][0]["direction"]
    assert found["measure"] == result["groups"][0][direction]["share"]
    (said,) = [
        each["text"]
        for each in blocks(words_in(facts, "en"), "minority", "paragraph")
        if each["text"].startswith("Finding 1: the view of a small group.")
    ]
    assert f"about {found['measure']:.0%} of it" in said


@pytest.mark.parametrize(
    ("admission", "who", "one"),
    [
        (Admission.OPEN, "Everybody who had the address", "Each browser is one participant."),
        (
            Admission.EMAIL,
            "Everybody who confirmed an e-mail address",
            "Each e-mail address is one participant",
        ),
        (Admission.CODE, "People with an invitation code", "Each code is one participant."),
    ],
)
def test_how_people_were_let_in_is_said_as_it_was(
    facts: Facts, admission: Admission, who: str, one: str
) -> None:
    facts["consultation"]["admission"] = admission.value
    told = text_of(words_in(facts, "en"), "taking_part")
    assert who in told
    assert one in told
    assert told.count("is one participant") == 1
    assert set(ADMITTED) == set(Admission)


def test_sheets_of_paper_are_participants_too(facts: Facts) -> None:
    assert "Sheets of paper" not in text_of(words_in(facts, "en"), "taking_part")
    facts["participation"]["by_channel"] = [
        {"channel": "online", "voters": 40, "votes": 400},
        {"channel": "paper", "voters": None, "votes": None},
    ]
    assert "Each sheet is one participant" in text_of(words_in(facts, "en"), "taking_part")


def test_the_dossier_that_was_shown_is_no_further_version_of_itself(facts: Facts) -> None:
    (shown,) = facts["dossier"]["versions"]
    # Published on the first day, which had begun at midnight.
    shown["published_at"] = facts["consultation"]["opens_at"]
    assert "No other version was published" in text_of(words_in(facts, "en"), "dossier")
    facts["dossier"]["versions"].append({**shown, "number": 2})
    assert "1 further version was published" in text_of(words_in(facts, "en"), "dossier")


def test_the_last_day_for_statements_is_the_last_on_which_one_could_write(facts: Facts) -> None:
    consultation = Consultation(
        time_zone="Europe/Helsinki",
        # Midnight there, at the end of 14 May.
        statements_until=datetime(2026, 5, 14, 21, tzinfo=UTC),
        closes_at=datetime(2026, 5, 20, 21, tzinfo=UTC),
        opens_at=datetime(2026, 5, 1, 21, tzinfo=UTC),
        admission=Admission.OPEN,
    )
    facts["consultation"]["last_day_to_write"] = _consultation(consultation)["last_day_to_write"]
    with speaking("en"):
        expected = day("2026-05-14")
    assert json.dumps(["New statements until", expected], ensure_ascii=False) in text_of(
        words_in(facts, "en"), "taking_part"
    )


def without_groups(facts: Facts) -> Facts:
    """The same votes of so few people that no groups are looked for, and what is then found in them."""
    facts["analysis"] |= {"groups": [], "number_of_participants": 36, "too_few_for_groups": True}
    facts["map"] = None
    for each in facts["analysis"]["statements"]:
        each |= {"groups": [], "divisiveness": 0.0}
    facts["findings"] = [{**each, "number": place} for place, each in enumerate(found_in(facts), 1)]
    return facts


def test_where_there_are_no_groups_the_report_speaks_of_the_people_who_took_part(facts: Facts) -> None:
    words = words_in(without_groups(facts), "en")
    assert "Too few people voted to speak of groups" in text_of(words, "groups")
    for key in ("summary", "common_ground", "disagreement"):
        assert "every group" not in text_of(words, key)
    assert "smaller than a third" not in text_of(words, "minority")
    assert "two groups" not in text_of(words, "annexes")


def test_where_there_are_no_groups_nothing_divides_by_a_figure_of_none(facts: Facts) -> None:
    words = words_in(without_groups(facts), "en")
    assert "it divides. " in text_of(words, "disagreement")
    (votes,) = (block for block in blocks(words, "annexes", "table") if "Votes of all" in block["caption"])
    assert "Divides" not in votes["head"]
    assert votes["shares"] == tuple(range(2, 11))
    assert "at least 25% of the votes agree and as many disagree" in text_of(words, "annexes")
