"""Whether what people read and vote on is still what the log says: texts, states of statements, answers to authors.

Translations are not in the log: they are made and mended after publication too. Of what was published before the log
held fingerprints of texts, nothing is compared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.fingerprints import fingerprint_of
from participation.moderation.actions import STATE_AFTER
from participation.moderation.models import Appeal, Verdict
from participation.statements.models import State, Statement
from participation.statements.queries import statements_of
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from participation.consultations.models import Consultation
    from participation.transparency.models import LogEntry


@dataclass
class Record:
    """What the log says that stands in one consultation now. Statements go by their numbers."""

    #: Whether the log has known of every statement from the publication on.
    is_whole: bool = False
    #: The fingerprint of the texts in the main language; empty if the log has none.
    texts: str = ""
    words: dict[int, str] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    #: What came of appeals.
    outcomes: dict[int, str] = field(default_factory=dict)

    def follow(self, kind: Kind, facts: Mapping[str, Any]) -> None:
        """Go on by one entry."""
        if kind is Kind.CONSULTATION_PUBLISHED and "first_statements" in facts:
            self.is_whole, self.texts = True, facts["texts"]
            self._publish(facts["first_statements"])
        elif kind is Kind.SETTING_CHANGED and facts["setting"] == "texts":
            self.texts = facts.get("sha256", "")
        elif kind is Kind.STATEMENT_DECIDED:
            self.states[facts["statement"]] = STATE_AFTER[Verdict(facts["verdict"])]
            self._publish(facts.get("published", {}))
        elif kind is Kind.STATEMENT_REWORDED:
            self.states[facts["statement"]] = State.WAITING
            self.words.pop(facts["statement"], None)
        elif kind is Kind.APPEAL_ANSWERED:
            self.outcomes[facts["statement"]] = facts["outcome"]

    def _publish(self, fingerprints: Mapping[str, str]) -> None:
        for number, sha256 in fingerprints.items():
            self.words[int(number)] = sha256
            self.states[int(number)] = State.PUBLISHED


def standing_otherwise(rows: Sequence[LogEntry]) -> Iterator[str]:
    """The names of what stands in the database otherwise than the log says."""
    records: dict[str, Record] = defaultdict(Record)
    for row in rows:
        if row.consultation:
            records[row.consultation].follow(row.kind, row.facts)
    for slug, record in records.items():
        consultation = consultation_by_slug(slug)
        if consultation is not None:
            yield from (f"{name} of {slug}" for name in _otherwise(consultation, record))


def _otherwise(consultation: Consultation, record: Record) -> Iterator[str]:
    text = consultation.texts.get(consultation.main_language)
    if record.texts and record.texts != (fingerprint_of(text.words()) if text else ""):
        yield "The main language's text"
    held = {statement.number: statement for statement in statements_of(consultation.id)}
    for number, sha256 in record.words.items():
        if number not in held or held[number].fingerprint != sha256:
            yield f"The text of statement {number}"
    for number, statement in held.items():
        undecided = State.WAITING if record.is_whole else statement.state
        if statement.state is not record.states.get(number, undecided):
            yield f"The state of statement {number}"
    outcomes = _outcomes_of(consultation)
    for number in sorted(record.outcomes.keys() | (outcomes.keys() if record.is_whole else set())):
        if outcomes.get(number) != record.outcomes.get(number):
            yield f"The answer to the author of statement {number}"


def _outcomes_of(consultation: Consultation) -> dict[int, str]:
    answered = db.session.execute(
        select(Statement.number, Appeal.outcome)
        .join(Appeal, Appeal.statement_id == Statement.id)
        .where(Statement.consultation_id == consultation.id)
    )
    return {number: outcome.value for number, outcome in answered if outcome is not None}
