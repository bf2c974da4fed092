"""What an analysis says, as plain frozen records. Every other module returns these or reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA_VERSION = "1"

Direction = Literal["agree", "disagree"]
Reason = Literal["identical_votes", "one_sided", "one_vote", "burst", "hurried"]


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

    `common_ground_agree` is the lower bound of the share that agrees, of those who took a side, in the
    group that agrees least (overall, where there are no groups), and 0 where a group mostly passed;
    `common_ground_disagree` likewise. `divisiveness` is the largest difference between two
    groups' agree shares, 0 to 1, drawn towards 0 as far as votes leave doubt; without groups it is 0.
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
        memberships: shape (n, g), the probability of each published group; the rest is "none". Of up to
            150,000 votes, the mean over a fit to all and some that were each hidden other votes.
        groups: shape (n,), int, index into `Analysis.groups`, or -1 for people not assigned.

    """

    participant_ids: NDArray[np.int64]
    positions: NDArray[np.float64]
    errors: NDArray[np.float64]
    memberships: NDArray[np.float64]
    groups: NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """How well each answer to "how many groups?" predicts votes that were hidden from it.

    Attributes:
        hidden_votes: how many votes were hidden and predicted, over all rounds.
        log_loss: mean negative log probability of a hidden vote with 1, 2, ... groups; 1 is no groups.
            Each number at its own `confidence`.
        squared_error: mean squared error of a hidden vote as -1, 0, 1, likewise.
        squared_error_by_degree: the same for people who differ by degree along one, or two, lines.
        uneven_passing: spread of people's readiness to pass, 1 being chance.
        number_of_groups: the answer: 1 for no groups.
        confidence: the power of the likelihood at which memberships predict best, with 1, 2, ... groups;
            1 where the model holds.

    """

    hidden_votes: int
    log_loss: tuple[float, ...]
    squared_error: tuple[float, ...]
    squared_error_by_degree: tuple[float, ...]
    uneven_passing: float
    number_of_groups: int
    confidence: tuple[float, ...]

    @property
    def degree_predicts_better(self) -> bool:
        """Whether lines predict which side people take better than any number of groups does."""
        return min(self.squared_error_by_degree) < min(self.squared_error)


@dataclass(frozen=True)
class Slate:
    """A short list of statements, the most widely supported first.

    Attributes:
        statement_ids: in the order in which they were chosen; where more than 5,000 people took part, by a
            sample of so many.
        coverage: the expected share of people who agree with at least one, two, three of them, with an
            estimate in place of votes that were not cast, as if a person's unseen votes were independent
            within their group. They are not quite: it is too high where the same people agree with
            everything.
        counted_coverage: the same from the votes that were cast alone: the least that is true.

    """

    statement_ids: tuple[int, ...]
    coverage: tuple[float, ...]
    counted_coverage: tuple[float, ...]


@dataclass(frozen=True)
class Signal:
    """Accounts with one reason to look at them.

    Attributes:
        reason: "identical_votes": several accounts gave the same votes on the same statements;
            "one_sided": one account made the same choice throughout; "one_vote": accounts that voted
            once; "burst": accounts that all cast their first vote within minutes; "hurried": one account
            that voted faster than statements can be read.
        participant_ids: ascending.
        votes: how many votes each of these accounts cast, the fewest of them.
        chance: the probability that chance gives such a thing anywhere in the consultation, at most;
            None where nothing was computed.

    """

    reason: Reason
    participant_ids: tuple[int, ...]
    votes: int
    chance: float | None


@dataclass(frozen=True)
class Variation:
    """What one other way of looking says, and how far that is what the analysis says.

    Attributes:
        name: what is done differently, one of the words of `deliberation.sensitivity.sensitivity`.
        participants: how many people it looks at.
        number_of_groups: how many groups it finds, or was told to find.
        likeness: adjusted Rand index to the groups of the analysis on people who are in a group in both:
            1 is the same groups, 0 what chance would give; None where one of them has no groups.
        common_ground: how many statements are common ground in this way of looking.
        common_ground_kept: how many of the analysis' common-ground statements are still among them.
        common_ground_before: how many the analysis has.

    """

    name: str
    participants: int
    number_of_groups: int
    likeness: float | None
    common_ground: int
    common_ground_kept: int
    common_ground_before: int


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
    there are too few voters to look for them (`too_few_for_groups`). What needs the analysis to be
    repeated is unmeasured without resamples: `stability` and `axes_beyond_chance` are None. `sensitivity`
    is empty until `deliberation.sensitivity.with_sensitivity` fills it, which costs some further analyses.
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
    evidence: Evidence | None
    axes_beyond_chance: int | None
    slate: Slate
    integrity: tuple[Signal, ...]
    sensitivity: tuple[Variation, ...] = ()

    @property
    def number_of_groups(self) -> int:
        return len(self.groups)
