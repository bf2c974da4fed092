# ruff: noqa: S608 - the whole point is to put SQL together by hand
"""What somebody with the database's password may do behind the application's back, and a story to do it to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from participation.building.corrections import correct_texts
from participation.building.drafts import publish_consultation
from participation.consultations.actions import enter_in_log
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.moderation.actions import decide
from participation.moderation.appealing import answer_appeal, appeal
from participation.moderation.models import Outcome, Reason, Verdict
from participation.moderation.rewording import reword
from participation.opinions.actions import refresh_snapshot
from participation.outcomes.actions import publish_report
from participation.outcomes.queries import findings_of
from participation.responses.actions import Condition, Reply, Ruling, publish_answer, record_decision
from participation.responses.models import Course
from participation.responses.models import Verdict as Answering
from participation.statements.actions import submit_statement
from participation.tokens import hash_of
from participation.transparency.actions import sign_head
from participation.transparency.committing import write_down_votes
from participation.transparency.models import Kind
from participation.transparency.queries import head_is_due, latest_head, written
from tests.builders import make_account, make_camps, make_participant, make_ready_draft

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

FIRST_VOTE = "(SELECT min(id) FROM votes WHERE nonce IS NOT NULL)"
CUT_OFF = '(SELECT max("index") FROM log_entries)'
ENTRY_OF_THE_DECISION = "(SELECT min(\"index\") FROM log_entries WHERE kind = 'statement-decided')"
FIRST_STATEMENT = "(SELECT min(id) FROM statements WHERE is_seed)"
ACCEPTED = "(SELECT min(statement_id) FROM decisions WHERE verdict = 'accept')"
REFUSED = "(SELECT min(statement_id) FROM decisions WHERE verdict = 'reject')"
PART = "(SELECT min(statement_id) FROM lineage)"
PARK = 'UPDATE log_entries SET "index" = -1 WHERE "index" = 3'


@dataclass(frozen=True)
class Alteration:
    """Something done by hand in SQL, and a part of what the check must say of it.

    `found_by` is empty for what no check of the database can find: only those concerned can.
    """

    name: str
    statements: tuple[str, ...]
    found_by: str
    #: Whether it is found only by a head that somebody kept elsewhere.
    needs_saved_head: bool = field(default=False)
    #: Whether it is done while people vote, not after the count.
    while_open: bool = field(default=False)


ALTERATIONS = (
    Alteration(
        "changed fact",
        (f'UPDATE log_entries SET facts = \'{{"statement": 99}}\' WHERE "index" = {ENTRY_OF_THE_DECISION}',),
        "does not have the hash",
    ),
    Alteration(
        "changed time",
        ("UPDATE log_entries SET recorded_at = '2020-01-01 00:00:00+00' WHERE \"index\" = 2",),
        "does not have the hash",
    ),
    Alteration(
        "changed kind",
        ("UPDATE log_entries SET kind = 'a kind of our own' WHERE \"index\" = 2",),
        "cannot be read",
    ),
    Alteration("removed entry", ('DELETE FROM log_entries WHERE "index" = 3',), "the next number"),
    Alteration(
        "inserted entry",
        (
            (
                'INSERT INTO log_entries ("index", kind, recorded_at, facts, previous_hash, hash) SELECT 1000, kind, '
                f'recorded_at, facts, hash, previous_hash FROM log_entries WHERE "index" = {CUT_OFF}'
            ),
        ),
        "the next number",
    ),
    Alteration(
        "swapped entries",
        (
            PARK,
            'UPDATE log_entries SET "index" = 3 WHERE "index" = 4',
            'UPDATE log_entries SET "index" = 4 WHERE "index" = -1',
        ),
        "does not name the hash",
    ),
    Alteration(
        "cut-off end",
        (f'DELETE FROM log_entries WHERE "index" = {CUT_OFF}',),
        "covers more entries than there are",
    ),
    Alteration(
        "cut-off end, its head too",
        (
            f"DELETE FROM tree_heads WHERE size > {CUT_OFF}",
            f'DELETE FROM log_entries WHERE "index" = {CUT_OFF}',
        ),
        "covers more entries than there are",
        needs_saved_head=True,
    ),
    Alteration(
        "changed signature of a head",
        ("UPDATE tree_heads SET note = replace(note, ' ', '  ')",),
        "has no signature",
    ),
    Alteration(
        "changed name in a head",
        ("UPDATE tree_heads SET note = replace(note, 'baraza-log', 'another-log')",),
        "is of another log",
    ),
    Alteration(
        "changed vote after its commitment",
        (f"UPDATE votes SET choice = CASE WHEN choice = 0 THEN 1 ELSE -choice END WHERE id = {FIRST_VOTE}",),
        "were altered after they were committed to",
        while_open=True,
    ),
    Alteration(
        "changed vote after the count",
        (f"UPDATE votes SET choice = CASE WHEN choice = 0 THEN 1 ELSE -choice END WHERE id = {FIRST_VOTE}",),
        "have other totals than were counted",
    ),
    Alteration(
        "changed vote after the count, its tie cut",
        (
            (
                "UPDATE votes SET choice = CASE WHEN choice = 0 THEN 1 ELSE -choice END, nonce = NULL "
                f"WHERE id = {FIRST_VOTE}"
            ),
        ),
        "have other totals than were counted",
    ),
    Alteration("removed vote after the count", (f"DELETE FROM votes WHERE id = {FIRST_VOTE}",), "are gone"),
    Alteration(
        "added vote after the count",
        (
            "INSERT INTO participants (id, consultation_id) SELECT 99999, consultation_id FROM votes WHERE id = "
            + FIRST_VOTE,
            (
                "INSERT INTO votes (consultation_id, participant_id, statement_id, choice, is_important, cast_at) "
                "SELECT consultation_id, 99999, statement_id, choice, is_important, cast_at "
                f"FROM votes WHERE id = {FIRST_VOTE}"
            ),
        ),
        "are not among those counted",
    ),
    Alteration(
        "removed line from a list",
        ("DELETE FROM commitments WHERE id = (SELECT min(id) FROM commitments)",),
        "than the list of its commitments has",
    ),
    Alteration(
        "line marked as not counted",
        ("UPDATE commitments SET is_left_out = true WHERE id = (SELECT min(id) FROM commitments)",),
        "than the list of its commitments has",
    ),
    Alteration(
        "changed promise about the single votes",
        ("UPDATE consultations SET publishes_votes = NOT publishes_votes",),
        "The setting publishes_votes",
    ),
    Alteration(
        "changed day of the answer",
        ("UPDATE consultations SET responds_by = '2099-01-01'",),
        "The setting responds_by",
    ),
    Alteration(
        "changed dossier",
        ("UPDATE dossier_versions SET content = '{}'",),
        "is not what was published",
    ),
    Alteration(
        "changed decision",
        ("UPDATE decisions SET verdict = 'accept', reason = NULL",),
        "is in the log and not in the database",
    ),
    Alteration("removed decision", ("DELETE FROM decisions",), "is in the log and not in the database"),
    Alteration(
        "added decision",
        (
            (
                "INSERT INTO decisions (statement_id, verdict, note, decided_at) "
                "SELECT statement_id, 'merge', '', decided_at FROM decisions"
            ),
        ),
        "is in the database and not in the log",
    ),
    Alteration(
        "changed text of a first statement",
        (f"UPDATE statement_texts SET text = 'AI is good.' WHERE statement_id = {FIRST_STATEMENT}",),
        "The text of statement 1 of",
    ),
    Alteration(
        "changed language of a first statement",
        (f"UPDATE statements SET language = 'sw' WHERE id = {FIRST_STATEMENT}",),
        "The text of statement 1 of",
    ),
    Alteration(
        "changed text of a citizen's statement",
        (f"UPDATE statement_texts SET text = 'AI is good.' WHERE statement_id = {ACCEPTED}",),
        "The text of statement",
    ),
    Alteration(
        "changed text of a part of a statement",
        (f"UPDATE statement_texts SET text = 'AI is good.' WHERE statement_id = {PART}",),
        "The text of statement",
    ),
    Alteration(
        "refused statement put to the vote",
        (f"UPDATE statements SET state = 'published' WHERE id = {REFUSED}",),
        "The state of statement",
        while_open=True,
    ),
    Alteration(
        "published statement taken out",
        (f"UPDATE statements SET state = 'rejected' WHERE id = {FIRST_STATEMENT}",),
        "The state of statement 1 of",
    ),
    Alteration(
        "statement put in as published",
        (
            (
                "INSERT INTO statements (id, consultation_id, number, language, state, is_seed, is_meta, written_at) "
                "SELECT 99999, consultation_id, 99999, language, 'published', true, false, written_at "
                f"FROM statements WHERE id = {FIRST_STATEMENT}"
            ),
        ),
        "The state of statement 99999 of",
    ),
    Alteration(
        "changed answer to an author",
        ("UPDATE appeals SET outcome = 'overturned'",),
        "The answer to the author of statement",
    ),
    Alteration(
        "changed title",
        ("UPDATE consultation_texts SET title = 'Another one'",),
        "The main language's text of",
    ),
    Alteration(
        "changed day of closing",
        ("UPDATE consultations SET closes_at = '2099-01-01 00:00:00+00'",),
        "The setting closes_at",
    ),
    Alteration(
        "changed day of opening",
        ("UPDATE consultations SET opens_at = '2020-01-01 00:00:00+00'",),
        "The setting opens_at",
    ),
    Alteration(
        "removed vote while people vote",
        (f"DELETE FROM votes WHERE id = {FIRST_VOTE}",),
        "",
        while_open=True,
    ),
    Alteration(
        "changed report",
        ("UPDATE reports SET words = '{}'",),
        "A report of",
    ),
    Alteration(
        "changed answer",
        ("UPDATE answers_to_findings SET verdict = 'reject'",),
        "An answer of",
    ),
    Alteration("removed answer", ("DELETE FROM answers_to_findings",), "An answer of"),
    Alteration(
        "changed decision about the system",
        ("UPDATE decisions_on_systems SET course = 'go'",),
        "A decision about a system of",
    ),
    Alteration(
        "changed milestone",
        ("UPDATE milestone_steps SET due_on = '2040-01-01'",),
        "A milestone of",
    ),
    Alteration(
        "whole log thrown away and begun anew",
        (
            "DELETE FROM tree_heads",
            "DELETE FROM log_entries",
            "DELETE FROM commitments",
            "UPDATE votes SET nonce = NULL",
        ),
        # There is no log at all then; the test beside lets the worker begin it anew.
        "covers more entries than there are",
        needs_saved_head=True,
    ),
)


def alter(alteration: Alteration) -> None:
    """Do it, as somebody at the database's own prompt."""
    for statement in alteration.statements:
        db.session.execute(text(statement))
    db.session.commit()
    db.session.expire_all()


