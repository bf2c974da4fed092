"""The whole story: from votes to what they say, and how sure that is."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deliberation.axes import axes_beyond_chance
from deliberation.common_ground import opinions_of_groups, weigh_statements
from deliberation.group_voices import voices_of_groups
from deliberation.integrity import find_signals
from deliberation.opinion_groups import find_groups
from deliberation.opinion_map import draw_map, fit_axes, place
from deliberation.results import Analysis, Group, Places, Provenance
from deliberation.settings import Settings
from deliberation.slate import choose_slate
from deliberation.vote_table import arrange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.opinion_map import OpinionMap
    from deliberation.results import Voice
    from deliberation.stability import Stability
    from deliberation.vote_matrix import VoteMatrix
    from deliberation.vote_table import Arrangement

__all__ = ["Settings", "analyse"]

METHOD = "baraza-latent-classes"
# Someone whose likeliest group is less likely than this is counted as not assigned.
ASSIGNED = 0.5
# Fewer statements would say little about anyone, even where all agree with one.
_FEWEST_ON_SLATE = 3


def analyse(votes: VoteMatrix, settings: Settings | None = None) -> Analysis:
    """What these votes say. The same votes and settings give the same answer, to the last bit."""
    settings = settings or Settings()
    arrangement = arrange(votes)
    table = arrangement.table

    posterior = place(table, fit_axes(table))
    groups = find_groups(table, posterior.means, settings)
    opinion_map = draw_map(posterior)
    places = _places(votes, arrangement, opinion_map, groups)

    order = _inverse(arrangement.statements)
    statement_ids = votes.statement_ids[arrangement.statements]
    opinions = opinions_of_groups(table, groups).reordered(order)
    voices = voices_of_groups(table, groups, statement_ids, minimum_votes=settings.minimum_votes)
    return Analysis(
        provenance=_provenance(votes, settings),
        number_of_participants=len(votes.participant_ids),
        number_of_votes=votes.number_of_votes,
        too_few_for_groups=len(votes.participant_ids) < settings.minimum_voters_for_groups,
        places=places,
        groups=tuple(
            _group(index, places, groups.stability, voices[index]) for index in range(groups.number)
        ),
        share_unassigned=float((places.groups < 0).mean()) if len(places.groups) else 0.0,
        stability=groups.stability.adjusted_rand,
        resamples=groups.stability.resamples,
        statements=weigh_statements(
            votes.statement_ids, table.counts[order], opinions, minimum_votes=settings.minimum_votes
        ),
        evidence=groups.evidence,
        axes_beyond_chance=axes_beyond_chance(table, settings) if settings.resamples else None,
        slate=choose_slate(votes, memberships=places.memberships, minimum_votes=settings.minimum_votes),
        integrity=find_signals(votes, memberships=places.memberships),
    )


def _places(
    votes: VoteMatrix, arrangement: Arrangement, opinion_map: OpinionMap, groups: OpinionGroups
) -> Places:
    """Everybody's place, in the order of the vote matrix."""
    order = _inverse(arrangement.people)
    memberships = groups.memberships[order]
    sure = memberships.max(axis=1, initial=0.0) >= ASSIGNED
    return Places(
        participant_ids=votes.participant_ids,
        positions=opinion_map.positions[order],
        errors=opinion_map.errors[order],
        memberships=memberships,
        groups=np.where(sure, groups.labels[order], -1),
    )


def _group(index: int, places: Places, stability: Stability, voices: tuple[Voice, ...]) -> Group:
    return Group(
        id=index,
        size=int((places.groups == index).sum()),
        stability=float(stability.jaccard[index]) if stability.resamples else None,
        found_again=int(stability.found_again[index]) if stability.resamples else None,
        voices=voices,
    )


def _provenance(votes: VoteMatrix, settings: Settings) -> Provenance:
    return Provenance(METHOD, code_version(), votes.fingerprint(), asdict(settings))


@cache
def code_version() -> str:
    """A fingerprint of the engine's own source: it changes with every change that could change a result."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _inverse(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each row of the vote matrix went."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places
