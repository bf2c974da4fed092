"""Fatima and Bakari of the city write a dossier, section by section, sometimes both at once."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from participation.database import db
from participation.deployments.actions import (
    EditedMeanwhileError,
    save_section,
    start_dossier,
)
from participation.deployments.queries import deployment_by_slug
from participation.deployments.schema import SECTIONS
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind, Member, Role
from tests.builders import make_account
from tests.participation.deployments.cases import whole_dossier
from tests.people import Page, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.deployments.models import Deployment

DRAFT = "/desk/d/a-model-for-trams"
RISK = f"{DRAFT}/sections/risk"
OWNER = f"{DRAFT}/sections/owner"


@pytest.fixture
def fatima(app: Flask) -> Staff:
    """She owns the city, which has begun a dossier about trams."""
    with app.app_context():
        account = make_account("Fatima")
        city = create_organisation(account, name="City of Velmora", kind=Kind.CITY, country="FI")
        start_dossier(city, name="A model for trams", main_language="en")
        email = account.email
    staff = Staff(app)
    staff.signs_in(email)
    return staff


def draft_in(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return trams().draft["fields"]


def trams() -> Deployment:
    deployment = deployment_by_slug("a-model-for-trams")
    assert deployment
    return deployment


def saves(staff: Staff, path: str, revision: int = 0, **typed: object) -> Page:
    return staff.sends(path, revision=revision, save="stay", **typed)


def typed_on(page: Page) -> dict[str, list[str]]:
    """Everything that the form of a section would send as it stands."""
    form = page.html.select_one("form[data-autosave]")
    typed: dict[str, list[str]] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        if one.get("type") in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        else:
            value = one.get_text()[1:] if one.name == "textarea" else one.get("value", "")
        typed.setdefault(one["name"], []).append(value)
    return typed


def uploads(staff: Staff, file: bytes) -> Page:
    data = {"csrf_token": staff.token(), "file": (io.BytesIO(file), "dossier.json")}
    return Page(staff.client.post(f"/en{DRAFT}/upload", data=data, follow_redirects=True))


def test_she_begins_a_dossier_and_finds_it_on_her_desk(app: Flask, fatima: Staff) -> None:
    page = fatima.sends("/desk/organisations/city-of-velmora/dossiers/new", name="Buses", main_language="fr")
    assert page.html.h1.get_text() == "What it is"
    assert page.field('"name.fr"') == "Buses"
    assert "Buses" in fatima.opens("/desk/dossiers").text
    with app.app_context():
        assert deployment_by_slug("buses").country == "FI"


def test_every_kind_of_fact_can_be_written(app: Flask, fatima: Staff) -> None:
    saves(
        fatima,
        f"{DRAFT}/sections/identity",
        revision=1,
        **{
            "name.en": "Trams",
            "name.ar": "ترام",
            "policy_theme": ["mobility", "safety"],
            "planned_start": "2027-03-01",
            "level": "local",
            "register_links.1.register.en": "National",
            "register_links.1.url": "https://a.example",
        },
    )
    saves(fatima, f"{DRAFT}/sections/purpose", **{"costs.build": "1200.5", "costs.run": "0"})
    saves(fatima, f"{DRAFT}/sections/operation", opt_out_possible="no")
    fields = draft_in(app)
    assert fields["name"] == {"en": "Trams", "ar": "ترام"}
    assert fields["policy_theme"] == ["mobility", "safety"]
    assert fields["register_links"] == [{"register": {"en": "National"}, "url": "https://a.example"}]
    assert (fields["planned_start"], fields["level"]) == ("2027-03-01", "local")
    assert fields["costs"] == {"build": 1200.5, "run": 0}
    assert fields["opt_out_possible"] is False


def test_saving_the_pages_as_they_are_changes_nothing(app: Flask, fatima: Staff) -> None:
    """Also not the texts in languages that are not on the page."""
    file = json.dumps(whole_dossier()).encode()
    assert uploads(fatima, file).status == 200
    with app.app_context():
        revisions = trams().section_revisions
    for place, section in enumerate(SECTIONS):
        path = f"{DRAFT}/sections/{section.key}"
        typed = typed_on(fatima.opens(path + ("?beside=ar" if place % 2 else "")))
        assert fatima.sends(path, **{**typed, "save": "stay", "csrf_token": fatima.token()}).status == 200
    assert draft_in(app) == whole_dossier()["fields"]
    with app.app_context():
        assert trams().section_revisions == revisions


def test_a_list_grows_and_shrinks_without_a_script(app: Flask, fatima: Staff) -> None:
    page = fatima.sends(RISK, revision=0, add="risks", **{"risks.1.harm.en": "It is late"})
    assert page.field('"risks.1.harm.en"') == "It is late"
    assert page.field('"risks.2.harm.en"') == ""
    both = {"risks.1.harm.en": "It is late", "risks.2.harm.en": "It is wrong"}
    page = fatima.sends(RISK, revision=0, remove="risks.1", **both)
    assert page.field('"risks.1.harm.en"') == "It is wrong"
    assert "risks" not in draft_in(app), "only the button that says so saves"


def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(app: Flask, fatima: Staff) -> None:
    page = saves(
        fatima,
        RISK,
        **{
            "risks.2.harm.en": "It is late",
            "risks.4.scale": "high",
            "review_on": "soon",
            "monitoring_plan.ar": "خطة",
            "independent_audit.1.auditor.en": "x" * 5001,
        },
    )
    assert page.status == 422
    assert page.field('"risks.1.harm.en"') == "It is late"
    assert page.field("review_on") == "soon"
    wrong = {
        one["name"]: one.parent.select_one(".field__error").get_text(strip=True)
        for one in page.html.select("[aria-invalid]")
    }
    assert wrong == {
        "risks.2.harm.en": "Please fill this in.",
        "review_on": "Please write a date, such as 2027-01-31.",
        "monitoring_plan.en": "Please write this in English too.",
        "independent_audit.1.auditor.en": "Please shorten this text to 5,000 characters.",
    }
    assert all(page.html.select_one(link["href"]) for link in page.html.select("[role=alert] a"))
    assert "risks" not in draft_in(app)


def test_a_fact_is_withheld_for_a_reason_and_by_right(app: Flask, fatima: Staff) -> None:
    reason = {"withheld.supplier.reason.en": "Offers are secret."}
    assert "Please fill this in." in saves(fatima, OWNER, **reason).text
    both = {**reason, "withheld.supplier.legal_ground.en": "Section 14"}
    refused = saves(fatima, OWNER, **both, **{"supplier.1.name.en": "Trams Ltd"})
    assert "This is filled in and withheld." in refused.text
    assert refused.field('"supplier.1.name.en"') == "Trams Ltd"
    saves(fatima, OWNER, **both)
    assert draft_in(app)["supplier"]["withheld"]["legal_ground"] == {"en": "Section 14"}
    assert fatima.opens(OWNER).field('"withheld.supplier.reason.en"') == "Offers are secret."


def test_two_who_write_at_once_see_both_texts(app: Flask, fatima: Staff) -> None:
    saves(fatima, OWNER, **{"team.en": "Tram office"})
    refused = saves(fatima, OWNER, **{"team.en": "Bus office"})
    assert refused.status == 409
    assert refused.field('"team.en"') == "Bus office"
    assert "Tram office" in refused.html.select_one("#theirs-team").get_text()
    assert draft_in(app)["team"] == {"en": "Tram office"}
    saves(fatima, OWNER, revision=int(refused.hidden("revision")), **{"team.en": "Tram and bus office"})
    assert draft_in(app)["team"] == {"en": "Tram and bus office"}


@pytest.mark.usefixtures("fatima")
def test_who_works_on_another_section_or_writes_the_same_is_not_in_the_way(app: Flask) -> None:
    owner, risk = (next(one for one in SECTIONS if one.key == key) for key in ("owner", "risk"))
    with app.app_context():
        save_section(trams(), owner, {"team": {"en": "Tram office"}}, seen=0)
        save_section(trams(), risk, {"review_on": "2027-01-01"}, seen=0)
        save_section(trams(), owner, {"team": {"en": "Tram office"}}, seen=0)
        assert (trams().revision_of("owner"), trams().revision_of("risk")) == (1, 1)
        with pytest.raises(EditedMeanwhileError):
            save_section(trams(), owner, {}, seen=0)
        assert set(trams().draft["fields"]) == {"name", "team", "review_on"}


def test_the_script_saves_and_is_told_in_words(app: Flask, fatima: Staff) -> None:
    def autosaves(**typed: object) -> Any:  # noqa: ANN401
        data = {"csrf_token": fatima.token(), "save": "stay", **typed}
        return fatima.client.post(f"/en{OWNER}", data=data, headers={"X-Autosave": "1"})

    first = autosaves(revision=0, **{"team.en": "Tram office"})
    assert first.json == {"said": "Saved in the draft", "revision": 1}
    assert draft_in(app)["team"] == {"en": "Tram office"}
    assert autosaves(revision=0, **{"team.en": "Bus office"}).status_code == 409
    wrong = autosaves(revision=1, decision_due_on="soon")
    assert (wrong.status_code, "Press Save" in wrong.json["said"]) == (422, True)
    assert draft_in(app)["team"] == {"en": "Tram office"}


def test_what_is_published_is_what_was_looked_at(app: Flask, fatima: Staff) -> None:
    page = fatima.opens(f"{DRAFT}/publish")
    assert "This is the first version" in page.text
    fatima.sends(f"{DRAFT}/publish", seen=page.hidden("seen"))
    assert "There is nothing to publish" in fatima.opens(f"{DRAFT}/publish").text
    saves(fatima, OWNER, **{"team.en": "Tram office"})
    looked_at = fatima.opens(f"{DRAFT}/publish")
    assert looked_at.html.select_one("ins").get_text() == "Added: Tram office"
    saves(fatima, OWNER, revision=1, **{"team.en": "Bus office"})
    refused = fatima.sends(f"{DRAFT}/publish", seen=looked_at.hidden("seen"))
    assert refused.status == 409
    assert "The draft has changed since you opened this page." in refused.text
    fatima.sends(f"{DRAFT}/publish", seen=refused.hidden("seen"))
    with app.app_context():
        assert [one.number for one in trams().versions] == [1, 2]
        assert trams().latest.content["fields"]["team"] == {"en": "Bus office"}


def test_a_draft_goes_out_as_a_file_and_comes_back(app: Flask, fatima: Staff) -> None:
    saves(fatima, OWNER, **{"team.en": "Tram office"})
    file = fatima.client.get(f"/en{DRAFT}/files/json").data
    saves(fatima, OWNER, revision=1, **{"team.en": "Bus office"})
    assert uploads(fatima, file).html.h1.get_text() == "Differences and publishing"
    assert draft_in(app)["team"] == {"en": "Tram office"}
    assert "This is none of the files" in uploads(fatima, b"{").text
    wrong = json.loads(file)
    wrong["fields"]["level"] = "moon"
    assert "fields.level: 'moon' must be one of" in uploads(fatima, json.dumps(wrong).encode()).text
    assert draft_in(app)["team"] == {"en": "Tram office"}
    assert saves(fatima, OWNER, revision=1, **{"team.en": "Bus office"}).status == 409, "the file counts too"


def test_the_preview_shows_the_draft_to_those_who_write_it_only(app: Flask, fatima: Staff) -> None:
    saves(fatima, OWNER, **{"team.en": "Tram office"})
    assert "Tram office" in fatima.opens(f"{DRAFT}/preview").text
    assert Staff(app).opens("/d/a-model-for-trams").status == 404


def test_a_dossier_without_an_organisation_is_the_operators(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        trams().organisation = None
        db.session.commit()
    assert fatima.opens(DRAFT).status == 403
    assert fatima.opens(f"{DRAFT}/sections/nothing").status == 403


def test_an_unknown_section_is_not_found(fatima: Staff) -> None:
    assert fatima.opens(f"{DRAFT}/sections/nothing").status == 404


def harms_on(page: Page) -> list[str]:
    return [one for name, values in typed_on(page).items() if ".harm." in name for one in values]


def test_a_thing_in_a_list_goes_up_and_down_without_script_and_is_kept_when_she_saves(
    app: Flask, fatima: Staff
) -> None:
    three = {f"risks.{number}.harm.en": word for number, word in enumerate(("late", "wrong", "dear"), 1)}
    page = fatima.sends(RISK, revision=0, move="risks.3.up", **three)
    assert harms_on(page) == ["late", "dear", "wrong"]
    assert "Not saved yet." in page.text
    page = fatima.sends(RISK, move="risks.1.down", **typed_on(page))
    assert harms_on(page) == ["dear", "late", "wrong"]
    assert draft_in(app).get("risks") is None
    saves(fatima, RISK, **{name: one for name, one in typed_on(page).items() if name != "revision"})
    assert [risk["harm"]["en"] for risk in draft_in(app)["risks"]] == ["dear", "late", "wrong"]


@pytest.mark.parametrize(
    "move", ["risks.1.up", "risks.2.down", "risks.9.up", "risks.1.sideways", "risks", "x"]
)
def test_a_thing_that_cannot_go_further_stays(fatima: Staff, move: str) -> None:
    page = fatima.sends(RISK, move=move, **{"risks.1.harm.en": "late", "risks.2.harm.en": "wrong"})
    assert harms_on(page) == ["late", "wrong"]


def test_an_auditor_reads_the_draft_and_changes_nothing(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        omar = make_account("Omar", may_create_consultations=False)
        db.session.add(Member(organisation_id=trams().organisation_id, account_id=omar.id, role=Role.AUDITOR))
        db.session.commit()
        email = omar.email
    auditor = Staff(app)
    auditor.signs_in(email)
    page = auditor.opens("/desk/dossiers")
    assert "A model for trams" in page.text
    assert "Begin a dossier" not in page.text
    preview = auditor.opens(page.html.select_one("article a")["href"].removeprefix("/en"))
    assert preview.status == 200
    assert "Back to writing" not in preview.text
    assert saves(auditor, RISK, **{"risks.1.harm.en": "late"}).status == 403
    assert draft_in(app) == {"name": {"en": "A model for trams"}}
    assert "Back to writing" in fatima.opens(f"{DRAFT}/preview").text
