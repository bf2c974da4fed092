"""A machine translates what is missing: in the worker, only what is public, and never over a person's words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import has_app_context
from flask_babel import force_locale, gettext
from sqlalchemy import select

from participation.consultations.queries import consultation_by_slug, translated_texts_of
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.statements.actions import submit_statement
from participation.statements.models import Origin
from participation.statements.queries import statements_of
from participation.statements.translations import add_translation
from participation.translation.actions import (
    MOST_ATTEMPTS,
    NoMachineError,
    NotPublicYetError,
    ask_machine,
)
from participation.translation.models import MachineRequest, Problem
from tests.builders import make_account, make_consultation, make_participant
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from conftest import Service
    from flask import Flask

    from participation.consultations.models import Consultation

FIRST, SECOND = "A person should decide.", "It costs too much."


@pytest.fixture
def consultation(app_with_machine: Flask) -> Consultation:
    with app_with_machine.app_context():
        return make_consultation(seeds=(FIRST, SECOND))


def work(app: Flask) -> None:
    if has_app_context():
        # What was read here holds SQLite's lock until it is let go.
        db.session.rollback()
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    if has_app_context():
        db.session.expire_all()


def asked() -> MachineRequest | None:
    db.session.rollback()
    return db.session.scalar(select(MachineRequest))


def make_due() -> None:
    asked().due_at = now()
    db.session.commit()


def test_the_worker_fills_what_is_missing_and_says_that_it_was_a_machine(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        ask_machine(consultation, "ar")
        assert service.asked == []
        work(app_with_machine)
        wordings = [statement.wording("ar") for statement in statements_of(consultation.id)]
        assert [(one.text, one.origin) for one in wordings] == [
            (f"ar: {FIRST}", Origin.MACHINE),
            (f"ar: {SECOND}", Origin.MACHINE),
        ]
        consultation = consultation_by_slug(consultation.slug)
        text = consultation.texts["ar"]
        assert text.title.startswith("ar: Should a model")
        assert text.summary.startswith("## ar: What is proposed\n\nar: A model ranks")
        assert translated_texts_of(consultation)["ar"].by_machine
        slug = consultation.slug
        assert asked() is None
    page = Citizen(app_with_machine, "ar").opens(f"/c/{slug}")
    assert page.html.select_one("h1")["lang"] == "ar"
    with app_with_machine.test_request_context("/ar/"), force_locale("ar"):
        label = gettext(
            "A machine translated this page's text from %(language)s. No person has checked it yet.",
            language="الإنجليزية",
        )
    assert label in page.text


def test_a_persons_words_stay_also_if_she_saves_while_the_machine_thinks(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        salma = make_account("Salma")
        first, second = statements_of(consultation.id)
        add_translation(consultation, first, "ar", "إنسان يقرر.", by=salma)
        ask_machine(consultation, "ar")

        def meanwhile(question: dict) -> None:
            # The database is free while the service thinks: the worker holds no lock.
            if SECOND in question["q"]:
                with app_with_machine.app_context():
                    mine = db.session.merge(second)
                    add_translation(
                        db.session.merge(consultation), mine, "ar", "غالٍ جدًا.", by=db.session.merge(salma)
                    )

        service.otherwise = meanwhile
        work(app_with_machine)
        assert FIRST not in service.texts
        db.session.rollback()
        texts = [statement.wording("ar").text for statement in statements_of(consultation.id)]
        assert texts == ["إنسان يقرر.", "غالٍ جدًا."]
        assert asked() is None


def test_what_only_a_machine_translated_is_translated_anew_when_the_source_has_changed(
    app_with_machine: Flask, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        first, _second = statements_of(consultation.id)
        add_translation(consultation, first, "ar", "قديم", by=None, made_from="An older source.")
        ask_machine(consultation, "ar")
        work(app_with_machine)
        db.session.rollback()
        assert statements_of(consultation.id)[0].wording("ar").text == f"ar: {FIRST}"


def test_only_what_everybody_can_read_is_sent(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        juma = make_participant(consultation)
        submit_statement(consultation, juma, "My neighbour is a cheat.", "en", receipt_hash=b"x" * 32)
        draft = make_consultation(published=False, seeds=("Nobody may see this yet.",))
        with pytest.raises(NotPublicYetError):
            ask_machine(draft, "ar")
        ask_machine(consultation, "ar")
        work(app_with_machine)
        assert FIRST in service.texts
        assert not any("neighbour" in text or "Nobody" in text for text in service.texts)
        draft.published_at = now()
        db.session.commit()
        ask_machine(draft, "ar")
        work(app_with_machine)
        assert "Nobody may see this yet." in service.texts


def test_a_busy_service_is_asked_again_when_it_said_and_not_before(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        service.answers(429, {"error": "Slowdown"}, Retry_After="90")
        ask_machine(consultation, "ar")
        work(app_with_machine)
        request = asked()
        assert (request.problem, request.attempts) == (Problem.BUSY, 1)
        assert timedelta(seconds=80) < request.due_at - now() <= timedelta(seconds=90)
        work(app_with_machine)
        assert len(service.asked) == 1
        service.otherwise = lambda _question: None
        make_due()
        work(app_with_machine)
        assert asked() is None


def test_it_gives_up_in_the_end_and_a_person_may_ask_again(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        service.answers(500, {})
        ask_machine(consultation, "ar")
        for _attempt in range(MOST_ATTEMPTS):
            make_due()
            work(app_with_machine)
        assert (asked().problem, asked().due_at) == (Problem.UNREACHABLE, None)
        service.otherwise = lambda _question: None
        ask_machine(consultation, "ar")
        work(app_with_machine)
        assert asked() is None


def test_what_waiting_does_not_mend_is_not_tried_again(
    app_with_machine: Flask, service: Service, consultation: Consultation
) -> None:
    with app_with_machine.app_context():
        for status, said, problem in (
            (403, {"error": "Invalid API key"}, Problem.BAD_KEY),
            (400, {"error": "ar is not supported"}, Problem.REFUSED),
            (200, b"<html>", Problem.UNREADABLE),
        ):
            service.answers(status, said)
            ask_machine(consultation, "ar")
            work(app_with_machine)
            assert (asked().problem, asked().due_at) == (problem, None)


@pytest.mark.parametrize("bad", ["", " \n", "\u202eback to front", "x" * 2001])
def test_one_text_that_cannot_be_used_does_not_keep_the_others_back(
    app_with_machine: Flask, service: Service, consultation: Consultation, bad: str
) -> None:
    with app_with_machine.app_context():
        service.otherwise = lambda question: (
            (200, {}, _said(["gut", bad])) if question["q"] == [FIRST, SECOND] else None
        )
        ask_machine(consultation, "de")
        work(app_with_machine)
        db.session.rollback()
        texts = [statement.wording("de").text for statement in statements_of(consultation.id)]
        assert texts == ["gut", SECOND]
        assert (asked().problem, asked().due_at) == (Problem.UNREADABLE, None)


def _said(texts: list[str]) -> bytes:
    return json.dumps({"translatedText": texts}).encode()


def test_without_a_service_nothing_is_offered_or_done(app: Flask) -> None:
    with app.app_context():
        fatima = make_account()
        consultation = make_consultation(fatima)
        with pytest.raises(NoMachineError):
            ask_machine(consultation, "ar")
    staff = Staff(app)
    staff.signs_in(fatima.email)
    assert (
        "machine"
        not in staff.opens(f"/desk/c/{consultation.slug}/translations/fi").html.select_one("form").text
    )


def test_the_desk_says_to_whom_texts_go_and_what_went_wrong(
    app_with_machine: Flask, service: Service
) -> None:
    with app_with_machine.app_context():
        fatima = make_account()
        consultation = make_consultation(fatima)
    path = f"/desk/c/{consultation.slug}/translations/ar"
    staff = Staff(app_with_machine)
    staff.signs_in(fatima.email)
    page = staff.opens(path)
    assert "sent to 127.0.0.1" in page.text
    assert "Have 4 texts translated by machine" in page.text
    page = staff.sends(f"{path}/machine")
    assert "A machine is at work" in page.text
    service.answers(403, {"error": "Invalid API key"})
    work(app_with_machine)
    page = staff.opens(path)
    assert "does not accept the key" in page.text
    service.answers(429, {}, Retry_After="600")
    staff.sends(f"{path}/machine")
    work(app_with_machine)
    page = staff.opens(path)
    assert "asks us to wait" in page.text
    assert "not before" in page.text
    assert "Have 4" not in page.text
