"""Do intervals hold, and are memberships as likely as they say?

python benchmarks/calibration.py [--runs 5]
"""

from __future__ import annotations

import argparse
import itertools
from typing import TYPE_CHECKING

import numpy as np
from planted import TRUTH, Planted, plant
from scipy.optimize import linear_sum_assignment

from deliberation.analysis import Settings, analyse

if TYPE_CHECKING:
    from deliberation.results import Analysis

FEWEST_VOTES = 10
BINS = np.array([0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0])


def planted_groups(analysis: Analysis, planted: Planted) -> np.ndarray:
    """The planted group that each of ours stands for."""
    number = analysis.number_of_groups
    shared = np.zeros((number, number))
    np.add.at(shared, (analysis.places.memberships.argmax(axis=1), planted.groups), 1)
    return np.asarray(linear_sum_assignment(-shared)[1])


def held(analysis: Analysis, truth: np.ndarray) -> list[bool]:
    """For each share of each group on each statement, whether its interval holds the true one."""
    return [
        share.low <= truth[group, index, cell] <= share.high
        for index, statement in enumerate(analysis.statements)
        for group, tally in enumerate(statement.groups)
        for share, cell in ((tally.disagree, 0), (tally.passed, 1), (tally.agree, 2))
        if share.total >= FEWEST_VOTES
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    likely, true = [], []
    print(f"{'setting':26}{'groups shares held by 95% intervals':>38}")
    for name, setting in TRUTH.items():
        runs: list[bool] = []
        for seed in range(2000, 2000 + (options.runs if setting.people <= 2000 else 1)):  # noqa: PLR2004  time
            planted = plant(setting, seed)
            analysis = analyse(planted.votes, Settings(resamples=0))
            if analysis.number_of_groups != setting.groups:
                continue
            order = planted_groups(analysis, planted)
            runs += held(analysis, planted.probabilities[order])
            likely.append(analysis.places.memberships.ravel())
            true.append((planted.groups[:, None] == order).ravel())
        print(f"{name:26}{np.mean(runs) if runs else np.nan:38.3f}", flush=True)
    said, was = np.concatenate(likely), np.concatenate(true)
    print("\nmembership said   members in truth   people x groups")
    for low, high in itertools.pairwise(BINS):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        if inside.any():
            print(f"{said[inside].mean():15.3f}{was[inside].mean():19.3f}{inside.sum():18,}")


if __name__ == "__main__":
    main()
