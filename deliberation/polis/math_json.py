"""How does Polis hand its results out? The keys of its math JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.analysis import PolisAnalysis
    from deliberation.polis.consensus import MajorityStatement
    from deliberation.polis.representativeness import RepresentativeStatement
    from deliberation.polis.vote_counts import VoteCounts

# An analysis from files is one update from nothing.
MATH_TICK = 1


def math_json(analysis: PolisAnalysis) -> dict[str, Any]:
    """Plain numbers, lists and dictionaries; maps from statement or group id have text keys, as in JSON.

    `tids` is the column order of the arrays in `pca`; the lists in `votes-base` follow
    `base-clusters.id`. When moderation last changed is not in any file: `lastModTimestamp` is None.
    """
    matrix, conversation = analysis.matrix, analysis.conversation
    comments = conversation.comments
    tids = [str(statement) for statement in matrix.statements.tolist()]
    return {
        "n": matrix.n,
        "n-cmts": matrix.m,
        "tids": matrix.statements.tolist(),
        "mod-in": sorted(comment.id for comment in comments if comment.moderated > 0 or comment.is_meta),
        "mod-out": sorted(comment.id for comment in comments if comment.moderated < 0 or comment.is_meta),
        "meta-tids": sorted(comment.id for comment in comments if comment.is_meta),
        "in-conv": sorted(analysis.inside),
        "user-vote-counts": _by_key(matrix.participants, matrix.votes_per_participant()),
        "pca": {
            "center": analysis.components.centre.tolist(),
            "comps": analysis.components.axes.tolist(),
            "comment-projection": analysis.statement_positions.tolist(),
            "comment-extremity": analysis.extremity.tolist(),
        },
        "base-clusters": _base_clusters(analysis),
        "group-clusters": _group_clusters(analysis),
        "votes-base": {
            tid: {
                "A": analysis.base_votes.agree[:, j].tolist(),
                "D": analysis.base_votes.disagree[:, j].tolist(),
                "S": analysis.base_votes.seen[:, j].tolist(),
            }
            for j, tid in enumerate(tids)
        },
        "group-votes": _group_votes(analysis, tids),
        "repness": {
            str(group): [_representative(chosen) for chosen in statements]
            for group, statements in zip(
                analysis.groups.clustering.ids.tolist(), analysis.representative, strict=True
            )
        },
        "consensus": {
            "agree": [_majority(statement) for statement in analysis.consensus.agree],
            "disagree": [_majority(statement) for statement in analysis.consensus.disagree],
        },
        "group-aware-consensus": _by_key(matrix.statements, analysis.group_aware_consensus),
        "comment-priorities": _by_key(matrix.statements, analysis.priorities),
        "lastVoteTimestamp": int(conversation.timestamps.max(initial=0)),
        "lastModTimestamp": None,
        "math_tick": MATH_TICK,
    }


def _by_key(ids: NDArray[np.int64], values: NDArray[Any]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(ids.tolist(), values.tolist(), strict=True)}


def _base_clusters(analysis: PolisAnalysis) -> dict[str, Any]:
    base = analysis.base_clusters
    return {
        "id": base.ids.tolist(),
        "members": [list(members) for members in base.members],
        "x": base.centres[:, 0].tolist(),
        "y": base.centres[:, 1].tolist(),
        "count": base.sizes.tolist(),
    }


def _group_clusters(analysis: PolisAnalysis) -> list[dict[str, Any]]:
    clustering = analysis.groups.clustering
    return [
        {
            "id": group,
            "members": analysis.base_clusters.ids[clustering.labels == i].tolist(),
            "center": clustering.centres[i].tolist(),
        }
        for i, group in enumerate(clustering.ids.tolist())
    ]


def _group_votes(analysis: PolisAnalysis, tids: list[str]) -> dict[str, Any]:
    clustering, votes = analysis.groups.clustering, analysis.group_votes
    sizes = np.bincount(clustering.labels, weights=analysis.base_clusters.sizes).astype(np.int64)
    return {
        str(group): {"id": group, "n-members": int(sizes[i]), "votes": _votes(votes, i, tids)}
        for i, group in enumerate(clustering.ids.tolist())
    }


def _votes(votes: VoteCounts, group: int, tids: list[str]) -> dict[str, dict[str, int]]:
    counts = zip(
        tids,
        votes.agree[group].tolist(),
        votes.disagree[group].tolist(),
        votes.seen[group].tolist(),
        strict=True,
    )
    return {tid: {"A": agree, "D": disagree, "S": seen} for tid, agree, disagree, seen in counts}


def _representative(chosen: RepresentativeStatement) -> dict[str, Any]:
    described: dict[str, Any] = {
        "tid": chosen.statement,
        "n-success": chosen.successes,
        "n-trials": chosen.trials,
        "p-success": chosen.share,
        "p-test": chosen.test,
        "repness": chosen.ratio,
        "repness-test": chosen.difference,
        "repful-for": chosen.direction,
    }
    if chosen.agreements is not None:
        described |= {"n-agree": chosen.agreements, "best-agree": True}
    return described


def _majority(statement: MajorityStatement) -> dict[str, Any]:
    return {
        "tid": statement.statement,
        "n-success": statement.successes,
        "n-trials": statement.trials,
        "p-success": statement.share,
        "p-test": statement.test,
    }
