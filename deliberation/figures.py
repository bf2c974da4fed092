"""Do two sets of figures say the same? Counts and words exactly, other numbers within a tolerance that is stated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Other machines add in another order. A millionth is less than any page shows.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Difference:
    """One figure that is not what it should be, by where it stands in report.json."""

    place: str
    published: object
    recomputed: object


@dataclass
class Comparison:
    """What came of comparing: how many figures are equal, which are not, and which could not be compared."""

    equal: int = 0
    withheld: int = 0
    differences: list[Difference] = field(default_factory=list)

    def compare(self, published: Any, recomputed: Any, place: str) -> None:  # noqa: ANN401 - any JSON
        """Compare everything within `published` with what stands in the same place of `recomputed`.

        What was published as null is withheld, unless it is null when recomputed too. A key that only one of
        them has is a difference.
        """
        if isinstance(published, Mapping) and isinstance(recomputed, Mapping):
            for key in sorted({*published, *recomputed}):
                if key in published and key in recomputed:
                    self.compare(published[key], recomputed[key], f"{place}.{key}")
                else:
                    self._differ(f"{place}.{key}", published.get(key), recomputed.get(key))
        elif _is_list(published) and _is_list(recomputed):
            if len(published) != len(recomputed):
                self._differ(f"{place} (how many)", len(published), len(recomputed))
            for index, (one, other) in enumerate(zip(published, recomputed, strict=False)):
                self.compare(one, other, f"{place}[{index}]")
        elif published is None and recomputed is not None:
            self.withheld += 1
        elif _are_equal(published, recomputed):
            self.equal += 1
        else:
            self._differ(place, published, recomputed)

    def _differ(self, place: str, published: object, recomputed: object) -> None:
        self.differences.append(Difference(place, published, recomputed))


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _are_equal(published: object, recomputed: object) -> bool:
    if isinstance(published, bool) or isinstance(recomputed, bool):
        return published is recomputed
    if isinstance(published, (int, float)) and isinstance(recomputed, (int, float)):
        if isinstance(published, int) and isinstance(recomputed, int):
            return published == recomputed
        return math.isclose(published, recomputed, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return published == recomputed
