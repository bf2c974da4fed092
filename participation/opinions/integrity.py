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
    from participation.votes.deck import Wording

# In this order pages speak of them.
REASONS = ("burst", "identical_votes", "hurried", "one_sided", "one_vote")
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
class Without:
    """The results without the accounts with a sign; `changes` is told for the last row, if it is of enough accounts."""

    reason: str
    accounts: int
    people: int
    groups: int
    common_ground: int
    common_ground_kept: int
    changes: tuple[Changed, ...] | None


@dataclass(frozen=True)
class Integrity:
    gathered_at: datetime
    conspicuous: int
    signs: tuple[Sign, ...]
    with_all: dict[str, int]
    #: None until they are worked out, or while results are hidden.
    without: tuple[Without, ...] | None


def integrity_of(consultation: Consultation) -> Integrity | None:
    """What the latest snapshot holds; None before the first one."""
    snapshot = snapshot_of(consultation.id)
    if snapshot is None or snapshot.integrity is None:
        return None
    stored = snapshot.integrity
    without = stored["without"]
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
        with_all=stored["with_all"],
        without=None
        if without is None or consultation.hides_results
        else tuple(_without(consultation, row) for row in without),
    )


def _without(consultation: Consultation, row: dict[str, Any]) -> Without:
    deck, language = deck_of(consultation), current_language().tag
    changes = row["changes"]
    return Without(
        **{
            **row,
            "changes": None
            if changes is None
            else tuple(
                Changed(deck.numbers[index], deck.wording(index, language), **_figures(change))
                for change in changes
                if (index := deck.index_of(change["statement_id"])) is not None
            ),
        }
    )


def _figures(change: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in change.items() if name != "statement_id"}


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
    if integrity.without is not None:
        rows += [
            ("results", "nobody left out", "", name, value) for name, value in integrity.with_all.items()
        ]
        for row in integrity.without:
            rows += [
                ("results", row.reason, "", name, getattr(row, name))
                for name in ("accounts", "people", "groups", "common_ground", "common_ground_kept")
            ]
            rows += [
                ("change", row.reason, changed.number, name, getattr(changed, name))
                for changed in row.changes or ()
                for name in ("agree_before", "agree_after", "shared_before", "shared_after")
            ]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return file.getvalue()
