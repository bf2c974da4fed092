"""Fatima works on a draft with a colleague: they save, collide, copy, and publish once nothing is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from participation.accounts.queries import account_by_email
from participation.building.checklist import blockers_of
from participation.consultations.actions import make_member
from participation.consultations.models import Admission, Consultation, Phase
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.organisations.models import Role
from participation.questions.queries import questions_of
from participation.statements.models import Leaning
from participation.statements.queries import statements_of
from tests.builders import make_account, make_consultation, make_question, make_ready_draft
from tests.people import Page, Staff

if TYPE_CHECKING:
    from flask import Flask


class Editor(Staff):
    """Somebody who writes in a draft."""

    def opens_form(self, slug: str) -> Page:
        return self.opens(f"/desk/c/{slug}/edit")

    def saves(self, slug: str, page: Page, **changes: object) -> Page:
        """Send the form of a page with some fields changed; fields that begin with a language as en_title."""
        sent: dict[str, object] = {}
        for element in page.html.select("form [name]:not([type=submit]):not(button)"):
            name = str(element["name"])
            if element.get("type") == "checkbox":
                if element.has_attr("checked"):
                    sent.setdefault(name, []).append(element["value"])  # type: ignore[attr-defined]
            elif element.name == "select":
                chosen = element.select_one("option[selected]") or element.select_one("option")
                sent[name] = chosen["value"] if chosen else ""
            else:
                sent[name] = page.field(name) if element.get("type") != "hidden" else element["value"]
        names = {
            name.replace("_", "-", 1) if name[:3] in {"en_", "fr_", "ar_"} else name: value
            for name, value in changes.items()
        }
        return self.sends(f"/desk/c/{slug}/edit", **{**sent, **names, "csrf_token": self.token()})


@pytest.fixture
def fatima(app: Flask) -> Editor:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Editor(app)
    fatima.signs_in(email)
    fatima.email = email  # type: ignore[attr-defined]
    return fatima


def draft_of(app: Flask, fatima: Editor, *, languages: tuple[str, ...] = ("en",)) -> str:
    with app.app_context():
        return make_ready_draft(account_by_email(fatima.email), languages=languages).slug  # type: ignore[attr-defined]


def stored(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    assert consultation
    return consultation


def test_she_changes_a_title_and_nothing_else_changes(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima, languages=("en", "fr"))
    with app.app_context():
        before = {tag: text.summary for tag, text in stored(slug).texts.items()}
        days = (stored(slug).first_moment.date(), stored(slug).last_moment.date())
    page = fatima.saves(slug, fatima.opens_form(slug), en_title="Cameras?")
    assert "Saved." in page.text
    with app.app_context():
        after = stored(slug)
        assert after.texts["en"].title == "Cameras?"
        assert {tag: text.summary for tag, text in after.texts.items()} == before
        assert (after.first_moment.date(), after.last_moment.date()) == days
        assert after.dossier_version is not None


def test_a_half_written_draft_is_kept_and_the_list_says_what_is_missing(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima)
    page = fatima.saves(slug, fatima.opens_form(slug), en_decision_maker="", en_moderation="")
    assert "Saved." in page.text
    assert "Not written yet: Who decides (English)." in page.text
    assert "Not written yet: How statements are moderated (English)." in page.text


def test_days_are_those_of_her_time_zone(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima)
    days = {"opens_on": "2030-03-30", "closes_on": "2030-03-31", "responds_by": ""}
    fatima.saves(slug, fatima.opens_form(slug), time_zone="Europe/Helsinki", **days)
    with app.app_context():
        consultation = stored(slug)
        # Two hours before UTC; on the second day the clocks go forward.
        assert consultation.opens_at.isoformat() == "2030-03-29T22:00:00+00:00"
        assert consultation.closes_at.isoformat() == "2030-03-31T21:00:00+00:00"
    page = fatima.opens_form(slug)
    assert (page.field("opens_on"), page.field("closes_on")) == ("2030-03-30", "2030-03-31")
    assert "31 March 2030, 23:59 (Eastern European Summer Time)" in fatima.opens(f"/c/{slug}").text


def test_two_editors_at_once_see_both_texts_and_choose(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima)
    with app.app_context():
        colleague = make_account("Bakari")
        make_member(stored(slug), colleague, Role.FACILITATOR)
        email = colleague.email
    bakari = Editor(app)
    bakari.signs_in(email)
    hers, his = fatima.opens_form(slug), bakari.opens_form(slug)
    bakari.saves(slug, his, en_title="His title")

    page = fatima.saves(slug, hers, en_title="Her title")
    assert page.status == 409
    assert "Two people have changed this draft at once" in page.text
    assert page.field("en-title") == "Her title"
    assert "Somebody else saved here: His title" in page.text
    with app.app_context():
        assert stored(slug).texts["en"].title == "His title"

    fatima.saves(slug, page, en_title="Their title")
    with app.app_context():
        assert stored(slug).texts["en"].title == "Their title"


def test_a_language_goes_on_purpose_only_and_not_with_statements_in_it(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima, languages=("en", "fr"))
    names = ("title", "question", "summary", "decision_maker", "still_open", "use_of_answers", "moderation")
    emptied = {f"fr_{name}": "" for name in names}
    page = fatima.saves(slug, fatima.opens_form(slug), **emptied)
    assert "To take the language out, tick the box below them." in page.text
    with app.app_context():
        assert "fr" in stored(slug).texts
    fatima.sends(f"/desk/c/{slug}/seeds/one", text="Une personne doit décider.", language="fr")
    page = fatima.saves(slug, fatima.opens_form(slug), **{"fr-take_out": "y"})
    assert page.status == 409
    assert "First statements are written in a language that you take out." in page.text
    fatima.sends(f"/desk/c/{slug}/seeds/11/delete")
    fatima.saves(slug, fatima.opens_form(slug), **{"fr-take_out": "y"})
    with app.app_context():
        assert stored(slug).languages == ["en"]


def test_what_is_published_stays_as_it_is(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima)
    form = fatima.opens_form(slug)
    assert "Done." in fatima.sends(f"/desk/c/{slug}/publish").text
    assert fatima.saves(slug, form, en_title="Another").status == 409
    assert fatima.opens_form(slug).status == 409
    with app.app_context():
        assert stored(slug).texts["en"].title != "Another"


def test_publishing_is_refused_with_the_list(app: Flask, fatima: Editor) -> None:
    slug = draft_of(app, fatima)
    fatima.saves(slug, fatima.opens_form(slug), responds_by="")
    page = fatima.sends(f"/desk/c/{slug}/publish")
    assert page.status == 409
    assert "It is not published" in page.text
    assert "Nobody has promised an answer by a day." in page.text
    with app.app_context():
        assert stored(slug).phase() is Phase.DRAFT


def test_a_copy_has_the_texts_statements_and_questions_and_nobodys_votes(app: Flask, fatima: Editor) -> None:
    with app.app_context():
        source = make_ready_draft(account_by_email(fatima.email))  # type: ignore[attr-defined]
        make_question(source)
        source.opens_at, source.closes_at = now() - timedelta(days=90), now() - timedelta(days=60)
        source.published_at, source.responds_by = source.opens_at, now().date()
        source.admission = Admission.CODE
        db.session.commit()
        slug = source.slug
    page = fatima.sends(f"/desk/c/{slug}/copy")
    assert "This is the copy" in page.text
    with app.app_context():
        copy = db.session.scalars(select(Consultation).order_by(Consultation.id.desc())).first()
        source = stored(slug)
        assert copy.phase() is Phase.DRAFT
        assert copy.texts["en"].summary == source.texts["en"].summary
        assert copy.opens_at > now()
        assert copy.closes_at - copy.opens_at == source.closes_at - source.opens_at
        assert [seed.leaning for seed in statements_of(copy.id)] == [
            seed.leaning for seed in statements_of(source.id)
        ]
        assert len(questions_of(copy.id)) == 1
        assert blockers_of(copy) == []
        assert copy.admission is Admission.CODE


@pytest.mark.usefixtures("context")
def test_each_thing_that_would_void_the_exercise_blocks() -> None:
    draft = make_ready_draft(languages=("en", "fr"))
    assert [blocker.sentence for blocker in blockers_of(draft)] == [
        "In French, 10 first statements have no text."
    ]
    seeds = statements_of(draft.id)
    for seed in seeds:
        seed.leaning = Leaning.FOR
    draft.dossier_version, draft.responds_by, draft.closes_at = None, None, now()
    draft.opens_at = now() - timedelta(days=1)
    db.session.delete(seeds[0])
    db.session.commit()
    words = " ".join(blocker.sentence for blocker in blockers_of(draft))
    for part in (
        "The last day has passed.",
        "Nobody has promised an answer",
        "There is no dossier",
        "1 more first statement is needed",
        "Fewer than two first statements speak against it",
    ):
        assert part in words
    seeds[1].leaning = None
    db.session.commit()
    assert "Of 1 first statement nobody has said" in " ".join(b.sentence for b in blockers_of(draft))


@pytest.mark.usefixtures("context")
def test_an_empty_draft_lacks_everything() -> None:
    draft = make_consultation(published=False, seeds=())
    assert {blocker.step.value for blocker in blockers_of(draft)} == {"dates", "dossier", "seeds"}
