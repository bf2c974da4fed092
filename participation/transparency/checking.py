"""The whole check: the log against itself, its heads against it, and what the database says against the log.

Whoever can write to the database can do so behind the application's back. This finds what was altered, removed
or put in there, as far as the log knows of it; `templates/transparency/proof.html` says how far that is.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import select

from deliberation.log_check import Fault, Finding, check_entries, check_heads, check_list
from deliberation.vote_commitments import commitment_to, line_of
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.deployments.models import Deployment, DossierVersion
from participation.fingerprints import fingerprint_of
from participation.moderation.models import Decision
from participation.statements.models import Statement
from participation.transparency.committing import tallies
from participation.transparency.models import Commitment, Kind, LogEntry
from participation.transparency.published import in_the_database, in_the_log
from participation.transparency.queries import all_heads, as_entry, entries_of_kind, lines_of, written
from participation.transparency.standing import standing_otherwise
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


#: What an entry about a publication promises, as it says it, by name.
SETTINGS: dict[str, Callable[[Consultation], object]] = {
    "opens_at": lambda consultation: written(consultation.opens_at),
    "closes_at": lambda consultation: written(consultation.closes_at),
    "admission": lambda consultation: consultation.admission.value,
    "shows_interim_results": lambda consultation: consultation.shows_interim_results,
    "publishes_votes": lambda consultation: consultation.publishes_votes,
    "responds_by": lambda consultation: consultation.responds_by and consultation.responds_by.isoformat(),
}
#: Which of these an entry with a moment changes.
MOMENTS = {Kind.CONSULTATION_OPENED: "opens_at", Kind.CONSULTATION_CLOSED: "closes_at"}
#: What a decision and its entry both say.
Decided = tuple[int, str, str | None, str | None]


class Mismatch(Enum):
    """Where the database says something else than the log, in words for an operator."""

    UNREADABLE = "has an entry that cannot be read: it was altered"
    NOT_COMPARED = "is not compared with the log: first find out what the log said"
    HEAD_LEFT_BEHIND = "are under no signed head: the worker signs them when it runs"
    LIST_WITHOUT_ENTRY = "belong to no entry: they were put in"
    VOTE_ALTERED = "do not open any commitment in the lists: they were altered after they were committed to"
    VOTE_PUT_IN = "are not among those counted: they were put in or altered after the count"
    VOTE_REMOVED = "that were counted are gone: they were removed or altered after the count"
    TALLY_DIFFERS = "have other totals than were counted: votes were altered, removed or put in"
    OTHERWISE = "is not what the log says: it was altered"
    DOSSIER_ALTERED = "is not what was published: it was altered or removed"
    DOSSIER_PUT_IN = "is in the database and not in the log: it was put in"
    DECISION_ALTERED = "is in the log and not in the database: it was altered or removed"
    PUBLISHED_ALTERED = (
        "is in the log and not in the database: it was altered or removed after it was published"
    )
    PUBLISHED_PUT_IN = (
        "is in the database and not in the log: it was altered after it was published, or put in"
    )
    DECISION_PUT_IN = "is in the database and not in the log: it was altered or put in"


def check_all(saved_heads: Sequence[str] = ()) -> list[Finding]:
    """Everything that is wrong.

    Args:
        saved_heads: heads that somebody kept where nobody could alter them.

    """
    try:
        rows = db.session.scalars(select(LogEntry).order_by(LogEntry.index)).all()
        entries = [as_entry(row) for row in rows]
        found = [*check_entries(entries, [row.hash for row in rows])]
    except (LookupError, TypeError, ValueError):
        return [Finding("The log", Mismatch.UNREADABLE)]
    heads = [head.note for head in all_heads()]
    found += check_heads(entries, [*heads, *saved_heads])
    found += _check_covered(len(entries))
    if any(finding.fault is Fault.ALTERED for finding in found):
        # What the entries say is no measure for anything any more.
        return [*found, Finding("The database", Mismatch.NOT_COMPARED)]
    return [
        *found,
        *_check_lists(rows),
        *_check_votes(),
        *_check_settings(rows),
        *_check_dossiers(),
        *_check_decisions(rows),
        *_check_published(rows),
        *(Finding(name, Mismatch.OTHERWISE) for name in standing_otherwise(rows)),
    ]


def _check_covered(size: int) -> Iterator[Finding]:
    covered = max((head.size for head in all_heads()), default=0)
    if size > covered:
        yield Finding(f"{size - covered} entries", Mismatch.HEAD_LEFT_BEHIND)


def _check_lists(rows: Sequence[LogEntry]) -> Iterator[Finding]:
    batches = set()
    for row in rows:
        if row.kind in {Kind.VOTES_COMMITTED, Kind.VOTES_COUNTED}:
            batches.add(row.index)
            yield from check_list(as_entry(row), lines_of(row))
    if stray := set(db.session.scalars(select(Commitment.entry).distinct())) - batches:
        yield Finding(f"The commitments of entries {sorted(stray)}", Mismatch.LIST_WITHOUT_ENTRY)


def _check_votes() -> Iterator[Finding]:
    slugs = db.session.scalars(
        select(LogEntry.consultation).where(LogEntry.kind == Kind.VOTES_COMMITTED).distinct()
    )
    counts = {entry.consultation: entry for entry in entries_of_kind(Kind.VOTES_COUNTED)}
    for slug in sorted({*filter(None, slugs), *filter(None, counts)}):
        consultation = consultation_by_slug(slug)
        if consultation is not None:
            yield from _check_votes_of(consultation, counts.get(slug))


def _check_votes_of(consultation: Consultation, counted: LogEntry | None) -> Iterator[Finding]:
    slug = consultation.slug
    votes = db.session.execute(
        select(Statement.number, Vote.choice, Vote.is_important, Vote.nonce)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Vote.consultation_id == consultation.id)
    ).all()
    opened = Counter(
        line_of(number, commitment_to(slug, number, choice, is_important=important, nonce=nonce))
        for number, choice, important, nonce in votes
        if nonce is not None
    )
    known: set[str] = set()
    for batch in entries_of_kind(Kind.VOTES_COMMITTED, consultation.slug):
        known.update(lines_of(batch))
    if unknown := (opened - Counter(known)).total():
        yield Finding(f"{unknown} votes of {consultation.slug}", Mismatch.VOTE_ALTERED)
    if counted is not None:
        # The votes of those who had themselves erased count, and lead to no line any more.
        untied = Counter(str(number) for number, *_vote, nonce in votes if nonce is None)
        yield from _check_count(counted, opened, untied)
        if tallies([(number, choice) for number, choice, *_rest in votes]) != counted.facts["statements"]:
            yield Finding(f"The votes of {slug}", Mismatch.TALLY_DIFFERS)


def _check_count(counted: LogEntry, opened: Counter[str], untied: Counter[str]) -> Iterator[Finding]:
    """What is wrong with votes after the count.

    Args:
        opened: the lines to which votes lead.
        untied: by number of the statement, how many votes lead to none.

    """
    lines = Counter(lines_of(counted))
    unopened = Counter(line.split()[0] for line in (lines - opened).elements())
    if added := (opened - lines).total() + (untied - unopened).total():
        yield Finding(f"{added} votes of {counted.consultation}", Mismatch.VOTE_PUT_IN)
    if gone := (unopened - untied).total():
        yield Finding(f"{gone} votes of {counted.consultation}", Mismatch.VOTE_REMOVED)


def _check_settings(rows: Sequence[LogEntry]) -> Iterator[Finding]:
    """What was promised at publication, and changed since where the log says so, holds now."""
    promised: dict[str | None, dict[str, object]] = {}
    for row in rows:
        if row.kind is Kind.CONSULTATION_PUBLISHED:
            promised[row.consultation] = {name: row.facts[name] for name in SETTINGS if name in row.facts}
        elif row.kind is Kind.SETTING_CHANGED and row.facts["setting"] in SETTINGS:
            promised.setdefault(row.consultation, {})[row.facts["setting"]] = row.facts["value"]
        elif row.kind in MOMENTS and "at" in row.facts:
            promised.setdefault(row.consultation, {})[MOMENTS[row.kind]] = row.facts["at"]
    for slug, settings in promised.items():
        consultation = consultation_by_slug(str(slug))
        for name, value in settings.items():
            if consultation is not None and SETTINGS[name](consultation) != value:
                yield Finding(f"The setting {name} of {slug}", Mismatch.OTHERWISE)


def _check_dossiers() -> Iterator[Finding]:
    versions = {
        (version.deployment.slug, version.number): version
        for version in db.session.scalars(select(DossierVersion).join(Deployment))
    }
    entered = entries_of_kind(Kind.DOSSIER_PUBLISHED)
    for entry in entered:
        slug, number = entry.facts["dossier"], entry.facts["version"]
        version = versions.pop((slug, number), None)
        hashes = {version.sha256, fingerprint_of(version.content)} if version else set()
        if hashes != {entry.facts["sha256"]}:
            yield Finding(f"Version {number} of the dossier {slug}", Mismatch.DOSSIER_ALTERED)
    began = _beginning()
    for (slug, number), version in versions.items():
        if began and version.published_at >= began.recorded_at:
            yield Finding(f"Version {number} of the dossier {slug}", Mismatch.DOSSIER_PUT_IN)


def _check_decisions(rows: Sequence[LogEntry]) -> Iterator[Finding]:
    """Decisions from before there was a log are in none."""
    entered: dict[str | None, Counter[Decided]] = {}
    for row in rows:
        if row.kind is Kind.STATEMENT_DECIDED:
            facts = row.facts
            decided = (facts["statement"], facts["verdict"], facts["reason"], facts["role"])
            entered.setdefault(row.consultation, Counter())[decided] += 1
    published = {row.consultation for row in rows if row.kind is Kind.CONSULTATION_PUBLISHED}
    for slug in {*entered, *published} - {None}:
        held = _decisions_of(str(slug))
        in_log = entered.get(slug, Counter())
        for decided in in_log - held:
            yield Finding(_name_of(slug, decided), Mismatch.DECISION_ALTERED)
        if slug in published:
            for decided in held - in_log:
                yield Finding(_name_of(slug, decided), Mismatch.DECISION_PUT_IN)


def _decisions_of(slug: str) -> Counter[Decided]:
    decisions = db.session.execute(
        select(Statement.number, Decision.verdict, Decision.reason, Decision.role)
        .join(Statement, Statement.id == Decision.statement_id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .where(Consultation.slug == slug)
    )
    return Counter(
        (number, verdict.value, reason.value if reason else None, role.value if role else None)
        for number, verdict, reason, role in decisions
    )


def _name_of(slug: str | None, decided: Decided) -> str:
    number, verdict, _reason, _role = decided
    return f"The decision about statement {number} of {slug} ({verdict})"


def _check_published(rows: Sequence[LogEntry]) -> Iterator[Finding]:
    """Reports, answers, decisions about systems and milestones of consultations whose publication is in the log."""
    published = {
        row.consultation for row in rows if row.kind is Kind.CONSULTATION_PUBLISHED and row.consultation
    }
    in_log = in_the_log(rows)
    held = in_the_database(published | {one.consultation for one in in_log})
    for one in in_log - held:
        yield Finding(one.name, Mismatch.PUBLISHED_ALTERED)
    for one in held - in_log:
        if one.consultation in published:
            yield Finding(one.name, Mismatch.PUBLISHED_PUT_IN)


def _beginning() -> LogEntry | None:
    return db.session.get(LogEntry, 0)
