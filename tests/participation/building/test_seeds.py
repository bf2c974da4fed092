"""Fatima gathers first statements: one by one, pasted, and from a table with mistakes in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from participation.building.seed_file import read_csv, read_lines
from participation.building.seeds import delete_seed
from participation.consultations.actions import WrongPhaseError
from participation.consultations.queries import consultation_by_slug
from participation.statements.models import Leaning, Statement
from participation.statements.queries import statements_of
from tests.builders import make_account, make_consultation
from tests.people import Page, Staff

if TYPE_CHECKING:
    from flask import Flask

GOOD = 'text,language,leaning,fr\nA person decides.,en,for,Une personne décide.\n"Costs, too.",en,against,\n'
BAD = (
    "text,language,leaning,fr\n"
    "A person decides.,en,for,Une personne décide.\n"
    ",en,,\n"
    f"{'x' * 145},en,maybe,{'y' * 141}\n"
    "A person decides.,tlh,,\n"
    "It costs too much.,en,,\n"
    "One, two, three, four.,en\n"
)
NO_COLUMN = "\u2013"


class Organiser(Staff):
    slug = ""

    def uploads(self, data: str | bytes) -> Page:
        data = data.encode() if isinstance(data, str) else data
        return self.sends(f"/desk/c/{self.slug}/seeds/many", file=(io.BytesIO(data), "seeds.csv"))


@pytest.fixture
def fatima(app: Flask) -> Organiser:
    with app.app_context():
        account = make_account("Fatima")
        slug = make_consultation(account, languages=("en", "fr"), published=False).slug
        email = account.email
    fatima = Organiser(app)
    fatima.slug = slug
    fatima.signs_in(email)
    return fatima


def seeds(app: Flask, slug: str) -> list[Statement]:
    with app.app_context():
        return list(statements_of(consultation_by_slug(slug).id))


def texts(app: Flask, slug: str) -> list[str]:
    return [seed.texts[seed.language].text for seed in seeds(app, slug)]


def test_one_by_one_with_its_side_and_translation(app: Flask, fatima: Organiser) -> None:
    fields = {
        "text": "Train the staff.",
        "language": "en",
        "leaning": "neither",
        "text-fr": "Former le personnel.",
    }
    assert "The statement is added." in fatima.sends(f"/desk/c/{fatima.slug}/seeds/one", **fields).text
    seed = seeds(app, fatima.slug)[-1]
    assert seed.leaning is Leaning.NEITHER
    assert seed.texts["fr"].text == "Former le personnel."
    assert seed.texts["fr"].translator_id
    page = fatima.sends(f"/desk/c/{fatima.slug}/seeds/one", **fields)
    assert "Someone has already said exactly this." in page.text
    assert page.field("text-fr") == "Former le personnel."


def test_a_translation_that_is_too_long_says_so_and_stays(app: Flask, fatima: Organiser) -> None:
    page = fatima.sends(
        f"/desk/c/{fatima.slug}/seeds/one", **{"text": "Short.", "language": "en", "text-fr": "z" * 142}
    )
    assert "Please shorten this text by 2 characters." in page.text
    assert page.field("text-fr") == "z" * 142
    assert len(seeds(app, fatima.slug)) == 3


def test_many_lines_at_once_or_none(app: Flask, fatima: Organiser) -> None:
    lines = "One idea.\n\nAnother idea.\nIt costs too much."
    page = fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", lines=lines, language="en")
    assert "Nothing was added yet" in page.text
    assert "The consultation has this statement already." in page.text
    assert page.field("lines").split() == lines.split()
    assert len(seeds(app, fatima.slug)) == 3
    fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", lines=lines.rpartition("\n")[0], language="en")
    assert texts(app, fatima.slug)[3:] == ["One idea.", "Another idea."]


def test_a_table_shows_what_is_in_it_before_anything_is_added(app: Flask, fatima: Organiser) -> None:
    page = fatima.uploads(GOOD)
    assert "2 statements, nothing wrong with them" in page.text
    assert len(seeds(app, fatima.slug)) == 3
    csv = page.field("csv")
    fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", csv=csv, confirmed="1")
    first, second = seeds(app, fatima.slug)[3:]
    assert (first.texts["en"].text, first.texts["fr"].text) == ("A person decides.", "Une personne décide.")
    assert (second.texts["en"].text, second.leaning) == ("Costs, too.", Leaning.AGAINST)


def test_every_mistake_is_listed_with_row_and_column_and_nothing_is_added(
    app: Flask, fatima: Organiser
) -> None:
    page = fatima.uploads(BAD)
    found = [
        tuple(cell.get_text(strip=True) for cell in row.select("td")) for row in page.html.select("tbody tr")
    ]
    assert {(row, column) for row, column, _words in found} == {
        *(("3", "text"), ("4", "text"), ("4", "leaning"), ("4", "fr")),
        *(("5", "text"), ("5", "language"), ("6", "text")),
        *(("7", "language"), ("7", "leaning"), ("7", NO_COLUMN)),
    }
    assert page.field("csv").split() == BAD.split()
    # Confirming it all the same changes nothing.
    fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", csv=BAD, confirmed="1")
    assert len(seeds(app, fatima.slug)) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "The file is empty."),
        ("words;language\nA;en", "this one is missing"),
        ("text,language,klingon\nA,en,B", "There is no such column."),
        ("text,language\n", "There is no statement below the first row."),
        (b"text,language\n\xe9t\xe9,fr", "This is no text in UTF-8."),
    ],
)
def test_a_file_that_is_no_table_is_explained(fatima: Organiser, data: str | bytes, words: str) -> None:
    assert words in fatima.uploads(data).text


def test_spreadsheets_write_semicolons_tabs_and_utf_16(app: Flask, fatima: Organiser) -> None:
    for data in ("text;language\nSemi.;en", "text\tlanguage\nTab.\ten".encode("utf-16")):
        page = fatima.uploads(data)
        csv = page.field("csv")
        fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", csv=csv, confirmed="1")
    assert texts(app, fatima.slug)[3:] == ["Semi.", "Tab."]


def test_sides_are_marked_in_one_go(app: Flask, fatima: Organiser) -> None:
    sides = {"leaning-1": "for", "leaning-2": "against", "leaning-99": "for"}
    fatima.sends(f"/desk/c/{fatima.slug}/seeds/leanings", **sides)
    assert [seed.leaning for seed in seeds(app, fatima.slug)] == [Leaning.FOR, Leaning.AGAINST, None]


def test_a_changed_text_loses_its_check_and_an_unchanged_one_keeps_it(app: Flask, fatima: Organiser) -> None:
    path = f"/desk/c/{fatima.slug}/seeds/1"
    fatima.sends(path, **{"text": "A person decides.", "language": "en", "text-fr": "Une personne décide."})
    page = fatima.opens(path)
    assert (page.field("text"), page.field("text-fr")) == ("A person decides.", "Une personne décide.")
    fatima.sends(path, **{"text": "A person decides!", "language": "en", "text-fr": ""})
    seed = seeds(app, fatima.slug)[0]
    assert seed.texts["en"].text == "A person decides!"
    assert "fr" not in seed.texts


@pytest.mark.usefixtures("context")
def test_nobody_deletes_what_people_may_have_voted_on() -> None:
    consultation = make_consultation()
    with pytest.raises(WrongPhaseError):
        delete_seed(consultation, 1)
    assert len(statements_of(consultation.id)) == 3


def test_a_line_twice_names_the_other_row() -> None:
    faults = read_lines("A.\nB.\nA.", "en", ()).faults
    assert [(fault.row, str(fault.words)) for fault in faults] == [
        (3, "This stands there twice: also in row 1.")
    ]


def test_the_order_of_columns_does_not_matter() -> None:
    reading = read_csv("language,fr,text\nfr,,Oui.\nen,Non.,No.", ["en", "fr"], ())
    assert not reading.faults
    assert [draft.texts for draft in reading.drafts] == [{"fr": "Oui."}, {"fr": "Non.", "en": "No."}]


def test_a_key_stands_for_one_statement(fatima: Organiser) -> None:
    table = "text,language,key\nOne.,en,same\nTwo.,en,same\nThree.,en,No Key\n"
    page = fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", language="en", lines="", csv=table)
    assert "This stands there twice: also in row 2." in page.text
    assert "A key is made of small letters" in page.text


def test_marks_of_a_pasted_list_are_no_part_of_a_statement(app: Flask, fatima: Organiser) -> None:
    lines = "- People decide.\n• It is open.\n3. It is tested.\n2030 is too late."
    fatima.sends(f"/desk/c/{fatima.slug}/seeds/many", language="en", lines=lines)
    assert texts(app, fatima.slug)[-4:] == [
        "People decide.",
        "It is open.",
        "It is tested.",
        "2030 is too late.",
    ]
