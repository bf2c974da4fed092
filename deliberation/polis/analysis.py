"""What does Polis say about a conversation? All steps in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.polis.base_clusters import BaseClusters, cluster_participants, place_base_clusters
from deliberation.polis.components import Components, principal_components
from deliberation.polis.consensus import Consensus, group_aware_consensus, majorities
from deliberation.polis.groups import Groups, find_groups
from deliberation.polis.in_conversation import in_conversation
from deliberation.polis.math_json import math_json
from deliberation.polis.priorities import priorities
from deliberation.polis.projection import extremity, project_participants, project_statements
from deliberation.polis.rating_matrix import RatingMatrix, moderated_out, rating_matrix, within_caps
from deliberation.polis.representativeness import RepresentativeStatement, representative_statements
from deliberation.polis.vote_counts import VoteCounts, count_votes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.conversation import Conversation


@dataclass(frozen=True, eq=False)
class PolisAnalysis:
    """Everything Polis computes; ratings have its sign, -1 is agreement.

    Attributes:
        conversation: what was analysed, without votes beyond Polis' caps.
        matrix: n participants x m statements.
        inside: ids of the participants who are placed in groups.
        components: centre and axes of the map.
        positions: shape (n, 2), of every participant.
        statement_positions: shape (2, m).
        extremity: shape (m,).
        base_clusters: b of them.
        groups: g of them, sets of base clusters.
        base_votes: arrays of shape (b, m).
        group_votes: arrays of shape (g, m).
        representative: for each group.
        consensus: majority lists over all participants.
        group_aware_consensus: shape (m,).
        priorities: shape (m,).

    """

    conversation: Conversation
    matrix: RatingMatrix
    inside: tuple[int, ...]
    components: Components
    positions: NDArray[np.float64]
    statement_positions: NDArray[np.float64]
    extremity: NDArray[np.float64]
    base_clusters: BaseClusters
    groups: Groups
    base_votes: VoteCounts
    group_votes: VoteCounts
    representative: list[list[RepresentativeStatement]]
    consensus: Consensus
    group_aware_consensus: NDArray[np.float64]
    priorities: NDArray[np.float64]

    def to_math_json(self) -> dict[str, Any]:
        """The keys and conventions of Polis' math JSON, as plain numbers, lists and dictionaries."""
        return math_json(self)


def analyse_polis(conversation: Conversation, *, base_clusters: BaseClusters | None = None) -> PolisAnalysis:
    """Analyse a conversation by the published method of Polis.

    Args:
        conversation: statements and the history of votes.
        base_clusters: those that Polis published. Their members are then the people in the
            conversation, and the axes point the same way as theirs. Needed to meet Polis' groups where
            its base clusters carry their own history; see `cluster_participants`.

    Raises:
        ValueError: a member of `base_clusters` did not vote.

    """
    conversation = within_caps(conversation)
    matrix = rating_matrix(conversation)
    components = principal_components(matrix)
    if base_clusters is None:
        inside = in_conversation(conversation)
        positions = project_participants(matrix, components)
        base = cluster_participants(matrix, positions, inside)
    else:
        inside = tuple(person for members in base_clusters.members for person in members)
        components = _turned_like(base_clusters, matrix, components)
        positions = project_participants(matrix, components)
        base = place_base_clusters(base_clusters, matrix, positions)
    groups = find_groups(base)

    cluster_of_row = base.of_rows(matrix)
    base_votes = count_votes(matrix, cluster_of_row, len(base.ids))
    group_votes = count_votes(matrix, groups.of_base_cluster(cluster_of_row), len(groups.clustering.ids))
    everyone = count_votes(matrix, np.zeros(matrix.n, dtype=np.int64), 1)
    statement_positions = project_statements(components)
    reach = extremity(statement_positions)
    left_out = moderated_out(conversation)
    metas = [comment.id for comment in conversation.comments if comment.is_meta]
    return PolisAnalysis(
        conversation=conversation,
        matrix=matrix,
        inside=inside,
        components=components,
        positions=positions,
        statement_positions=statement_positions,
        extremity=reach,
        base_clusters=base,
        groups=groups,
        base_votes=base_votes,
        group_votes=group_votes,
        representative=representative_statements(group_votes, matrix.statements, left_out),
        consensus=majorities(everyone, matrix.statements, left_out),
        group_aware_consensus=group_aware_consensus(group_votes),
        priorities=priorities(group_votes, reach, np.isin(matrix.statements, metas)),
    )


def _turned_like(published: BaseClusters, matrix: RatingMatrix, components: Components) -> Components:
    """The same axes, pointing the way that brings the published base clusters nearest to our places."""
    ours = place_base_clusters(published, matrix, project_participants(matrix, components))
    signs = np.where((ours.centres * published.centres).sum(axis=0) < 0, -1.0, 1.0)
    return components.flipped(signs[: len(components.axes)])
