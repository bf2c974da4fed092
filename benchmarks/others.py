"""The groups that other methods find in the same votes."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # red-dwarf's dependencies warn when they are imported
    from reddwarf.implementations.polis import run_pipeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

MOST_GROUPS = 5
FEWEST_VOTES = 7


def red_dwarf(votes: VoteMatrix, *, number: int | None = None) -> NDArray[np.int64]:
    """Shape (n,): red-dwarf's group of each participant, or -1 for people it leaves out."""
    records = [
        {"participant_id": int(who), "statement_id": int(what), "vote": int(said)}
        for who, what, said in zip(
            votes.participant_ids[votes.rows], votes.statement_ids[votes.columns], votes.choices, strict=True
        )
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = run_pipeline(
            votes=records, max_group_count=MOST_GROUPS, force_group_count=number, random_state=0
        )
    found = result.participants_df["cluster_id"].astype("float").fillna(-1).astype(int)
    return found.reindex(votes.participant_ids, fill_value=-1).to_numpy()


def polis_like(votes: VoteMatrix, *, number: int | None = None) -> NDArray[np.int64]:
    """Shape (n,): mean imputation, two principal components scaled by votes, k-means, silhouette.

    Kinder than Polis: k-means has many starts, and everybody takes part.
    """
    shape = len(votes.participant_ids), len(votes.statement_ids)
    counts = np.maximum(np.bincount(votes.columns, minlength=shape[1]), 1)
    means = np.bincount(votes.columns, weights=votes.choices, minlength=shape[1]) / counts
    residuals = sparse.csr_matrix((votes.choices - means[votes.columns], (votes.rows, votes.columns)), shape)
    _left, _values, axes = sparse.linalg.svds(residuals, k=2, v0=np.ones(min(shape)))
    cast = np.maximum(np.bincount(votes.rows, minlength=shape[0]), 1)
    places = (residuals @ axes.T) * np.sqrt(shape[1] / cast)[:, None]
    numbers = [number] if number else range(2, MOST_GROUPS + 1)
    labels = [KMeans(k, n_init=10, random_state=0).fit_predict(places) for k in numbers]
    if len(labels) == 1:
        return labels[0]
    return max(labels, key=lambda found: silhouette_score(places, found, sample_size=2000, random_state=0))