def tell_story(*, until_counted: bool) -> str:
    """A consultation from its draft to the count, with a decision; returns the head that a citizen kept at the end."""
    fatima = make_account("Fatima")
    consultation = make_ready_draft(fatima)
    publish_consultation(consultation)
    let_begin(consultation)
    make_camps(consultation, people=30)
    author = make_participant(consultation)
    question, good, double, unclear = (
        submit_statement(consultation, author, words, "en", receipt_hash=hash_of(words))
        for words in ("Who pays for this?", "Train the staff.", "Ask first, then buy.", "Do it so.")
    )
    decide(consultation, question, Verdict.REJECT, by=fatima, reason=Reason.QUESTION)
    decide(consultation, good, Verdict.ACCEPT, by=fatima)
    decide(consultation, double, Verdict.SPLIT, by=fatima, parts=["Ask first.", "Buy after asking."])
    asked = decide(consultation, unclear, Verdict.REWORD, by=fatima, reason=Reason.NOT_UNDERSTANDABLE)
    reword(consultation, unclear, "Do it on paper too.")
    decide(consultation, unclear, Verdict.ACCEPT, by=fatima, seen=asked.id)
    made = appeal(consultation, question, "It is none.")
    answer_appeal(consultation, made, Outcome.UPHELD, "It is one.", by=make_account("Omar"))
    words = consultation.texts["en"].words() | {"moderation": "Be kind."}
    correct_texts(consultation, words, "It was rude.", edition=consultation.edition, by=fatima)
    write_down_votes(consultation.id)
    if until_counted:
        let_pass(consultation)
        write_down_votes(consultation.id)
        answer(consultation)
    sign()
    head = latest_head()
    assert head is not None
    return head.note


