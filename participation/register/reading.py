"""The register as a reader asked for it: which entries, what they add up to, and the page of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from participation.consultations.models import Phase
from participation.register.queries import Tally, entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.register.queries import Entry

ENTRIES_ON_A_PAGE = 20


class Standing(Enum):
    """How far a consultation has come. The value stands in the address."""

    ANNOUNCED = "announced"
    OPEN = "open"
    #: Closed; the report is being written.
    CLOSED = "closed"
    #: The report waits for its answer, in time.
    WAITING = "waiting"
    #: The promised day is over, and something is unanswered.
    OVERDUE = "overdue"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Filters:
    """What a reader wants to see; None for all."""

    country: str | None = None
    #: The organisation's name in addresses.
    organisation: str | None = None
    standing: Standing | None = None

    def let_through(self, entry: Entry) -> bool:
        organisation = entry.consultation.organisation
        return (
            (self.country is None or entry.country == self.country)
            and (self.organisation is None or (organisation and organisation.slug) == self.organisation)
            and (self.standing is None or standing_of(entry) is self.standing)
        )


@dataclass(frozen=True)
class Page:
    """One page of the register.

    `total` and `number_of_entries` are of all that the filters let through, not only those on the page, without
    demonstrations unless there is nothing else.
    """

    entries: Sequence[Entry]
    total: Tally
    number_of_entries: int
    number: int
    pages: int
    countries: frozenset[str]
    #: Name by the name in addresses.
    organisations: dict[str, str]


def standing_of(entry: Entry) -> Standing:
    phase = entry.consultation.phase()
    if phase is not Phase.CLOSED:
        return Standing.OPEN if phase is Phase.OPEN else Standing.ANNOUNCED
    if entry.tally.overdue or entry.tally.reports_overdue:
        return Standing.OVERDUE
    if not entry.has_report:
        return Standing.CLOSED
    return Standing.ANSWERED if entry.tally.answered == entry.tally.findings else Standing.WAITING


def register_page(filters: Filters, number: int, per_page: int = ENTRIES_ON_A_PAGE) -> Page:
    """A page of the register, counted from one; one that does not exist is the nearest that does."""
    everything = entries()
    chosen = [entry for entry in everything if filters.let_through(entry)]
    # Where all is made up there is nothing that made-up figures could be mixed with.
    counted = [entry for entry in chosen if not entry.consultation.is_demonstration] or chosen
    pages = max(1, -(-len(chosen) // per_page))
    number = min(max(number, 1), pages)
    organisations = [entry.consultation.organisation for entry in everything]
    return Page(
        entries=chosen[(number - 1) * per_page : number * per_page],
        total=sum((entry.tally for entry in counted), Tally()),
        number_of_entries=len(counted),
        number=number,
        pages=pages,
        countries=frozenset(entry.country for entry in everything if entry.country),
        organisations={one.slug: one.name for one in organisations if one},
    )
