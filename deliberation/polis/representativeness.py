"""Which statements set a group apart? Up to five, chosen by how its votes differ from the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from deliberation.polis.proportions import SIGNIFICANT, difference_from_rest, ratio_to_rest, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from deliberation.polis.vote_counts import VoteCounts

MOST_STATEMENTS = 5


@dataclass(frozen=True)
class Side:
    """How a group agrees, or disagrees, with a statement, by itself and against the rest."""

    successes: int
    trials: int
    share: float
    test: float
    ratio: float
    difference: float

    @property
    def is_significant(self) -> bool:
        return self.test > SIGNIFICANT and self.difference > SIGNIFICANT


@dataclass(frozen=True)
class Candidate:
    """One statement in the eyes of one group."""

    statement: int
    agree: Side
    disagree: Side

    @property
    def direction(self) -> Literal["agree", "disagree"]:
        return "agree" if self.agree.difference > self.disagree.difference else "disagree"

    @property
    def side(self) -> Side:
        return self.agree if self.direction == "agree" else self.disagree


@dataclass(frozen=True)
class RepresentativeStatement:
    """A chosen statement; `agreements` is set if it was put first as the best one to agree with."""

    statement: int
    direction: Literal["agree", "disagree"]
    successes: int
    trials: int
    share: float
    test: float
    ratio: float
    difference: float
    agreements: int | None = None

    @property
    def metric(self) -> float:
        return self.ratio * self.difference * self.share * self.test


def representative_statements(
    counts: VoteCounts, statements: NDArray[np.int64], left_out: Iterable[int]
) -> list[list[RepresentativeStatement]]:
    """The statements of each group, those it agrees with first.

    Args:
        counts: votes of each group, shape (g, m).
        statements: shape (m,), their ids in column order, which settles ties.
        left_out: ids that are not to be chosen, rejected and meta statements.

    """
    columns = np.flatnonzero(~np.isin(statements, list(left_out)))
    agree = _sides(counts.agree, counts.seen, counts.others().agree, counts.others().seen)
    disagree = _sides(counts.disagree, counts.seen, counts.others().disagree, counts.others().seen)
    return [
        _select([Candidate(int(statements[j]), agree[g][j], disagree[g][j]) for j in columns])
        for g in range(len(counts.seen))
    ]


def _sides(
    successes: NDArray[np.int64],
    trials: NDArray[np.int64],
    rest_successes: NDArray[np.int64],
    rest_trials: NDArray[np.int64],
) -> list[list[Side]]:
    alone = shares(successes, trials)
    arrays = (
        successes,
        trials,
        alone.share,
        alone.test,
        ratio_to_rest(successes, trials, rest_successes, rest_trials),
        difference_from_rest(successes, trials, rest_successes, rest_trials),
    )
    return [
        [Side(*values) for values in zip(*(array[g].tolist() for array in arrays), strict=True)]
        for g in range(len(successes))
    ]


def _select(candidates: Sequence[Candidate]) -> list[RepresentativeStatement]:
    sufficient: list[RepresentativeStatement] = []
    best: RepresentativeStatement | None = None
    best_agree: Candidate | None = None
    for candidate in candidates:
        if candidate.agree.is_significant or candidate.disagree.is_significant:
            sufficient.append(_chosen(candidate))
        strongest = max(candidate.agree.difference, candidate.disagree.difference)
        if best is None or strongest > best.difference:
            best = _chosen(candidate)
        if _is_better_to_agree_with(candidate, best_agree):
            best_agree = candidate

    head: list[RepresentativeStatement] = []
    if best_agree is not None:
        head = [replace(_chosen(best_agree), agreements=best_agree.agree.successes)]
    if not sufficient:
        return head or ([] if best is None else [best])
    first = {chosen.statement for chosen in head}
    ranked = sorted(sufficient, key=lambda chosen: -chosen.metric)
    listed = [*head, *(chosen for chosen in ranked if chosen.statement not in first)][:MOST_STATEMENTS]
    return sorted(listed, key=lambda chosen: chosen.direction == "disagree")


def _is_better_to_agree_with(candidate: Candidate, incumbent: Candidate | None) -> bool:
    agree = candidate.agree
    if agree.successes == 0 and candidate.disagree.successes == 0:
        return False
    if incumbent is None:
        return agree.test > SIGNIFICANT or (agree.ratio > 1.0 and agree.share > 0.5)  # noqa: PLR2004 - a half
    held = incumbent.agree
    if held.ratio > 1.0:
        return (
            agree.ratio * agree.difference * agree.share * agree.test
            > held.ratio * held.difference * held.share * held.test
        )
    return agree.share * agree.test > held.share * held.test


def _chosen(candidate: Candidate) -> RepresentativeStatement:
    side = candidate.side
    return RepresentativeStatement(
        statement=candidate.statement,
        direction=candidate.direction,
        successes=side.successes,
        trials=side.trials,
        share=side.share,
        test=side.test,
        ratio=side.ratio,
        # Polis cuts this number to single precision before it compares and sorts.
        difference=float(np.float32(side.difference)),
    )
