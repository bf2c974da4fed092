"""What may be chosen about an analysis. Every number here is written into its provenance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The choices behind an analysis; the defaults are the method.

    Attributes:
        seed: where every random draw starts.
        max_groups: the most groups to look for; 1 looks for none.
        resamples: how many resamples of people measure whether groups would be found again, at most;
            0 leaves stability unmeasured.
        minimum_voters_for_groups: with fewer voters it is too early to speak of groups.
        minimum_group_size: a smaller group is not published.
        minimum_votes: with fewer votes a statement's figures are not to be read.

    Raises:
        ValueError: a number is below what makes sense.

    """

    seed: int = 0
    max_groups: int = 5
    resamples: int = 100
    minimum_voters_for_groups: int = 50
    minimum_group_size: int = 10
    minimum_votes: int = 10

    def __post_init__(self) -> None:
        least = {
            "seed": 0,
            "max_groups": 1,
            "resamples": 0,
            "minimum_voters_for_groups": 2,
            "minimum_group_size": 1,
            "minimum_votes": 1,
        }
        for name, value in least.items():
            if getattr(self, name) < value:
                raise ValueError(f"{name} must be at least {value}, not {getattr(self, name)}")
