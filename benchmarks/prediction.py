"""Do groups predict votes? One vote in ten is hidden; mean log-loss of the hidden votes.

    python benchmarks/prediction.py [--seeds 3] [--resamples 0]

A person's votes are predicted by their memberships times the groups' shares. Every method's shares are
smoothed in the same three ways, and the best for each method is shown. Polis' published groups have the
advantage of having seen the hidden votes.
"""

from __future__ import annotations

import argparse

import numpy as np
from others import polis_like, red_dwarf
from recorded import conversations, polis_groups, votes_of

from deliberation.analysis import Settings, analyse
from deliberation.vote_matrix import VoteMatrix

HIDDEN = 0.1
SMOOTHINGS = (("even", 1.0), ("even", 3.0), ("overall", 3.0))


def losses(
    shown: VoteMatrix, memberships: np.ndarray, rows: np.ndarray, columns: np.ndarray, choices: np.ndarray
) -> np.ndarray:
    """Log-loss of the hidden votes with each smoothing."""
    m, g = len(shown.statement_ids), memberships.shape[1]
    cells = shown.columns.astype(int) * 3 + shown.choices + 1
    votes = [np.bincount(cells, weights=w, minlength=3 * m) for w in memberships[shown.rows].T]
    counts = np.array(votes).reshape(g, m, 3)
    overall = (counts.sum(axis=0) + 0.5) / (counts.sum(axis=(0, 2))[:, None] + 1.5)
    found = []
    for kind, strength in SMOOTHINGS:
        pseudo = counts + strength * (overall if kind == "overall" else 1 / 3)
        shares = pseudo / pseudo.sum(axis=2, keepdims=True)
        chances = np.einsum("vg,gv->v", memberships[rows], shares[:, columns, choices + 1])
        found.append(-np.log(chances).mean())
    return np.array(found)


def hard(labels: np.ndarray) -> np.ndarray:
    return np.eye(labels.max() + 2)[labels]


def soft(votes: VoteMatrix, resamples: int) -> np.ndarray:
    memberships = analyse(votes, Settings(resamples=resamples)).places.memberships
    return memberships if memberships.shape[1] else np.ones((len(memberships), 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--resamples", type=int, default=0)
    options = parser.parse_args()
    columns = ("none", "Polis", "Polis-like", "red-dwarf", "ours")
    print(f"{'conversation':30}" + "".join(f"{c:>12}" for c in columns) + "   our groups")
    for name in conversations():
        votes, rows, numbers = votes_of(name), [], []
        published = polis_groups(name, votes.participant_ids)
        for seed in range(options.seeds):
            hide = np.random.default_rng(seed).random(votes.number_of_votes) < HIDDEN
            shown = VoteMatrix(
                votes.participant_ids,
                votes.statement_ids,
                votes.rows[~hide],
                votes.columns[~hide],
                votes.choices[~hide],
            )
            found = soft(shown, options.resamples)
            numbers.append(found.shape[1] if found.shape[1] > 1 else 0)
            methods = (
                np.ones((len(published), 1)),
                hard(published),
                hard(polis_like(shown)),
                hard(red_dwarf(shown)),
                found,
            )
            hidden = votes.rows[hide], votes.columns[hide], votes.choices[hide].astype(int)
            rows.append([losses(shown, memberships, *hidden) for memberships in methods])
        best = np.mean(rows, axis=0).min(axis=1)
        print(f"{name:30}" + "".join(f"{loss:12.3f}" for loss in best) + f"   {numbers}", flush=True)


if __name__ == "__main__":
    main()
