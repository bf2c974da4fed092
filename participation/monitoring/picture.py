"""How a consultation is going, ready to be read: numbers of people and votes, never what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from statistics import median, median_high
from typing import TYPE_CHECKING

import numpy as np

from deliberation.small_cells import withheld
from participation.consultations.channels import CHANNEL_NAMES
from participation.consultations.models import Channel
from participation.database import now
from participation.i18n import LANGUAGES, current_language
from participation.monitoring.queries import (
    activity_by_day,
    people_by_number_of_votes,
    put_off_by_statement,
    submitted_by_state,
    voters_by_channel,
    voters_by_language,
    votes_by_statement,
    waiting_since,
)
from participation.questions.reading import publishable_counts
from participation.statements.models import State
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask_babel import LazyString

    from participation.consultations.models import Consultation
    from participation.statements.models import Wording

# Seen by less than this part of what the statement in the middle is seen by: too little to compare.
TOO_FEW_OF_THE_MEDIAN = 0.5


@dataclass(frozen=True)
class Day:
    """One day in UTC. None where so few people came that they could be told."""

    day: date
    people: int | None
    votes: int | None


@dataclass(frozen=True)
class LanguageCount:
    """Voters whose first vote was on a page of this language; no tag where it is no longer known."""

    tag: str | None
    name: str | None
    people: int | None


@dataclass(frozen=True)
class ChannelCount:
    """People by the way they take part. None where so few came by it that they could be told."""

    channel: Channel
    people: int | None
    votes: int | None

    @property
    def name(self) -> LazyString:
        return CHANNEL_NAMES[self.channel]


@dataclass(frozen=True)
class Coverage:
    """How many people have seen a statement.

    `drawn` of the votes came when the platform put the statement before people; the others chose it
    themselves. `put_off` people said "later" so far.
    """

    number: int
    wording: Wording
    votes: int
    drawn: int
    put_off: int
    share_of_people: float
    is_under_seen: bool

    @property
    def seen(self) -> int:
        return self.votes + self.put_off


@dataclass(frozen=True)
class Backlog:
    """Statements that wait for a decision, and for how many days."""

    waiting: int
    oldest: int
    #: At least half have waited for so long.
    median: int


@dataclass(frozen=True)
class Picture:
    people: int
    votes: int
    #: Of the votes per person: the lower quartile, the median and the upper quartile.
    per_person: tuple[int, int, int]
    submitted: int
    published: int
    rejected: int
    backlog: Backlog
    days: tuple[Day, ...]
    languages: tuple[LanguageCount, ...]
    #: Every way by which somebody came.
    channels: tuple[ChannelCount, ...]
    #: The statements seen by the fewest come first.
    coverage: tuple[Coverage, ...]

    @property
    def drawn(self) -> int:
        return sum(each.drawn for each in self.coverage)

    @property
    def under_seen(self) -> int:
        return sum(each.is_under_seen for each in self.coverage)


def picture_of(consultation: Consultation) -> Picture:
    """Everything counted now, from the votes that hold."""
    by_votes = people_by_number_of_votes(consultation.id)
    people = sum(by_votes.values())
    submitted = submitted_by_state(consultation.id)
    return Picture(
        people=people,
        votes=sum(votes * number for votes, number in by_votes.items()),
        per_person=_quartiles(by_votes),
        submitted=sum(submitted.values()),
        published=submitted.get(State.PUBLISHED, 0),
        rejected=submitted.get(State.REJECTED, 0),
        backlog=_backlog(consultation),
        days=_days(consultation),
        languages=_languages(consultation),
        channels=channels_of(consultation),
        coverage=_coverage(consultation, people),
    )


def _quartiles(by_votes: dict[int, int]) -> tuple[int, int, int]:
    """The votes of the person a quarter, half and three quarters of the way up; zeros without anybody."""
    counts = list(by_votes)
    if not counts:
        return 0, 0, 0
    reached = list(accumulate(by_votes.values()))
    # At an even number of people, the lower of the two in the middle.
    low, middle, high = (
        counts[int(np.searchsorted(reached, reached[-1] * part))] for part in (0.25, 0.5, 0.75)
    )
    return low, middle, high


def _backlog(consultation: Consultation) -> Backlog:
    moment = now()
    days = [(moment - written).days for written in waiting_since(consultation.id)]
    return Backlog(waiting=len(days), oldest=max(days, default=0), median=median_high(days) if days else 0)


def _days(consultation: Consultation) -> tuple[Day, ...]:
    """Every day from the first vote to the last day so far, also those on which nobody voted."""
    active = activity_by_day(consultation.id)
    if not active:
        return ()
    first = min(active)
    last = max(*active, min(now(), consultation.last_moment).date())
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    counts = np.array([active.get(day, (0, 0)) for day in days])
    hidden = withheld(counts[:, 0])
    return tuple(
        Day(day, None, None) if hide else Day(day, int(people), int(votes))
        for day, hide, (people, votes) in zip(days, hidden, counts, strict=True)
    )


def _languages(consultation: Consultation) -> tuple[LanguageCount, ...]:
    counted = voters_by_language(consultation.id)
    # By number, the unknown last; a number that is withheld must not be told by its place.
    shown = dict(
        zip(counted, publishable_counts(np.array(list(counted.values()), dtype=np.int64)), strict=True)
    )
    order = sorted(counted, key=lambda tag: (tag is None, -(shown[tag] or 0), tag or ""))
    return tuple(LanguageCount(tag, _name(tag), shown[tag]) for tag in order)


def channels_of(consultation: Consultation) -> tuple[ChannelCount, ...]:
    """Every way by which somebody came, as everybody may read it."""
    counted = voters_by_channel(consultation.id)
    used = [channel for channel in Channel if channel in counted]
    shown = publishable_counts(np.array([counted[channel][0] for channel in used], dtype=np.int64))
    return tuple(
        ChannelCount(channel, people, None if people is None else counted[channel][1])
        for channel, people in zip(used, shown, strict=True)
    )


def _name(tag: str | None) -> str | None:
    return LANGUAGES[tag].name if tag in LANGUAGES else tag


def _coverage(consultation: Consultation, people: int) -> tuple[Coverage, ...]:
    deck, language = deck_of(consultation), current_language().tag
    votes, later = votes_by_statement(consultation.id), put_off_by_statement(consultation.id)
    ids: Sequence[int] = deck.ids.tolist()
    seen = [votes.get(id_, (0, 0))[0] + later.get(id_, 0) for id_ in ids]
    enough = TOO_FEW_OF_THE_MEDIAN * median(seen) if seen else 0
    rows = [
        Coverage(
            number=deck.numbers[place],
            wording=deck.wording(place, language),
            votes=votes.get(id_, (0, 0))[0],
            drawn=votes.get(id_, (0, 0))[1],
            put_off=later.get(id_, 0),
            share_of_people=min(seen[place] / people, 1.0) if people else 0.0,
            is_under_seen=seen[place] < enough,
        )
        for place, id_ in enumerate(ids)
    ]
    return tuple(sorted(rows, key=lambda each: (each.seen, each.number)))
