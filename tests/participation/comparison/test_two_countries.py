"""Helsinki and Nairobi put the same statements to their people. Each speaks for itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from deliberation.ballot import Choice
from participation.building.drafts import copy_consultation
from participation.comparison.reading import Verdict, comparison_for
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from participation.statements.queries import statements_of
from tests.builders import make_account, make_consultation, make_votes, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

KEYS = ("person-decides", "errors-published", "costs-too-much")


def ask_in_two_places(app: Flask) -> tuple[str, str]:
    """Both want a person to decide; they differ on the errors; hardly anybody voted on the costs in Nairobi."""
    owner = make_account("Fatima")
    helsinki = make_consultation(owner)
    for statement, key in zip(statements_of(helsinki.id), KEYS, strict=True):
        statement.key = key
    db.session.commit()
    nairobi = copy_consultation(helsinki, owner, slug="nairobi")
    nairobi.published_at, nairobi.opens_at = now(), now() - timedelta(days=1)
    for consultation, name, country in ((helsinki, "Helsinki", "FI"), (nairobi, "Nairobi", "KE")):
        consultation.organisation = create_organisation(owner, name=name, kind=Kind.CITY, country=country)
    db.session.commit()
    for consultation, errors, costs in ((helsinki, Choice.AGREE, 40), (nairobi, Choice.DISAGREE, 3)):
        person, published, cost = statements_of(consultation.id)
        make_votes(consultation, person, [Choice.AGREE] * 60)
        make_votes(consultation, published, [errors] * 50 + [Choice.PASS] * 10)
        make_votes(consultation, cost, [Choice.AGREE] * costs)
        move_closing(consultation, now())
    WorkerProcess(app).do_what_is_due()
    return helsinki.slug, nairobi.slug


def test_places_are_compared_once_both_are_closed_and_share_enough(app: Flask) -> None:
    with app.test_request_context("/en/"):
        helsinki, nairobi = ask_in_two_places(app)
        comparison = comparison_for(consultation_by_slug(helsinki))
        assert comparison
        assert {compared.key: compared.verdict for compared in comparison.statements} == {
            "person-decides": Verdict.SHARED_AGREEMENT,
            "errors-published": Verdict.DIFFERENT,
            "costs-too-much": Verdict.UNDECIDED,
        }
    page = Citizen(app).opens(f"/c/{nairobi}/compare")
    assert "Nairobi: too few votes to show" in page.html.find(id="costs-too-much").get_text()
    assert "they are not added up" in page.text

    with app.app_context():
        move_closing(consultation_by_slug(nairobi), now() + timedelta(days=3))
    for slug in (helsinki, nairobi):
        assert "There is nothing to compare yet." in Citizen(app).opens(f"/c/{slug}/compare").text

    with app.app_context():
        move_closing(consultation_by_slug(nairobi), now())
        statements_of(consultation_by_slug(nairobi).id)[0].key = None
        db.session.commit()
    assert "There is nothing to compare yet." in Citizen(app).opens(f"/c/{helsinki}/compare").text
