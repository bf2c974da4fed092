"""The public log: every decision with its reason and the role of whoever decided. Never a name, never the author."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deliberation.ballot import Choice
from deliberation.small_cells import SMALLEST_CELL
from participation.moderation.models import GRAVE, Outcome, Reason, Verdict
from participation.moderation.queries import appeals_in, decisions_in, predecessors_of, votes_on
from participation.statements.models import State
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence
    from datetime import date

    from participation.consultations.models import Consultation
    from participation.moderation.models import Appeal, Decision
    from participation.organisations.models import Role
    from participation.statements.models import Statement, Wording

ON_A_PAGE = 50
COLUMNS = (
    "day",
    "statement",
    "decision",
    "reason",
    "role",
    "holds",
    "replaced_by",
    "replaces",
    "votes_kept",
    "appeal",
    "appeal_day",
    "appeal_role",
    "language",
    "text",
)


@dataclass(frozen=True)
class Entry:
    """One decision as everybody may read it.

    Attributes:
        holds: whether no later decision has revised it.
        is_of_other_words: whether it was about words that the author has replaced since.
        shows_text: whether the words may be read: not those that are sent back or wait, and not grave ones,
            unless a second look found them good after closing.
        replaced_by: the statements that stand in this one's place.
        replaces: the numbers of those in whose place this one stands.
        tally: the votes it had when it was closed to further ones; None for fewer than five, and while results
            are hidden.

    """

    consultation: Consultation
    statement: Statement
    decision: Decision
    appeal: Appeal | None
    holds: bool
    is_of_other_words: bool
    shows_text: bool
    replaces: Sequence[int]
    tally: Counter[Choice] | None

    @property
    def day(self) -> date:
        return self.consultation.local(self.decision.decided_at).date()

    @property
    def is_found_good_too_late(self) -> bool:
        """Whether a second look found the author right when nobody could vote any more."""
        return self.holds and found_good(self.appeal)

    @property
    def replaced_by(self) -> Sequence[Statement]:
        return self.decision.successors

    @property
    def role(self) -> Role | None:
        return self.decision.role

    def wording(self, language: str) -> Wording | None:
        shows = self.shows_text and not self.is_of_other_words
        return self.statement.wording(language) if shows else None


@dataclass(frozen=True)
class LogFilters:
    """Which decisions somebody wants to read; None for any."""

    verdict: Verdict | None = None
    reason: Reason | None = None
    appealed: bool = False

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> LogFilters:
        """What an address says; nonsense is as good as nothing."""
        verdicts, reasons = {each.value: each for each in Verdict}, {each.value: each for each in Reason}
        return cls(
            verdict=verdicts.get(sent.get("decision", "")),
            reason=reasons.get(sent.get("reason", "")),
            appealed=bool(sent.get("appealed")),
        )

    def as_query(self) -> dict[str, Any]:
        asked = {
            "decision": self.verdict and self.verdict.value,
            "reason": self.reason and self.reason.value,
            "appealed": "1" if self.appealed else None,
        }
        return {name: value for name, value in asked.items() if value}

    def lets_through(self, entry: Entry) -> bool:
        return (
            self.verdict in {None, entry.decision.verdict}
            and self.reason in {None, entry.decision.reason}
            and (entry.appeal is not None or not self.appealed)
        )


def log_of(consultation: Consultation) -> list[Entry]:
    """Every decision, the latest first."""
    statements = {statement.id: statement for statement in statements_of(consultation.id)}
    decisions = decisions_in(consultation.id)
    latest = {decision.statement_id: decision for decision in decisions}
    appeals = {appeal.decision_id: appeal for appeal in appeals_in(consultation.id)}
    replaces = predecessors_of(list(statements))
    # By statement, the last decision after which its author found other words.
    reworded = {
        each.statement_id: each.id
        for each in decisions
        if each.verdict is Verdict.REWORD and latest[each.statement_id] is not each
    }
    out = [id_ for id_, each in statements.items() if each.state is not State.PUBLISHED]
    tallies = {} if consultation.hides_results else votes_on(out)
    return [
        Entry(
            consultation=consultation,
            statement=statements[decision.statement_id],
            decision=decision,
            appeal=appeals.get(decision.id),
            holds=latest[decision.statement_id] is decision,
            is_of_other_words=decision.id <= reworded.get(decision.statement_id, 0),
            shows_text=_may_be_read(latest[decision.statement_id])
            or found_good(appeals.get(latest[decision.statement_id].id)),
            replaces=replaces.get(decision.statement_id, ()),
            tally=_enough(tallies.get(decision.statement_id)) if _closes(decision, latest) else None,
        )
        for decision in sorted(decisions, key=lambda each: (each.decided_at, each.id), reverse=True)
    ]


def found_good(appeal: Appeal | None) -> bool:
    return appeal is not None and appeal.outcome is Outcome.OVERTURNED


def _may_be_read(latest: Decision) -> bool:
    """By the decision that holds: a text that was sent back, or is grave, is not read anywhere."""
    return latest.verdict is not Verdict.REWORD and latest.reason not in GRAVE


def _closes(decision: Decision, latest: Mapping[int, Decision]) -> bool:
    return latest[decision.statement_id] is decision and decision.verdict is not Verdict.ACCEPT


def _enough(tally: Counter[Choice] | None) -> Counter[Choice] | None:
    return tally if tally and tally.total() >= SMALLEST_CELL else None


def as_rows(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """The log for a file, a row for each decision, its columns in order."""
    return [dict(zip(COLUMNS, _row(entry), strict=True)) for entry in entries]


def _row(entry: Entry) -> tuple[object, ...]:
    appeal, decision, tally = entry.appeal, entry.decision, entry.tally
    wording = entry.wording(entry.statement.language)
    return (
        entry.day.isoformat(),
        entry.statement.number,
        decision.verdict.value,
        decision.reason and decision.reason.value,
        decision.role and decision.role.value,
        entry.holds,
        [successor.number for successor in entry.replaced_by],
        list(entry.replaces),
        tally and {choice.name.lower(): tally[choice] for choice in Choice},
        appeal and (appeal.outcome.value if appeal.outcome else "waiting"),
        appeal and entry.consultation.local(appeal.answered_at or appeal.appealed_at).date().isoformat(),
        appeal and appeal.role and appeal.role.value,
        entry.statement.language,
        wording and wording.text,
    )


def as_csv(entries: Sequence[Entry]) -> str:
    """The same for spreadsheets: several numbers in one cell with spaces between them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in as_rows(entries):
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={count}" for name, count in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    # A spreadsheet would compute what begins like a formula.
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")):
        return f"'{value}"
    return "" if value is None else value


def counts(entries: Sequence[Entry]) -> dict[str, int]:
    """How many decisions of each kind hold, and how many appeals succeeded.

    What was sent back counts also after the author has found other words, about which was decided anew.
    """
    held = [
        entry.decision.verdict for entry in entries if entry.holds or entry.decision.verdict is Verdict.REWORD
    ]
    appeals = [entry.appeal for entry in entries if entry.appeal]
    return {
        **{verdict.value: held.count(verdict) for verdict in Verdict},
        "appeals": len(appeals),
        "overturned": sum(appeal.outcome is Outcome.OVERTURNED for appeal in appeals),
    }
