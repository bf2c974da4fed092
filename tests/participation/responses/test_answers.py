"""Joseph answers for the council. Whatever he publishes stays, and what he owes is there for all to see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.database import PublishedError, db, now
from participation.following.queries import past_events
from participation.following.timeline import Kind as Kinds
from participation.moderation.actions import decide
from participation.moderation.models import Reason, Verdict
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind, Member, Role
from participation.outcomes.models import Finding, FindingKind, Report
from participation.responses.actions import Reply, publish_answer
from participation.responses.models import Answer
from participation.responses.models import Verdict as Answering
from participation.responses.queries import answers_to, decisions_of, draft_of, milestones_of
from participation.statements.queries import statements_of
from tests.builders import make_account, make_consultation, make_dossier, make_findings, move_closing
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page


@pytest.fixture
def slug(app: Flask) -> str:
    """A closed consultation in English and French of which two findings wait, promised in thirty days."""
    with app.app_context():
        owner = make_account("Fatima")
        consultation = make_consultation(
            owner, languages=("en", "fr"), opens_in=timedelta(days=-20), closes_in=timedelta(days=-5)
        )
        consultation.organisation = create_organisation(owner, name="City", kind=Kind.CITY, country="FI")
        consultation.responds_by = (now() + timedelta(days=30)).date()
        make_findings(consultation, FindingKind.SHARED_AGREEMENT, FindingKind.DIVIDES)
        return consultation.slug


@pytest.fixture
def joseph(app: Flask, slug: str) -> Staff:
    """An official of the organisation."""
    with app.app_context():
        account = make_account("Joseph", may_create_consultations=False)
        city = consultation_by_slug(slug).organisation
        db.session.add(Member(organisation_id=city.id, account_id=account.id, role=Role.OFFICIAL))
        db.session.commit()
        email = account.email
    joseph = Staff(app)
    joseph.signs_in(email)
    return joseph


ANSWER = {
    "verdict": "accept in part",
    "reasons-en": "A person **will** decide.",
    "office": "Office for benefits",
    "due_on": "2099-03-01",
    "links": "https://city.example/plan The plan",
}


def answers(joseph: Staff, slug: str, number: int = 1, *, publish: bool = True, **fields: str) -> Page:
    path = f"/desk/c/{slug}/answers/{number}"
    sent = {"edition": joseph.opens(path).hidden("edition"), **ANSWER, **fields}
    return joseph.sends(path, **sent, **({"publish": "1"} if publish else {}))


def test_a_citizen_reads_what_was_answered(app: Flask, slug: str, joseph: Staff) -> None:
    amina = Citizen(app)
    before = amina.opens(f"/c/{slug}/answers")
    assert "A person should decide." in before.text
    assert "Not answered yet" in before.text
    answers(joseph, slug)
    page = amina.opens(f"/c/{slug}/answers")
    assert "We accept this in part" in page.text
    assert page.html.select_one("#finding-1 strong").get_text() == "will"
    assert page.html.select_one("#finding-1 a[href='https://city.example/plan']")
    assert "Not answered yet" in page.html.select_one("#finding-2").get_text()


def test_a_draft_is_for_officials_alone(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug, publish=False)
    assert "A person will decide" not in Citizen(app).opens(f"/c/{slug}/answers").text
    assert joseph.opens(f"/desk/c/{slug}/answers/1").field("reasons-en") == "A person **will** decide."


def test_an_answer_needs_a_reason_and_an_office_and_nothing_typed_is_lost(slug: str, joseph: Staff) -> None:
    page = answers(joseph, slug, **{"reasons-en": "", "office": "", "reasons-fr": "Une raison."})
    assert page.status == 400
    assert "Please give the reason in the main language." in page.text
    assert "Please name the office responsible." in page.text
    assert page.field("reasons-fr") == "Une raison."
    assert page.field("links") == ANSWER["links"]


def test_a_line_that_is_no_link_is_named(slug: str, joseph: Staff) -> None:
    page = answers(joseph, slug, links="https://city.example/a\njavascript:alert(1)")
    assert "Line 2 does not begin with https:// or http://" in page.text


def test_a_changed_answer_keeps_the_earlier_one_and_its_reason(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug)
    refused = answers(joseph, slug, verdict="accept")
    assert "Please say why the answer changes." in refused.text
    answers(joseph, slug, verdict="accept", **{"change-en": "Parliament has given the money."})
    page = Citizen(app).opens(f"/c/{slug}/answers").html.select_one("#finding-1")
    assert "We accept this in part" in page.get_text(" ")
    assert "Parliament has given the money." in page.get_text(" ")
    with app.app_context():
        (first, _second), *_rest = answers_to(consultation_by_slug(slug).id)[0].answers, ()
        first.office = "Somebody else"
        with pytest.raises(PublishedError):
            db.session.commit()


def test_sending_the_same_again_changes_nothing(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug)
    page = answers(joseph, slug, **{"change-en": "A double click."})
    assert "This says the same as what is published." in page.text
    with app.app_context():
        assert db.session.query(Answer).count() == 1


def test_two_officials_at_once_see_both_texts(app: Flask, slug: str, joseph: Staff) -> None:
    edition = joseph.opens(f"/desk/c/{slug}/answers/1").hidden("edition")
    answers(joseph, slug, publish=False, **{"reasons-en": "Hers, saved first."})
    path = f"/desk/c/{slug}/answers/1"
    page = joseph.sends(path, **{**ANSWER, "edition": edition, "reasons-en": "His, saved second."})
    assert page.status == 409
    assert "Hers, saved first." in page.text
    assert page.field("reasons-en") == "His, saved second."
    with app.app_context():
        finding = db.session.query(Finding).filter_by(number=1).one()
        assert draft_of(finding.id).reasons == {"en": "Hers, saved first."}


def test_an_answer_that_does_not_come_is_said_with_its_days(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug, 1)
    with app.app_context():
        consultation_by_slug(slug).responds_by = (now() - timedelta(days=3)).date()
        db.session.commit()
    page = Citizen(app).opens(f"/c/{slug}/answers")
    assert "An answer was promised; it is 3 days late." in page.html.select_one("#finding-2").get_text(" ")
    assert "The answer came 3 days late." in page.html.select_one("#finding-1").get_text(" ")


def test_a_withdrawn_finding_takes_no_answer(app: Flask, slug: str, joseph: Staff) -> None:
    with app.app_context():
        consultation_id = consultation_by_slug(slug).id
        later = Report(consultation_id=consultation_id, number=2, facts={}, words={}, sha256="1" * 64)
        finding = db.session.query(Finding).filter_by(number=2).one()
        finding.withdrawn_in = later
        db.session.commit()
    page = answers(joseph, slug, 2)
    assert "A later version of the report no longer finds this." in page.text
    assert "Withdrawn findings" in Citizen(app).opens(f"/c/{slug}/answers").text


def test_an_official_of_another_organisation_is_refused(app: Flask, slug: str) -> None:
    with app.app_context():
        stranger = make_account("Stranger")
        create_organisation(stranger, name="Ministry", kind=Kind.MINISTRY, country="KE")
        email = stranger.email
    strange = Staff(app)
    strange.signs_in(email)
    assert strange.opens(f"/desk/c/{slug}/answers/1").status == 403


def decides(joseph: Staff, slug: str, **fields: str) -> Page:
    sent = {
        "course": "go with conditions",
        "reasons-en": "It helps, if a person decides.",
        "decided_by": "The city council",
        "decided_on": now().date().isoformat(),
        "slots": "3",
        **fields,
    }
    return joseph.sends(f"/desk/c/{slug}/decision", **sent)


def test_conditions_become_milestones_that_are_met_or_late(app: Flask, slug: str, joseph: Staff) -> None:
    refused = decides(joseph, slug)
    assert "needs at least one condition" in refused.text
    half = decides(joseph, slug, **{"condition-1-title-en": "Publish the error rates."})
    assert "Please give the day." in half.text
    past = (now() - timedelta(days=2)).date().isoformat()
    decides(joseph, slug, **{"condition-1-title-en": "Publish the error rates.", "condition-1-due_on": past})
    amina = Citizen(app)
    page = amina.opens(f"/c/{slug}/answers")
    assert "The system goes ahead under conditions" in page.text
    assert "Late" in page.html.select_one("#milestone-1").get_text()
    joseph.sends(
        f"/desk/c/{slug}/milestones/1",
        **{
            "progress": "done",
            "milestone-title-en": "Publish the error rates.",
            "milestone-due_on": past,
            "notes-en": "They stand on our site.",
            "evidence": "https://city.example/errors",
        },
    )
    page = amina.opens(f"/c/{slug}/answers")
    assert "Done" in page.html.select_one("#milestone-1").get_text()
    assert "1 of 1 conditions met" in page.text


def test_room_for_more_conditions_keeps_what_was_typed(slug: str, joseph: Staff) -> None:
    page = decides(joseph, slug, more="1", **{"condition-2-title-en": "Train the staff."})
    assert page.status == 200
    assert page.field("condition-2-title-en") == "Train the staff."
    assert page.html.select_one("[name=condition-6-title-en]")
    assert page.hidden("slots") == "6"


def test_the_author_of_a_statement_sees_that_it_was_answered(app: Flask) -> None:
    amina = Citizen(app)
    with app.app_context():
        fatima = make_account("Fatima")
        consultation = make_consultation(fatima, seeds=())
        slug, email = consultation.slug, fatima.email
    amina.writes(slug, "Let a person decide.")
    staff = Staff(app)
    staff.signs_in(email)
    with app.app_context():
        consultation = consultation_by_slug(slug)
        (statement,) = statements_of(consultation.id)
        decide(consultation, statement, Verdict.ACCEPT, by=account_by_email(email))
        move_closing(consultation, now())
        (finding,) = make_findings(consultation, FindingKind.MINORITY)
        assert "has not answered yet" in amina.opens(f"/c/{slug}/you").text
        reply = Reply(Answering.ACCEPT, {"en": "We will."}, "Office for benefits")
        publish_answer(consultation, finding, reply, {})
    page = amina.opens(f"/c/{slug}/you")
    assert "The authority has answered it." in page.text


def test_followers_hear_once_of_all_answers_of_a_day(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug, 1)
    answers(joseph, slug, 2)
    with app.app_context():
        kinds = [event.kind for event in past_events(consultation_by_slug(slug))]
    assert kinds.count(Kinds.ANSWERED) == 1


def test_the_dossier_says_what_was_decided(app: Flask, slug: str, joseph: Staff) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        consultation.dossier_version = make_dossier()
        dossier = consultation.dossier_version.deployment.slug
        db.session.commit()
    decides(joseph, slug, course="stop")
    assert "The system is not used" in Citizen(app).opens(f"/d/{dossier}").text


def test_words_that_name_somebody_are_gone_from_the_answers_too(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        first = statements_of(consultation.id)[0]
        decide(consultation, first, Verdict.REJECT, by=None, reason=Reason.PERSONAL_DATA, note="A name.")
    amina = Citizen(app)
    data = app.test_client().get("/en/register/register.json").get_data(as_text=True)
    for seen in (amina.opens(f"/c/{slug}/answers").text, amina.opens("/register").text, data):
        assert "A person should decide." not in seen
    assert (
        "Its words were removed" in amina.opens(f"/c/{slug}/answers").html.select_one("#finding-1").get_text()
    )


def test_publishing_does_not_delete_what_a_colleague_has_saved_since(
    app: Flask, slug: str, joseph: Staff
) -> None:
    edition = joseph.opens(f"/desk/c/{slug}/answers/1").hidden("edition")
    answers(joseph, slug, publish=False, **{"reasons-en": "Hers, saved first."})
    path = f"/desk/c/{slug}/answers/1"
    page = joseph.sends(path, **{**ANSWER, "edition": edition, "publish": "1"})
    assert page.status == 409
    assert "Hers, saved first." in page.text
    with app.app_context():
        assert db.session.query(Answer).count() == 0


def test_a_double_click_promises_and_decides_once(app: Flask, slug: str, joseph: Staff) -> None:
    promise = {"milestone-title-en": "Train the staff.", "milestone-due_on": "2031-01-01", "finding": "1"}
    for _click in range(2):
        page = joseph.sends(f"/desk/c/{slug}/milestones/new", **promise)
    assert "This says the same as what is published." in page.text
    assert page.field("milestone-title-en") == "Train the staff."
    for _click in range(2):
        page = decides(joseph, slug, course="stop", **{"change-en": "Again."})
    assert "This says the same as what is published." in page.text
    with app.app_context():
        consultation_id = consultation_by_slug(slug).id
        assert len(milestones_of(consultation_id)) == len(decisions_of(consultation_id)) == 1
    page = Citizen(app).opens(f"/c/{slug}/answers")
    assert "Train the staff." in page.html.select_one("#finding-1").get_text()


def test_conditions_of_a_decision_that_no_longer_holds_do_not_count(
    app: Flask, slug: str, joseph: Staff
) -> None:
    past = (now() - timedelta(days=2)).date().isoformat()
    decides(joseph, slug, **{"condition-1-title-en": "Publish the error rates.", "condition-1-due_on": past})
    decides(joseph, slug, course="stop", **{"change-en": "It was worse than we thought."})
    page = Citizen(app).opens(f"/c/{slug}/answers")
    assert "conditions met" not in page.text
    assert "A condition of an earlier decision, which no longer holds." in page.text
    assert "milestone is late" not in Citizen(app).opens("/register").text


def test_the_promised_day_ends_when_it_ends_where_people_live(app: Flask, slug: str, joseph: Staff) -> None:
    answers(joseph, slug)
    with app.app_context():
        consultation = consultation_by_slug(slug)
        answer = db.session.query(Answer).one()
        at = datetime(2026, 11, 20, 6, tzinfo=UTC)
        db.session.execute(update(Answer).values(published_at=at))
        consultation.time_zone, consultation.responds_by = "America/Los_Angeles", date(2026, 11, 19)
        db.session.commit()
        assert answer.finding_id
        (answered, _second) = answers_to(consultation.id)
        assert answered.days_late(consultation) == 0
        consultation.time_zone = "Asia/Tokyo"
        assert answered.days_late(consultation) == 1


def test_a_report_that_found_nothing_still_has_a_decision(app: Flask) -> None:
    with app.app_context():
        owner = make_account("Fatima")
        consultation = make_consultation(owner, opens_in=timedelta(days=-9), closes_in=timedelta(days=-5))
        make_findings(consultation)
        slug, email = consultation.slug, owner.email
    staff = Staff(app)
    staff.signs_in(email)
    decides(staff, slug, course="stop")
    page = Citizen(app).opens(f"/c/{slug}/answers")
    assert "The report found nothing that has to be answered." in page.text
    assert "The system is not used" in page.text


def test_days_that_cannot_be_are_refused_and_the_decision_that_holds_is_there_to_be_changed(
    slug: str, joseph: Staff
) -> None:
    assert "This day is over." in answers(joseph, slug, due_on="2020-01-01").text
    assert "This day is still to come." in decides(joseph, slug, course="stop", decided_on="2099-01-01").text
    assert "people could still vote" in decides(joseph, slug, course="stop", decided_on="2020-01-01").text
    decides(joseph, slug, course="stop")
    page = joseph.opens(f"/desk/c/{slug}/decision")
    assert page.html.select_one("[name=course][value=stop][checked]")
    assert page.field("reasons-en") == "It helps, if a person decides."
