"""Recorded Polis conversations, where ../shared/data/polis holds them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from deliberation.vote_matrix import VoteMatrix

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "polis"


def conversations() -> list[str]:
    return sorted(folder.name for folder in FOLDER.iterdir()) if FOLDER.exists() else []


def votes_of(name: str) -> VoteMatrix:
    with (FOLDER / name / "comments.csv").open(encoding="utf-8") as lines:
        left_out = {int(row["comment-id"]) for row in csv.DictReader(lines) if int(row["moderated"]) < 0}
    with (FOLDER / name / "votes.csv").open(encoding="utf-8") as lines:
        cast = sorted(csv.DictReader(lines), key=lambda row: int(row["timestamp"]))
    kept = [row for row in cast if int(row["comment-id"]) not in left_out]
    return VoteMatrix.from_votes(
        [int(row["voter-id"]) for row in kept],
        [int(row["comment-id"]) for row in kept],
        [int(float(row["vote"])) for row in kept],
    )


def polis_groups(name: str, participants: np.ndarray) -> np.ndarray:
    """Polis' published group of each participant, -1 for people it left out."""
    with (FOLDER / name / "participants-votes.csv").open(encoding="utf-8") as lines:
        groups = {int(row["participant"]): row["group-id"] for row in csv.DictReader(lines)}
    return np.array([int(float(groups.get(int(who)) or -1)) for who in participants])
