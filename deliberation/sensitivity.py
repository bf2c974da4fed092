"""What would change the conclusion? The same votes, looked at in other ways that were just as possible."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deliberation.analysis import analyse
from deliberation.ballot import Choice
from deliberation.divisions import Division, into_groups, into_groups_of_polis
from deliberation.integrity import without
from deliberation.likeness import adjusted_rand
from deliberation.results import Variation
from deliberation.verdicts import common_ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deliberation.results import Analysis
    from deliberation.settings import Settings
    from deliberation.vote_matrix import VoteMatrix

_FEWEST_VOTES = (3, 7, 10)


def sensitivity(votes: VoteMatrix, analysis: Analysis, settings: Settings) -> tuple[Variation, ...]:
    """The table of other ways of looking at the votes that `analysis` was made from with `settings`.

    Rows, in this order; those in brackets only where they make sense:
        minimum_votes_3, minimum_votes_7, minimum_votes_10: people with fewer votes are left out.
        without_passes: as if nobody had passed.
        [without_passes_as_many_groups]: the same, told to find as many groups as the analysis has.
        [without_flagged]: as if accounts that voted identically beyond chance were one account each time.
        [without_stability]: where the analysis has no groups, those it would have if it did not ask
            whether they are stable.
        [one_group_fewer, one_group_more]: told to find so many, whether or not the evidence is for them.
        [polis]: the published method of Polis; left out where its dense matrix would not fit.

    Costs about five analyses without resampling. Stability is therefore not asked again; what the
    analysis found too unstable to publish must not come back by that door, so where it has groups, no
    row that is free to choose finds more than it has.

    S. Steegen, F. Tuerlinckx, A. Gelman and W. Vanpaemel, "Increasing transparency through a multiverse
    analysis", Perspectives on Psychological Science 11 (2016).
    """
    most_groups = analysis.number_of_groups or settings.max_groups
    quick = replace(settings, resamples=0, max_groups=most_groups)
    return tuple(_row(name, look, analysis) for name, look in _looks(votes, analysis, quick))


def with_sensitivity(votes: VoteMatrix, analysis: Analysis, settings: Settings) -> Analysis:
    """The same analysis with its table of other ways of looking."""
    return replace(analysis, sensitivity=sensitivity(votes, analysis, settings))


def _looks(votes: VoteMatrix, analysis: Analysis, quick: Settings) -> Iterator[tuple[str, Division]]:
    number, too_few = analysis.number_of_groups, analysis.too_few_for_groups
    cast = np.bincount(votes.rows, minlength=len(votes.participant_ids))[votes.rows]
    for fewest in _FEWEST_VOTES:
        yield f"minimum_votes_{fewest}", _analysed(votes.keep(cast >= fewest), quick)
    without_passes = votes.keep(votes.choices != Choice.PASS)
    yield "without_passes", _analysed(without_passes, quick)
    copies = [
        person
        for signal in analysis.integrity
        if signal.reason == "identical_votes"
        for person in signal.participant_ids[1:]
    ]
    if copies:
        yield "without_flagged", _analysed(without(votes, copies), quick)
    if number:
        yield "without_passes_as_many_groups", into_groups(without_passes, number, quick, analysis.evidence)
        yield "one_group_fewer", into_groups(votes, number - 1, quick, analysis.evidence)
    elif not too_few:
        yield "without_stability", _analysed(votes, quick)
    if not too_few:
        yield "one_group_more", into_groups(votes, max(number, 1) + 1, quick, analysis.evidence)
    polis = into_groups_of_polis(votes, quick)
    if polis is not None:
        yield "polis", polis


def _analysed(votes: VoteMatrix, settings: Settings) -> Division:
    found = analyse(votes, settings)
    return Division(
        found.places.participant_ids, found.places.groups, found.number_of_groups, found.statements
    )


def _row(name: str, look: Division, analysis: Analysis) -> Variation:
    before, now = common_ground(analysis.statements), common_ground(look.statements)
    return Variation(
        name=name,
        participants=len(look.participant_ids),
        number_of_groups=look.number_of_groups,
        likeness=_adjusted_rand(look, analysis),
        common_ground=len(now),
        common_ground_kept=len(before & now),
        common_ground_before=len(before),
    )


def _adjusted_rand(look: Division, analysis: Analysis) -> float | None:
    places = analysis.places
    _, ours, theirs = np.intersect1d(
        places.participant_ids, look.participant_ids, assume_unique=True, return_indices=True
    )
    one, other = places.groups[ours], look.groups[theirs]
    in_both = (one >= 0) & (other >= 0)
    return adjusted_rand(one[in_both], other[in_both]) if in_both.any() else None
