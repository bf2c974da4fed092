"""A dossier goes over to other registers and comes back; what does not go over is said in words."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from participation.deployments.checking import problems_in
from participation.deployments.exchange import FORMATS, read_dossier
from participation.deployments.queries import deployment_by_slug
from participation.deployments.schema import FIELDS
from tests.participation.deployments.cases import WITHHELD, small_dossier, whole_dossier

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

REGISTERS = ("dutch", "atrs")
# As the register's interface gives an entry, with what only it has.
ENTRY = {
    "name": "Chatbot over afval",
    "description_short": "Een chatbot beantwoordt vragen over afval.",
    "organization": "Gemeente Noorderhaaks",
    "category": ["Organisatie en bedrijfsvoering"],
    "status": "In gebruik",
    "begin_date": "2026-09",
    "end_date": None,
    "contact_email": "algoritmes@noorderhaaks.example",
    "publication_category": "Overige algoritmes",
    "goal": "Sneller antwoord.",
    "impacttoetsen_grouping": [{"title": "DPIA", "link": None}],
    "lawful_basis_grouping": [{"title": "Gemeentewet", "link": "https://wetten.example"}],
    "risks": "Een fout antwoord.",
    "lang": "NLD",
}


ODD = [json.dumps(ENTRY | odd) for odd in ({"goal": 5}, {"lawful_basis_grouping": [5]}, {"risks": ["late"]})]


def nothing(_slug: str) -> None:
    """No dossier is there yet."""


@pytest.mark.parametrize("name", ["json", *REGISTERS])
def test_a_file_that_comes_back_unchanged_changes_nothing(name: str) -> None:
    whole = whole_dossier()
    assert read_dossier(FORMATS[name].write(whole), lambda _slug: whole) == whole


@pytest.mark.parametrize("name", REGISTERS)
def test_what_a_register_holds_survives_the_way_there_and_back(name: str) -> None:
    file = FORMATS[name].write(whole_dossier())
    begun = read_dossier(file, nothing)
    assert problems_in(begun) == []
    again = FORMATS[name].write(begun)
    if name == "dutch":
        assert json.loads(again) == json.loads(file)
    else:
        assert again == file


def test_an_entry_of_the_dutch_register_becomes_a_dossier() -> None:
    dossier = read_dossier(json.dumps(ENTRY), nothing)
    assert problems_in(dossier) == []
    assert (dossier["slug"], dossier["country"], dossier["main_language"]) == (
        "chatbot-over-afval",
        "NL",
        "nl",
    )
    assert dossier["owner"] == "Gemeente Noorderhaaks"
    fields = dossier["fields"]
    assert fields["name"] == {"nl": "Chatbot over afval"}
    assert (fields["lifecycle_status"], fields["publication_category"]) == ("live", "other")
    assert fields["planned_start"] == "2026-09-01"
    assert fields["risks"] == [{"harm": {"nl": "Een fout antwoord."}}]
    assert fields["legal_basis"] == [{"title": {"nl": "Gemeentewet"}, "url": "https://wetten.example"}]
    assert fields["impact_assessments"] == [{"kind": {"nl": "DPIA"}}]


def test_the_names_of_the_standards_own_schema_are_read_too() -> None:
    other = {
        "start_date": "2026-09",
        "purpose_and_impact": "Sneller.",
        "technical_operation": "Een taalmodel.",
    }
    dossier = read_dossier(json.dumps({"name": "Chatbot", "description_short": "Kort.", **other}), nothing)
    assert dossier["fields"]["technique"] == {"nl": "Een taalmodel."}
    assert dossier["fields"]["planned_start"] == "2026-09-01"


def test_what_an_entry_says_otherwise_is_changed_and_the_rest_stays() -> None:
    whole = whole_dossier()
    entry = json.loads(FORMATS["dutch"].write(whole))
    entry["goal"] = "Something else."
    changed = read_dossier(json.dumps(entry), lambda _slug: whole)
    differs = {key for key in whole["fields"] if changed["fields"][key] != whole["fields"][key]}
    assert differs == {"purpose_and_impact"}
    assert changed["fields"]["purpose_and_impact"]["ar"] == whole["fields"]["purpose_and_impact"]["ar"]


def test_what_is_withheld_stays_withheld_and_says_nothing_elsewhere() -> None:
    dossier = small_dossier(supplier=WITHHELD, lifecycle_status=WITHHELD)
    for name in REGISTERS:
        assert "secret" not in FORMATS[name].write(dossier)
        assert FIELDS["supplier"] in FORMATS[name].lost(dossier)
    assert FORMATS["json"].lost(dossier) == []


def test_a_dossier_in_no_language_of_the_register_is_refused() -> None:
    dossier: dict[str, Any] = {**small_dossier(name={"fi": "Raitiovaunut"}), "main_language": "fi"}
    with pytest.raises(ValueError, match="Dutch, English or Frisian"):
        FORMATS["dutch"].write(dossier)


def test_a_record_opens_in_a_spreadsheet() -> None:
    file = FORMATS["atrs"].write(small_dossier(team={"en": 'The "tram" office,\ntoo'}))
    rows = {attribute: tuple(rest) for attribute, *rest in csv.reader(io.StringIO(file))}
    assert rows["team"] == ("Team", "Tier 2", 'The "tram" office,\ntoo')
    assert rows["language"][2] == "en"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_record_that_a_spreadsheet_saved_in_its_own_way_is_read(delimiter: str) -> None:
    whole = whole_dossier()
    rows = list(csv.reader(io.StringIO(FORMATS["atrs"].write(whole), newline="")))
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([*rows, [""] * 4])
    assert read_dossier("\ufeff" + saved.getvalue(), lambda _slug: whole) == whole


def test_the_row_with_a_cell_too_few_is_named() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells"):
        read_dossier("attribute,heading,tier,value\r\nalone\r\n", nothing)


def test_html_in_an_entry_becomes_markdown_and_stays_so_on_the_way_back() -> None:
    marked = ENTRY | {
        "goal": "<p>Een <strong>snel</strong> antwoord&nbsp;&amp; meer.</p><ul><li>dag</li><li><p>nacht</p></li></ul>",
        "risks": '<p>Zie <a href="https://a.nl/x">hier</a> of <a href="javascript:x">daar</a>.</p><style>x</style>',
        "lawful_basis_grouping": [
            {"title": "<b>Gemeentewet</b>", "link": "https://wetten.example/?a=1&copy=2"}
        ],
        "proportionality": "Als a < b, dan c & d.",
    }
    dossier = read_dossier(json.dumps(marked), nothing)
    fields = dossier["fields"]
    assert problems_in(dossier) == []
    assert fields["purpose_and_impact"] == {"nl": "Een **snel** antwoord\xa0& meer.\n\n- dag\n- nacht"}
    assert fields["risks"] == [{"harm": {"nl": "Zie [hier](https://a.nl/x) of daar."}}]
    assert fields["legal_basis"][0]["title"] == {"nl": "**Gemeentewet**"}
    assert fields["legal_basis"][0]["url"] == "https://wetten.example/?a=1&copy=2"
    assert fields["considerations"] == {"nl": "Als a < b, dan c & d."}
    again = read_dossier(FORMATS["dutch"].write(dossier), lambda _slug: dossier)
    assert again == dossier
    assert read_dossier(json.dumps(marked), lambda _slug: dossier) == dossier


@pytest.mark.parametrize(
    "file", ["attribute,heading,tier,value\r\nalone\r\n", "name\r\nTrams\r\n", "{", *ODD]
)
def test_what_is_no_such_file_is_refused(file: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and csv have words of their own
        read_dossier(file, nothing)


@pytest.mark.parametrize("name", REGISTERS)
def test_an_operator_brings_it_over_and_back_and_is_told_what_is_lost(
    app: Flask, tmp_path: Path, name: str
) -> None:
    run = app.test_cli_runner().invoke
    file = tmp_path / "dossier"
    file.write_text(json.dumps(whole_dossier()), encoding="utf-8")
    run(args=["deployment", "import", str(file)])
    out = run(args=["deployment", "export", "velmora-welfare-checks", "--format", name])
    assert "Not in this file, or not as a whole:" in out.stderr
    assert "supplier" in out.stderr
    file.write_bytes(out.stdout.replace("City Council", "Town Council").encode())
    assert run(args=["deployment", "import", str(file)]).exit_code == 0
    with app.app_context():
        assert (
            deployment_by_slug("velmora-welfare-checks").draft["fields"]["supplier"]
            == whole_dossier()["fields"]["supplier"]
        )
