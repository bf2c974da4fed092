"""The log of what those who run consultations do, its signed heads, and the lists of commitments to votes.

Nothing here is ever changed or deleted, so nothing here may be about a person: an entry says which role acted and
not who, a commitment is to a vote and leads to no participant.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from deliberation import receipts
from deliberation.log_entries import SIGNING_KEY
from participation.database import Model, Moment, never_changes, now


class Kind(Enum):
    """What an entry is about. Beside each, the facts that its entry holds."""

    #: public_key: 32 bytes in hexadecimal; random: anything.
    SIGNING_KEY = SIGNING_KEY
    #: dossier, version, sha256.
    DOSSIER_PUBLISHED = "dossier-published"
    #: opens_at, closes_at, admission, codes, shows_interim_results, publishes_votes, responds_by, statements;
    #: texts: the fingerprint of the main language's; first_statements: by number, the fingerprints of what they say;
    #: dossier and version if it is about one.
    CONSULTATION_PUBLISHED = "consultation-published"
    #: by: "hand" or "date"; at: when.
    CONSULTATION_OPENED = "consultation-opened"
    CONSULTATION_CLOSED = "consultation-closed"
    #: setting, value; and whatever else belongs to it. For "texts", value is the fingerprint of what was corrected,
    #: sha256 that of all the main language says from then on.
    SETTING_CHANGED = "setting-changed"
    #: statement, verdict, reason, role, successors; published: by number, the fingerprints of what is put to the vote.
    STATEMENT_DECIDED = "statement-decided"
    #: statement.
    STATEMENT_REWORDED = "statement-reworded"
    APPEAL_MADE = "appeal-made"
    #: statement, outcome, role.
    APPEAL_ANSWERED = "appeal-answered"
    #: codes: how many.
    CODES_ISSUED = "codes-issued"
    CODES_WITHDRAWN = "codes-withdrawn"
    #: sheets: how many.
    PAPER_COUNTED = "paper-counted"
    PAPER_WITHDRAWN = "paper-withdrawn"
    #: votes: how many; root: of the Merkle tree over the list of commitments.
    VOTES_COMMITTED = receipts.COMMITTED
    #: the same, committed: how many commitments were ever made, participants, and statements: what was counted.
    VOTES_COUNTED = receipts.COUNTED
    #: version, sha256.
    REPORT_PUBLISHED = "report-published"
    #: version, sha256; anew: whether it takes the place of one with another fingerprint.
    PACKAGE_MADE = "package-made"
    #: finding, number, verdict, sha256.
    ANSWER_GIVEN = "answer-given"
    #: milestone, state, sha256.
    MILESTONE_CHANGED = "milestone-changed"
    #: number, course, sha256.
    DECISION_RECORDED = "decision-recorded"
    #: Nothing: somebody asked for the single votes, and who runs the consultation decided.
    REQUEST_GRANTED = "request-granted"
    REQUEST_REFUSED = "request-refused"
    #: votes: whether the single votes are in the file that was fetched.
    REQUEST_FETCHED = "request-fetched"


@never_changes
class LogEntry(Model):
    """One event, as `deliberation.log_entries.Entry` has it."""

    __tablename__ = "log_entries"

    #: Counts from zero, without a gap.
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(index=True)
    #: To the minute: enough to follow what happened, too coarse to watch a moderator at work.
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    #: Names in addresses and no keys of rows: whoever checks the log has no rows.
    consultation: Mapped[str | None] = mapped_column(String(80), index=True)
    organisation: Mapped[str | None] = mapped_column(String(80), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Unique, so that the chain cannot fork.
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


@never_changes
class TreeHead(Model):
    """What the log's root was when it had so many entries, signed."""

    __tablename__ = "tree_heads"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: The signed note: see `deliberation.log_entries.sign`.
    note: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Commitment(Model):
    """A line in the list of one batch of votes. What it commits to is known only where its vote's nonce is."""

    __tablename__ = "commitments"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The entry that holds the root of its list.
    entry: Mapped[int] = mapped_column(index=True)
    #: The statement's number.
    statement: Mapped[int]
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: Whether, at the count, the vote had been changed or withdrawn since: then it is in no list of what counts.
    is_left_out: Mapped[bool] = mapped_column(default=False)