def let_begin(consultation: Consultation) -> None:
    """It was opened yesterday."""
    consultation.opens_at = now() - timedelta(days=1)
    enter_in_log(consultation, Kind.CONSULTATION_OPENED, by="hand", at=written(consultation.opens_at))
    db.session.commit()


def let_pass(consultation: Consultation) -> None:
    """It was closed two minutes ago: the minute is over in which the last votes arrive."""
    consultation.closes_at = now() - timedelta(minutes=2)
    consultation.opens_at = min(consultation.opens_at, consultation.closes_at - timedelta(hours=1))
    enter_in_log(consultation, Kind.CONSULTATION_CLOSED, by="hand", at=written(consultation.closes_at))
    db.session.commit()


def answer(consultation: Consultation) -> None:
    """Publish the report, answer a finding, decide, and promise something."""
    refresh_snapshot(consultation.id)
    publish_report(consultation)
    finding = findings_of(consultation.id)[0]
    publish_answer(consultation, finding, Reply(Answering.ACCEPT, {"en": "Yes."}, "The mayor"), {})
    condition = Condition({"en": "Train the staff."}, date(2031, 1, 1))
    ruling = Ruling(
        Course.GO_WITH_CONDITIONS,
        {"en": "It helps."},
        "The council",
        date(2030, 1, 1),
        conditions=[condition],
    )
    record_decision(consultation, ruling, {})


def sign() -> None:
    if head_is_due():
        sign_head()


def again(slug: str) -> Consultation:
    """The consultation as it is in the database now."""
    db.session.expire_all()
    consultation = consultation_by_slug(slug)
    assert consultation is not None
    return consultation
