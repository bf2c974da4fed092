"""Where one reader stands, in the order in which it is said: how sure that is, what is shared, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from participation.opinions.queries import has_voted_since, place_of, snapshot_of
from participation.opinions.reading import A_MAJORITY, FAR_APART
from participation.votes.queries import choices_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deliberation.ballot import Choice
    from deliberation.results import Direction, Tally
    from participation.consultations.models import Consultation, Participant
    from participation.opinions.models import Place
    from participation.opinions.reading import Finding, Opinions

# With fewer votes a place says more about the others than about the reader.
ENOUGH_VOTES = 7
QUITE_SURE = 0.8
ALMOST_CERTAIN = 0.95
# No sum of votes makes anyone certain.
MOST_CERTAIN = 0.99
SHORT_LIST = 3


class Sureness(Enum):
    """How much can be said of where a reader stands."""

    HAS_NOT_VOTED = "has not voted"
    NOT_DRAWN = "not drawn"
    TOO_EARLY = "too early"
    NO_GROUPS = "no groups"
    IN_BETWEEN = "in between"
    PERHAPS = "perhaps"
    QUITE = "quite"
    ALMOST = "almost"


@dataclass(frozen=True)
class Compared:
    """A statement as people like the reader and the others see it.

    `like` and `unlike` are the shares that say `direction` in the reader's group and outside it; `like` is
    None where the reader is in no group, and `unlike` then is the share of everybody.
    """

    finding: Finding
    direction: Direction
    like: float | None
    unlike: float
    own: Choice | None


@dataclass(frozen=True)
class Standing:
    sureness: Sureness
    letter: str | None
    probability: float | None
    votes_missing: int
    #: They voted after the picture was drawn.
    is_from_before: bool
    shared: tuple[Compared, ...]
    apart: tuple[Compared, ...]
    #: What they have not voted on and would tell most.
    to_vote_on: tuple[Finding, ...]

    @property
    def is_in_a_group(self) -> bool:
        return self.letter is not None


def standing_of(consultation: Consultation, participant: Participant | None, opinions: Opinions) -> Standing:
    """What the latest snapshot says about one reader."""
    place = place_of(participant.id) if participant else None
    choices = choices_of(participant.id) if participant else {}
    analysed = {finding.result.id for finding in opinions.all}
    voted = len(analysed & choices.keys())
    missing = max(min(ENOUGH_VOTES, len(analysed)) - voted, 0)
    sureness = _sureness(place, opinions, has_voted=bool(choices), missing=missing)
    group = place.group_index if place and sureness in _IN_A_GROUP else None
    readable = [finding for finding in opinions.all if finding.result.enough_votes]
    compared = [each for finding in readable for each in _compare(finding, group, choices)]
    return Standing(
        sureness=sureness,
        letter=opinions.groups[group].letter if group is not None else None,
        probability=_said(place.group_probability) if place and group is not None else None,
        votes_missing=missing,
        is_from_before=place is not None and _is_from_before(consultation, place),
        shared=_shared(compared),
        apart=_apart(compared),
        to_vote_on=_to_vote_on(readable, choices) if consultation.is_open else (),
    )


_IN_A_GROUP = {Sureness.PERHAPS, Sureness.QUITE, Sureness.ALMOST}


def _sureness(place: Place | None, opinions: Opinions, *, has_voted: bool, missing: int) -> Sureness:
    if place is None:
        return Sureness.NOT_DRAWN if has_voted else Sureness.HAS_NOT_VOTED
    if missing:
        return Sureness.TOO_EARLY
    if not opinions.groups:
        return Sureness.NO_GROUPS
    # A worker may write between the two readings: a group that is there no more is none.
    if place.group_index is None or place.group_index >= len(opinions.groups):
        return Sureness.IN_BETWEEN
    probability = place.group_probability or 0.0
    if probability >= ALMOST_CERTAIN:
        return Sureness.ALMOST
    return Sureness.QUITE if probability >= QUITE_SURE else Sureness.PERHAPS


def _is_from_before(consultation: Consultation, place: Place) -> bool:
    snapshot = snapshot_of(consultation.id)
    return snapshot is not None and has_voted_since(consultation, snapshot, place.participant_id)


def _said(probability: float | None) -> float | None:
    return None if probability is None else min(probability, MOST_CERTAIN)


def _compare(finding: Finding, group: int | None, choices: Mapping[int, Choice]) -> Iterable[Compared]:
    """Both ways of looking at a statement: who agrees, and who disagrees. Nothing where a cell is withheld."""
    own = choices.get(finding.result.id)
    directions: tuple[Direction, Direction] = ("agree", "disagree")
    if group is None:
        overall = finding.result.overall
        return [
            Compared(finding, direction, None, getattr(overall, direction).share, own)
            for direction in directions
        ]
    tallies = finding.groups
    others = [tally for index, tally in enumerate(tallies) if index != group and tally and tally.votes]
    here = tallies[group]
    if here is None or not here.votes or len(others) < len(tallies) - 1:
        return []
    return [
        Compared(finding, direction, getattr(here, direction).share, _pooled(others, direction), own)
        for direction in directions
    ]


def _pooled(tallies: Sequence[Tally], direction: Direction) -> float:
    """The share of several groups together, each by its votes."""
    share: float = sum(getattr(tally, direction).share * tally.votes for tally in tallies)
    return share / sum(tally.votes for tally in tallies)


def _shared(compared: Iterable[Compared]) -> tuple[Compared, ...]:
    """What both sides say by majority, the surest first; for readers in no group, what they say with most others."""
    found = [
        each
        for each in compared
        if _bound(each) > A_MAJORITY and (each.like is not None or _own_direction(each) == each.direction)
    ]
    return tuple(sorted(found, key=lambda each: (-_bound(each), each.finding.number))[:SHORT_LIST])


def _bound(compared: Compared) -> float:
    result = compared.finding.result
    if compared.direction == "agree":
        return result.common_ground_agree
    return result.common_ground_disagree


def _apart(compared: Iterable[Compared]) -> tuple[Compared, ...]:
    """What people like the reader say far more than others; for readers in no group, where most others differ."""
    found = [each for each in compared if _distance(each) >= FAR_APART]
    return tuple(sorted(found, key=lambda each: (-_distance(each), each.finding.number))[:SHORT_LIST])


def _distance(compared: Compared) -> float:
    if compared.like is not None:
        return compared.like - compared.unlike if compared.like > A_MAJORITY else 0.0
    own = _own_direction(compared)
    differs = own is not None and own != compared.direction and compared.unlike > A_MAJORITY
    return compared.unlike if differs else 0.0


def _own_direction(compared: Compared) -> Direction | None:
    return {1: "agree", -1: "disagree"}.get(int(compared.own or 0))  # type: ignore[return-value]  # the two are directions


def _to_vote_on(findings: Iterable[Finding], choices: Mapping[int, Choice]) -> tuple[Finding, ...]:
    """Those that divide tell most about where somebody stands."""
    left = [finding for finding in findings if finding.result.id not in choices]
    return tuple(sorted(left, key=lambda each: (-each.result.divisiveness, each.number))[:SHORT_LIST])
