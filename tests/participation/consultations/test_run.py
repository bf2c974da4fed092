"""Fatima creates a consultation, publishes, opens and closes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.models import Consultation, Phase
from participation.database import db, now
from participation.statements.models import Statement
from tests.builders import make_account, make_consultation, make_ready_draft
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask

OTHERS = {"decision_maker": "The council", "still_open": "Everything.", "use_of_answers": "They are read."}
FORM = {
    **{f"{tag}-{name}": text for tag in ("fr", "en") for name, text in OTHERS.items()},
    "main_language": "fr",
    "opens_on": "2030-01-01",
    "closes_on": "2030-01-31",
    "fr-title": "Un modèle pour trier les demandes ?",
    "fr-question": "La Ville peut-elle utiliser un modèle ?",
    "fr-summary": "## Ce qui est proposé\n\nUn modèle.",
    "en-title": "A model to sort applications?",
    "en-question": "May the city use a model?",
    "en-summary": "## What is proposed\n\nA model.",
    "seeds": "Une personne doit décider.\n\nLes erreurs doivent être publiées.\n",
}


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account().email
    person = Staff(app)
    person.signs_in(email)
    return person


def only_consultation(app: Flask) -> Consultation:
    with app.app_context():
        consultation = db.session.scalars(select(Consultation)).one()
        assert consultation.languages
        return consultation


def test_she_creates_a_draft_with_texts_and_seeds(app: Flask, fatima: Staff) -> None:
    page = fatima.sends("/desk/new", **FORM)
    assert "saved as a draft" in page.text
    consultation = only_consultation(app)
    assert consultation.languages == ["fr", "en"]
    assert consultation.phase() is Phase.DRAFT
    assert (consultation.closes_at - consultation.opens_at) == timedelta(days=31)
    with app.app_context():
        seeds = db.session.scalars(select(Statement).order_by(Statement.number)).all()
        assert [seed.wording("en").text for seed in seeds] == [
            "Une personne doit décider.",
            "Les erreurs doivent être publiées.",
        ]
        assert all(seed.is_seed for seed in seeds)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fr-title": ""}, "write this text too"),
        ({"en-title": ""}, "write this text too"),
        ({"writes_until": "2030-02-01"}, "between the first day and the last day"),
        ({"responds_by": "2030-01-31"}, "only come after the last day"),
        ({"closes_on": "2029-12-31"}, "must not be before"),
        ({"closes_on": "soon"}, "valid date"),
        ({"fr-title": "x" * 91}, "shorten this text by 1 character"),
        ({"seeds": "x" * 141}, "Statement 1 is longer than 140"),
        ({"seeds": "The same.\nThe same."}, "Statement 2 stands there twice"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_lost(
    app: Flask, fatima: Staff, change: dict[str, str], words: str
) -> None:
    sent = {**FORM, **change}
    page = fatima.sends("/desk/new", **sent)
    assert words in page.text
    for name in ("fr-question", "en-title", "seeds", "opens_on"):
        assert page.field(name).split() == sent[name].split()
    with app.app_context():
        assert db.session.scalars(select(Consultation)).all() == []


def test_it_goes_from_draft_to_announced_to_open_to_closed(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        slug = make_ready_draft(db.session.scalars(select(Account)).one()).slug
    citizen = Visitor(app)
    assert citizen.opens(f"/c/{slug}").status == 404
    for step, phase in (("publish", Phase.ANNOUNCED), ("open", Phase.OPEN), ("close", Phase.CLOSED)):
        fatima.sends(f"/desk/c/{slug}/{step}")
        assert only_consultation(app).phase() is phase
        assert citizen.opens(f"/c/{slug}").status == 200


def test_a_step_that_does_not_fit_the_phase_is_refused(app: Flask, fatima: Staff) -> None:
    fatima.sends("/desk/new", **FORM)
    slug = only_consultation(app).slug
    page = fatima.sends(f"/desk/c/{slug}/close")
    assert page.status == 409
    assert "not in the phase" in page.text


def test_it_opens_and_closes_by_itself(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(opens_in=timedelta(hours=1), closes_in=timedelta(hours=2))
        at = now()
        assert consultation.phase(at) is Phase.ANNOUNCED
        assert consultation.phase(at + timedelta(minutes=61)) is Phase.OPEN
        assert consultation.phase(at + timedelta(minutes=121)) is Phase.CLOSED


def test_two_consultations_with_one_title_get_two_addresses(app: Flask, fatima: Staff) -> None:
    for _time in range(2):
        fatima.sends("/desk/new", **FORM)
    with app.app_context():
        slugs = set(db.session.scalars(select(Consultation.slug)))
    assert slugs == {"un-modele-pour-trier-les-demandes", "un-modele-pour-trier-les-demandes-2"}


def test_an_account_without_the_right_creates_nothing(app: Flask) -> None:
    with app.app_context():
        email = make_account("Official", may_create_consultations=False).email
    official = Staff(app)
    official.signs_in(email)
    assert official.opens("/desk/new").status == 403
    assert official.sends("/desk/new", **FORM).status == 403
