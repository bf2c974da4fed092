"""What an analysis says, as plain frozen records. Every other module returns these or reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA_VERSION = "1"

Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class Share:
    """Part of a number of votes, with a 95% interval (Wilson score).

    Overall, `share` is `count / total`. Within a group, `count` and `total` are votes of the people who
    are likeliest in it, while `share`, `low` and `high` estimate the group itself, everybody counting by
    how likely they are in it: the two differ a little.
    """

    count: int
    total: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """How some people voted on one statement. Shares are of the votes cast, passes included."""

    votes: int
    agree: Share
    disagree: Share
    passed: Share


@dataclass(frozen=True)
class StatementResult:
    """One statement, overall and within each published group, in the order of `Analysis.groups`.

    `common_ground_agree` is the lower bound of the agree share in the group that agrees least
    (overall, where there are no groups); `common_ground_disagree` likewise. `divisiveness` is
    the largest difference between two groups' agree shares, 0 to 1, drawn towards 0 as far as votes
    leave doubt; without groups it is 0.
    `uncertainty` is the pass share. `enough_votes` says whether any of these may be read.
    """

    id: int
    overall: Tally
    groups: tuple[Tally, ...]
    common_ground_agree: float
    common_ground_disagree: float
    divisiveness: float
    uncertainty: float
    enough_votes: bool


@dataclass(frozen=True)
class Voice:
    """A statement that sets a group apart: what the group says, and how far from everyone else."""

    statement_id: int
    direction: Direction
    share_in_group: float
    share_elsewhere: float
    effect: float
    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """A published opinion group. `stability` is the mean Jaccard index over resamples, or None."""

    id: int
    size: int
    stability: float | None
    found_again: int | None
    voices: tuple[Voice, ...]


@dataclass(frozen=True, eq=False)
class Places:
    """Where each person stands.

    Attributes:
        participant_ids: shape (n,), every voter.
        positions: shape (n, 2), the two axes of the opinion map.
        errors: shape (n,), standard error of a position, in the units of the map.
        memberships: shape (n, g), the probability of each published group; the rest is "none".
        groups: shape (n,), int, index into `Analysis.groups`, or -1 for people not assigned.

    """

    participant_ids: NDArray[np.int64]
    positions: NDArray[np.float64]
    errors: NDArray[np.float64]
    memberships: NDArray[np.float64]
    groups: NDArray[np.int64]


@dataclass(frozen=True)
class Provenance:
    """All that is needed to compute the same analysis again."""

    method: str
    code_version: str
    votes_fingerprint: str
    settings: dict[str, object]


@dataclass(frozen=True, eq=False)
class Analysis:
    """What the votes of one consultation say, and how sure that is.

    `groups` is empty when no distinct groups were found ("people differ by degree") and when
    there are too few voters to look for them (`too_few_for_groups`).
    """

    provenance: Provenance
    number_of_participants: int
    number_of_votes: int
    too_few_for_groups: bool
    places: Places
    groups: tuple[Group, ...]
    share_unassigned: float
    stability: float | None
    resamples: int
    statements: tuple[StatementResult, ...]

    @property
    def number_of_groups(self) -> int:
        return len(self.groups)
