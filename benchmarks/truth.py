"""Are planted groups found? Adjusted Rand index, divided by that of someone who knows the true model.

    python benchmarks/truth.py [--runs 5] [--red-dwarf-up-to 2000]

Ours finds the number of groups itself; the others are told it, or find it (columns with "own").
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from others import polis_like, red_dwarf
from planted import TRUTH, Planted, Setting, plant, plant_continuum

from deliberation.analysis import Settings, analyse

NONE = {
    "noise, 300 x 60": lambda seed: plant(Setting(300, 60, 1, 20), seed),
    "noise, 1,000 x 100": lambda seed: plant(Setting(1000, 100, 1, 30), seed),
    "one line, 300 x 60": lambda seed: plant_continuum(Setting(300, 60, 1, 20, separation=2.5), seed),
    "one line, 1,000 x 100": lambda seed: plant_continuum(Setting(1000, 100, 1, 40, separation=2.5), seed),
    "one even line, 1,000 x 100": lambda seed: plant_continuum(
        Setting(1000, 100, 1, 40, separation=2.5), seed, uniform=True
    ),
    "two lines, 500 x 100": lambda seed: plant_continuum(
        Setting(500, 100, 1, 40, separation=2.5), seed, dimensions=2
    ),
}


def ours(planted: Planted) -> np.ndarray:
    places = analyse(planted.votes, Settings(resamples=0)).places
    return places.memberships.argmax(axis=1) if places.memberships.shape[1] else np.zeros(len(planted.groups))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--red-dwarf-up-to", type=int, default=2000, metavar="PEOPLE")
    options = parser.parse_args()
    columns = ("ours", "Polis-like", "Polis-like, own", "red-dwarf", "red-dwarf, own")
    print(
        f"{'setting':26}{'optimal':>8}" + "".join(f"{c:>17}" for c in columns) + "   right number   seconds"
    )
    totals = []
    for name, setting in TRUTH.items():
        rows, right, optimal, seconds = [], 0, [], 0.0
        for seed in range(1000, 1000 + options.runs):
            planted = plant(setting, seed)
            best = planted.index_of(planted.bayes_optimal())
            began = time.perf_counter()
            labels = ours(planted)
            seconds += time.perf_counter() - began
            found = [labels, polis_like(planted.votes, number=setting.groups), polis_like(planted.votes)]
            if setting.people <= options.red_dwarf_up_to:
                found += [red_dwarf(planted.votes, number=setting.groups), red_dwarf(planted.votes)]
            scores = [planted.index_of(each) / best for each in found]
            rows.append(scores + [np.nan] * (len(columns) - len(scores)))
            right += len(np.unique(labels)) == setting.groups
            optimal.append(best)
        means = np.mean(rows, axis=0)
        totals.append(means)
        print(
            f"{name:26}{np.mean(optimal):8.2f}"
            + "".join(f"{mean:17.3f}" for mean in means)
            + f"{right:9} of {options.runs:<4}{seconds / options.runs:8.2f}",
            flush=True,
        )
    print(f"{'mean':34}" + "".join(f"{mean:17.3f}" for mean in np.nanmean(totals, axis=0)))
    print("\nno groups planted             groups reported")
    for name, draw in NONE.items():
        reported = sum(len(np.unique(ours(draw(seed)))) > 1 for seed in range(2 * options.runs))
        print(f"{name:26}{reported:13} of {2 * options.runs}", flush=True)


if __name__ == "__main__":
    main()
