"""The whole story: from votes to what they say, and how sure that is."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deliberation.at_once import workers
from deliberation.axes import axes_beyond_chance
from deliberation.common_ground import opinions_of_groups, weigh_statements
from deliberation.group_voices import voices_of_groups
from deliberation.integrity import find_signals
from deliberation.opinion_groups import ASSIGNED, find_groups
from deliberation.opinion_map import draw_map, fit_axes, place, refined
from deliberation.results import Analysis, Group, Places, Provenance
from deliberation.settings import Settings
from deliberation.slate import choose_slate
from deliberation.vote_table import arrange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.opinion_map import OpinionMap
    from deliberation.results import StatementResult
    from deliberation.vote_matrix import VoteMatrix
    from deliberation.vote_table import Arrangement, VoteTable

__all__ = ["Settings", "analyse"]

METHOD = "baraza-latent-classes"


def analyse(votes: VoteMatrix, settings: Settings | None = None) -> Analysis:
    """What these votes say. The same votes and settings give the same answer, to the last bit."""
    settings = settings or Settings()
    with workers(votes.number_of_votes) as pool:
        provenance = pool.submit(_provenance, votes, settings)
        arrangement = arrange(votes)
        places, groups = place_people(votes, arrangement, settings)
        slate = pool.submit(
            choose_slate,
            votes,
            memberships=places.memberships,
            order=arrangement.people,
            minimum_votes=settings.minimum_votes,
        )
        integrity = pool.submit(find_signals, votes, memberships=places.memberships)
        return Analysis(
            provenance=provenance.result(),
            number_of_participants=len(votes.participant_ids),
            number_of_votes=votes.number_of_votes,
            too_few_for_groups=len(votes.participant_ids) < settings.minimum_voters_for_groups,
            places=places,
            groups=_groups(votes, arrangement, groups, places, settings),
            share_unassigned=float((places.groups < 0).mean()) if len(places.groups) else 0.0,
            stability=groups.stability.adjusted_rand,
            resamples=groups.stability.resamples,
            statements=tally(votes, arrangement, groups, settings),
            evidence=groups.evidence,
            axes_beyond_chance=(
                axes_beyond_chance(arrangement.table, settings) if settings.resamples else None
            ),
            slate=slate.result(),
            integrity=integrity.result(),
        )


def place_people(
    votes: VoteMatrix, arrangement: Arrangement, settings: Settings
) -> tuple[Places, OpinionGroups]:
    """The map and the groups: everybody's place in both, in the order of the vote matrix, and the groups."""
    table, order = arrangement.table, _inverse(arrangement.people)
    with workers(votes.number_of_votes) as pool:
        mapped = pool.submit(_mapped, table)
        groups = find_groups(table, lambda: mapped.result()[1], settings)
        opinion_map, _sampled = mapped.result()
    memberships = groups.memberships[order]
    sure = memberships.max(axis=1, initial=0.0) >= ASSIGNED
    places = Places(
        participant_ids=votes.participant_ids,
        positions=opinion_map.positions[order],
        errors=opinion_map.errors[order],
        memberships=memberships,
        groups=np.where(sure, groups.labels[order], -1),
    )
    return places, groups


def tally(
    votes: VoteMatrix, arrangement: Arrangement, groups: OpinionGroups, settings: Settings
) -> tuple[StatementResult, ...]:
    """Every statement's figures, overall and within each group, in the order of the vote matrix."""
    order = _inverse(arrangement.statements)
    return weigh_statements(
        votes.statement_ids,
        votes.counts.astype(np.float64),
        opinions_of_groups(arrangement.table, groups).reordered(order),
        minimum_votes=settings.minimum_votes,
    )


def _mapped(table: VoteTable) -> tuple[OpinionMap, NDArray[np.float64]]:
    """The map of everybody, and where the people of the sample stand on all axes that were fitted to it."""
    axes = fit_axes(table)
    return draw_map(place(table, refined(table, axes))), place(table.sample(), axes).means


def _groups(
    votes: VoteMatrix, arrangement: Arrangement, groups: OpinionGroups, places: Places, settings: Settings
) -> tuple[Group, ...]:
    ids, stability = votes.statement_ids[arrangement.statements], groups.stability
    voices = voices_of_groups(arrangement.table, groups, ids, minimum_votes=settings.minimum_votes)
    return tuple(
        Group(
            id=index,
            size=int((places.groups == index).sum()),
            stability=float(stability.jaccard[index]) if stability.resamples else None,
            found_again=int(stability.found_again[index]) if stability.resamples else None,
            voices=voices[index],
        )
        for index in range(groups.number)
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
