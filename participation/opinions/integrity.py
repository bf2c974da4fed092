"""What the second look found, ready to be read by those who run a consultation and those who must answer it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from participation.i18n import current_language
from participation.opinions.queries import snapshot_of
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from datetime import datetime

    from participation.consultations.models import Consultation
    from participation.statements.models import Wording

# In this order pages speak of them.
REASONS = ("burst", "identical_votes", "hurried", "one_sided", "one_vote")
MEASURES = ("people", "groups", "common_ground", "common_ground_kept")
FIGURES = ("agree_before", "agree_after", "shared_before", "shared_after")
COLUMNS = ("part", "reason", "statement", "measure", "value")


@dataclass(frozen=True)
class Sign:
    """One kind of sign: how many accounts show it, and each time it was seen, the rarest by chance first."""

    reason: str
    accounts: int
    times: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Changed:
    """A statement of which something else is said without the conspicuous accounts; shares of the votes cast."""

    number: int
    wording: Wording
    agree_before: float
    agree_after: float
    shared_before: bool
    shared_after: bool


@dataclass(frozen=True)
class Results:
    """What is said with everybody, or without the conspicuous accounts."""

    people: int
    groups: int
    common_ground: int
    #: How many statements of the common ground are among the published ones.
    common_ground_kept: int


@dataclass(frozen=True)
class Integrity:
    gathered_at: datetime
    conspicuous: int
    signs: tuple[Sign, ...]
    with_all: Results
    #: None where nothing is left out, until it is worked out, and while results are hidden.
    without: Results | None
    #: None where so few accounts are left out that the changes would be their votes.
    changes: tuple[Changed, ...] | None


def integrity_of(consultation: Consultation) -> Integrity | None:
    """What the latest snapshot holds; None before the first one."""
    snapshot = snapshot_of(consultation.id)
    if snapshot is None or snapshot.integrity is None:
        return None
    stored = snapshot.integrity
    without = None if consultation.hides_results else stored["without"]
    return Integrity(
        gathered_at=snapshot.gathered_at,
        conspicuous=stored["conspicuous"],
        signs=tuple(
            Sign(
                reason,
                stored["accounts"][reason],
                tuple(signal for signal in stored["signals"] if signal["reason"] == reason),
            )
            for reason in REASONS
            if reason in stored["accounts"]
        ),
        with_all=Results(**stored["with_all"]),
        without=without and Results(**{measure: without[measure] for measure in MEASURES}),
        changes=_changes(consultation, without["changes"]) if without else None,
    )


def _changes(consultation: Consultation, stored: list[dict[str, Any]] | None) -> tuple[Changed, ...] | None:
    if stored is None:
        return None
    deck, language = deck_of(consultation), current_language().tag
    return tuple(
        Changed(deck.numbers[index], deck.wording(index, language), **{each: row[each] for each in FIGURES})
        for row in stored
        if (index := deck.index_of(row["statement_id"])) is not None
    )


def integrity_as_csv(integrity: Integrity) -> str:
    """Everything on the page, one figure a line, for people who check with a spreadsheet or a program."""
    rows: list[tuple[object, ...]] = []
    for sign in integrity.signs:
        rows.append(("sign", sign.reason, "", "accounts", sign.accounts))
        for number, seen in enumerate(sign.times, start=1):
            rows += [
                ("sighting", sign.reason, "", f"{number}:{name}", "" if seen[name] is None else seen[name])
                for name in ("accounts", "votes", "chance")
            ]
    for part, results in (("with all", integrity.with_all), ("without", integrity.without)):
        # Without anything to compare, the results are where they always are.
        if results and integrity.without:
            rows += [(part, "", "", measure, getattr(results, measure)) for measure in MEASURES]
    rows += [
        ("change", "", changed.number, figure, getattr(changed, figure))
        for changed in integrity.changes or ()
        for figure in FIGURES
    ]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return file.getvalue()
