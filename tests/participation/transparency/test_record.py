"""What those who run consultations do is written down: in the same transaction, in one chain, naming nobody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from participation.admission.actions import choose_admission, make_codes, withdraw_codes
from participation.admission.queries import sheets_of
from participation.building.corrections import correct_texts
from participation.building.drafts import publish_consultation
from participation.config import Config, ConfigError
from participation.consultations.actions import (
    attach_dossier,
    close_consultation,
    open_consultation,
    show_interim_results,
)
from participation.consultations.models import Admission
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import ReasonMissingError, decide
from participation.moderation.appealing import answer_appeal, appeal
from participation.moderation.models import Outcome, Reason, Verdict
from participation.moderation.rewording import reword
from participation.organisations.models import Role
from participation.statements.actions import submit_statement
from participation.tokens import hash_of
from participation.transparency.actions import record, sign_head
from participation.transparency.checking import check_all
from participation.transparency.models import Kind, LogEntry
from participation.transparency.queries import entries_from, keys_of_log, latest_head
from participation.transparency.words import SENTENCES, sentence
from tests.builders import make_account, make_consultation, make_dossier, make_participant, make_ready_draft
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

APPENDING_AT_ONCE = 8


def kinds() -> list[str]:
    return [entry.kind.value for entry in entries_from(0, 100)]


def facts_of(kind: Kind) -> list[dict[str, object]]:
    return [entry.facts for entry in entries_from(0, 100) if entry.kind is kind]


def write(consultation: Consultation, text: str) -> Statement:
    author = make_participant(consultation)
    return submit_statement(consultation, author, text, "en", receipt_hash=hash_of(text))


def test_a_consultation_from_draft_to_closing(context: None) -> None:  # noqa: ARG001 - opens the context
    facilitator = make_account()
    consultation = make_ready_draft(facilitator)
    make_codes(consultation, 3)
    choose_admission(consultation, Admission.CODE)
    assert "codes-issued" not in kinds(), "the public knows nothing of a draft"
    publish_consultation(consultation)
    make_codes(consultation, 2)
    withdraw_codes(consultation, sheets_of(consultation.id)[-1].made_at)
    show_interim_results(consultation, shown=False)
    choose_admission(consultation, Admission.OPEN)
    attach_dossier(consultation, make_dossier())
    open_consultation(consultation)
    words = consultation.texts["en"].words() | {"moderation": "Be kind."}
    correct_texts(
        consultation, words, "Jane Roe's address was in it.", edition=consultation.edition, by=facilitator
    )
    close_consultation(consultation)
    assert kinds() == [
        "signing-key",
        *("dossier-published", "dossier-published")[: kinds().count("dossier-published")],
        "consultation-published",
        "codes-issued",
        "codes-withdrawn",
        *["setting-changed"] * 3,
        "consultation-opened",
        "setting-changed",
        "consultation-closed",
    ]
    (published,) = facts_of(Kind.CONSULTATION_PUBLISHED)
    assert published["publishes_votes"] is True
    assert published["responds_by"] == consultation.responds_by.isoformat()
    assert (published["codes"], published["admission"], published["statements"]) == (3, "code", 10)
    assert facts_of(Kind.CODES_WITHDRAWN) == [{"codes": 2}]
    corrected = facts_of(Kind.SETTING_CHANGED)[-1]
    assert set(corrected) == {"setting", "value", "sha256"}, (
        "why it was corrected is free text, and the log keeps none"
    )


def test_decisions_name_a_role_and_nobody(context: None) -> None:  # noqa: ARG001 - opens the context
    fatima, omar = make_account("Fatima"), make_account("Omar")
    consultation = make_consultation(fatima)
    question, good = write(consultation, "Who pays for this?"), write(consultation, "Train the case workers.")
    decide(
        consultation, question, Verdict.REJECT, by=fatima, reason=Reason.QUESTION, note="A question, Amina?"
    )
    decision = decide(
        consultation, good, Verdict.REWORD, by=fatima, reason=Reason.NOT_UNDERSTANDABLE, note="Which?"
    )
    reword(consultation, good, "Train all case workers.")
    decide(consultation, good, Verdict.ACCEPT, by=fatima, seen=decision.id)
    made = appeal(consultation, question, "It is none.")
    answer_appeal(consultation, made, Outcome.OVERTURNED, "You are right.", by=omar)
    assert [kind for kind in kinds() if kind.startswith(("statement", "appeal"))] == [
        *("statement-decided", "statement-decided", "statement-reworded", "statement-decided"),
        *("appeal-made", "appeal-answered", "statement-decided"),
    ]
    assert facts_of(Kind.STATEMENT_DECIDED)[0] == {
        "statement": question.number,
        "verdict": "reject",
        "reason": "question",
        "role": Role.FACILITATOR.value,
        "successors": [],
        "published": {},
    }
    assert [set(facts["published"]) for facts in facts_of(Kind.STATEMENT_DECIDED)[2:]] == [
        {str(good.number)},
        {str(question.number)},
    ]
    everything = str([vars(entry) for entry in entries_from(0, 100)])
    for word in ("Fatima", "Omar", "Amina", "Who pays", "case workers", "none.", "right"):
        assert word not in everything


def test_what_is_refused_is_not_written_down(context: None) -> None:  # noqa: ARG001 - opens the context
    consultation = make_consultation(make_account())
    statement = write(consultation, "Who pays for this?")
    before = kinds()
    with pytest.raises(ReasonMissingError):
        decide(consultation, statement, Verdict.REJECT, by=None)
    record(Kind.CODES_ISSUED, {"codes": 1})
    db.session.rollback()
    assert kinds() == before


def test_dossiers_are_written_down_with_their_fingerprint(context: None) -> None:  # noqa: ARG001 - opens the context
    versions = [publish_version(save_draft(content)) for content in load_dossier(now().date())]
    assert [facts["sha256"] for facts in facts_of(Kind.DOSSIER_PUBLISHED)] == [one.sha256 for one in versions]


def test_what_happens_by_date_is_written_down_by_the_worker_once(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(opens_in=timedelta(hours=-2), closes_in=timedelta(hours=-1))
        make_consultation(opens_in=timedelta(hours=-2), closes_in=timedelta(hours=-1), published=False)
        for _look in range(2):
            WorkerProcess(app).do_what_is_due()
        assert kinds() == ["signing-key", "consultation-opened", "consultation-closed", "votes-counted"]
        assert {entry.consultation for entry in entries_from(1, 9)} == {consultation.slug}
        head = latest_head()
        assert head
        assert head.size == 4
        assert check_all() == []


def test_many_who_write_at_once_make_one_chain(app: Flask) -> None:
    def append(number: int) -> None:
        with app.app_context():
            record(Kind.CODES_ISSUED, {"codes": number})
            db.session.commit()

    with ThreadPoolExecutor(APPENDING_AT_ONCE) as pool:
        list(pool.map(append, range(24)))
    with app.app_context():
        entries = entries_from(0, 100)
        assert [entry.index for entry in entries] == list(range(25))
        assert sorted(entry.facts["codes"] for entry in entries[1:]) == list(range(24))
        sign_head()
        assert check_all() == []


def test_another_key_is_announced_and_old_heads_stay_good(app: Flask) -> None:
    with app.app_context():
        config = app.extensions["baraza_config"]
        record(Kind.CODES_ISSUED, {"codes": 1})
        sign_head()
        old = latest_head()
        assert old
        object.__setattr__(config, "log_key", bytes(range(32)))
        try:
            record(Kind.CODES_ISSUED, {"codes": 2})
            sign_head()
        finally:
            object.__setattr__(config, "log_key", None)
        assert kinds() == ["signing-key", "codes-issued", "codes-issued", "signing-key"]
        assert len(set(keys_of_log())) == 2
        assert check_all([old.note]) == []


@pytest.mark.parametrize("given", ["12", "x" * 64, "0" * 62])
def test_a_key_that_is_none_is_refused_without_repeating_it(given: str) -> None:
    with pytest.raises(ConfigError, match="64 hexadecimal digits") as refused:
        Config.from_environment({"BARAZA_LOG_KEY": given, "BARAZA_SECRET_KEY": "a secret"})
    assert given not in str(refused.value)


def test_every_kind_has_words(app: Flask) -> None:
    assert set(SENTENCES) == set(Kind)
    with app.test_request_context():
        odd = LogEntry(kind=Kind.CODES_ISSUED, facts={"codes": "many"})
        assert sentence(odd) == "This entry holds other facts than an entry of its kind."


def test_the_page_says_in_words_what_happened(app: Flask) -> None:
    with app.app_context():
        fatima = make_account("Fatima")
        consultation = make_ready_draft(fatima)
        publish_consultation(consultation)
        open_consultation(consultation)
        statement = write(consultation, "Who pays for this?")
        decide(consultation, statement, Verdict.REJECT, by=fatima, reason=Reason.QUESTION)
        slug, other = consultation.slug, make_consultation().slug
    page = Citizen(app).opens(f"/transparency?consultation={slug}")
    assert "The consultation was published, with 10 first statements." in page.text
    assert "Statement 11: Not published. It is a question" in page.text
    assert "Decided by: Facilitator." in page.text
    assert "dossier" not in " ".join(entry.get_text() for entry in page.html.select(".ledger__entry"))
    assert (
        "Nothing is written down about this yet."
        in Citizen(app).opens(f"/transparency?consultation={other}").text
    )
