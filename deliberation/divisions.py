"""What would the votes say with another division of people: so many groups, or those of Polis?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deliberation.common_ground import opinions_of_groups, weigh_statements
from deliberation.evidence import doubt
from deliberation.opinion_groups import OpinionGroups
from deliberation.opinion_map import fit_axes, place
from deliberation.polis import Comment, Conversation, analyse_polis
from deliberation.search import find_classes
from deliberation.stability import Stability
from deliberation.vote_table import arrange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.latent_classes import LatentClasses
    from deliberation.results import Evidence, StatementResult
    from deliberation.settings import Settings
    from deliberation.vote_matrix import VoteMatrix
    from deliberation.vote_table import Arrangement

# Polis holds every person times every statement as a floating-point number, several times over.
_MOST_CELLS = 20_000_000


class Division(NamedTuple):
    """People in groups, and the statements' figures by those groups.

    `groups`, shape (n,), is an index below `number_of_groups`, or -1; in the order of `participant_ids`.
    """

    participant_ids: NDArray[np.int64]
    groups: NDArray[np.int64]
    number_of_groups: int
    statements: tuple[StatementResult, ...]


def into_groups(
    votes: VoteMatrix, number: int, settings: Settings, evidence: Evidence | None = None
) -> Division:
    """Exactly so many latent classes, whether or not the evidence is for them; 1 is no groups.

    `evidence` says how sure of its memberships so many groups may be.
    """
    arrangement = arrange(votes)
    table = arrangement.table
    if number == 1 or not table.number_of_votes:
        return _division(votes, arrangement, np.zeros((table.number_of_people, 0)), None, settings)
    places = place(table.sample(), fit_axes(table)).means
    classes = find_classes(table, places, number, settings.seed).largest_first()
    confidences = evidence.confidence if evidence else ()
    confidence = confidences[number - 1] if number <= len(confidences) else 1.0
    return _division(votes, arrangement, doubt(classes.memberships(table), confidence), classes, settings)


def into_groups_of_polis(votes: VoteMatrix, settings: Settings) -> Division | None:
    """The groups that the published method finds; None where there are too many votes for it.

    That method depends on who came first, which is not known here: it decides who of those with fewer than
    seven votes is placed, and where its clusters start. People count as having come one after the other in
    canonical order, so that the same votes give the same groups whatever people are called.
    """
    if len(votes.participant_ids) * len(votes.statement_ids) > _MOST_CELLS:
        return None
    arrangement = arrange(votes)
    came = np.argsort(arrangement.people)[votes.rows]
    order = np.lexsort((votes.columns, came))
    conversation = Conversation(
        summary={},
        comments=tuple(Comment(identifier) for identifier in votes.statement_ids.tolist()),
        timestamps=np.arange(votes.number_of_votes),
        statements=votes.statement_ids[votes.columns[order]],
        voters=came[order],
        choices=votes.choices[order],
    )
    polis = analyse_polis(conversation)
    of_row = polis.groups.of_base_cluster(polis.base_clusters.of_rows(polis.matrix))
    group_of = dict(zip(polis.matrix.participants.tolist(), of_row.tolist(), strict=True))
    groups = np.array([group_of.get(person, -1) for person in range(len(arrangement.people))], dtype=np.int64)
    number = len(polis.groups.clustering.ids)
    memberships = (groups[:, None] == np.arange(number)).astype(np.float64)
    return _division(votes, arrangement, memberships, None, settings)


def _division(
    votes: VoteMatrix,
    arrangement: Arrangement,
    memberships: NDArray[np.float64],
    classes: LatentClasses | None,
    settings: Settings,
) -> Division:
    """`memberships` has shape (n, g), in the order of the arrangement."""
    number = memberships.shape[1]
    groups = OpinionGroups(memberships, classes, Stability.unmeasured(number), None)
    people, statements = np.argsort(arrangement.people), np.argsort(arrangement.statements)
    in_some = memberships.any(axis=1)
    return Division(
        participant_ids=votes.participant_ids,
        groups=np.where(in_some, groups.labels, -1)[people],
        number_of_groups=number,
        statements=weigh_statements(
            votes.statement_ids,
            arrangement.table.counts[statements],
            opinions_of_groups(arrangement.table, groups).reordered(statements),
            minimum_votes=settings.minimum_votes,
        ),
    )
