"""How long, how much memory, and does it grow in a straight line? Each size in a process of its own.

"ours" is the whole analysis. red-dwarf draws a map, finds groups and tallies votes by group; "the same" is
ours doing that and no more: no slate, no signals, no statements that set groups apart, no fingerprint. (It
still weighs the evidence for each number of groups, as red-dwarf compares silhouettes, and gives intervals.)

Below the table stand the slopes from size to size, of the logarithms of seconds, of seconds of processor and
of memory on the logarithm of votes: 1 is a straight line, less is better than that.

python benchmarks/speed.py [--largest 3] [--red-dwarf] [--resamples 0] [--best-of 3]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
from others import red_dwarf

from deliberation.analysis import Settings, analyse, place_people, tally
from deliberation.routing import next_statement
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange

SIZES = (
    (10_000, 300, 400_000),
    (30_000, 500, 1_900_000),
    (100_000, 1_000, 6_300_000),
    (1_000_000, 1_000, 50_000_000),
)
PEOPLE_AT_A_TIME = 20_000
GROUPS = 4
WHOLE, SAME, RED_DWARF = "ours", "the same", "red-dwarf"
# Votes, seconds, seconds of processor and memory, counted from the end of a line.
COLUMNS = (-7, -5, -4, -2)
SECONDS = -5


def draw(people: int, statements: int, votes: int) -> VoteMatrix:
    """Four groups; votes in canonical order without ever being a dense table."""
    rng = np.random.default_rng(0)
    leans = rng.normal(scale=1.2, size=(GROUPS, statements)).astype(np.float32)
    rows, columns, choices = [], [], []
    for first in range(0, people, PEOPLE_AT_A_TIME):
        size = min(PEOPLE_AT_A_TIME, people - first)
        amounts = rng.lognormal(0.0, 0.7, size)
        amounts *= votes / people / np.exp(0.7**2 / 2)
        cast = rng.random((size, statements), dtype=np.float32) < (amounts / statements)[:, None]
        cast[np.arange(size), rng.integers(statements, size=size)] = True
        who, what = np.nonzero(cast)
        lean = leans[rng.integers(GROUPS, size=size)[who], what]
        agree = rng.random(len(who), dtype=np.float32) < 1 / (1 + np.exp(-lean))
        said = np.where(rng.random(len(who), dtype=np.float32) < 0.2, 0, np.where(agree, 1, -1))  # noqa: PLR2004
        rows.append((who + first).astype(np.int32))
        columns.append(what.astype(np.int32))
        choices.append(said.astype(np.int8))
    return VoteMatrix(
        np.arange(people),
        np.arange(statements),
        np.concatenate(rows),
        np.concatenate(columns),
        np.concatenate(choices),
    )


def do(votes: VoteMatrix, method: str, resamples: int) -> int:
    """How many groups the method finds."""
    if method == RED_DWARF:
        return len(np.unique(red_dwarf(votes)))
    settings = Settings(resamples=resamples)
    if method == WHOLE:
        return analyse(votes, settings).number_of_groups
    arrangement = arrange(votes)
    _places, groups = place_people(votes, arrangement, settings)
    tally(votes, arrangement, groups, settings)
    return groups.number


def measure(size: int, method: str, resamples: int, best_of: int) -> None:
    """Print a line of the table: the best of so many runs, each of votes that nothing is known about yet."""
    votes = draw(*SIZES[size])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    runs = []
    for _ in range(best_of):
        fresh = replace(votes)
        began, worked = time.perf_counter(), time.process_time()
        found = do(fresh, method, resamples)
        runs.append((time.perf_counter() - began, time.process_time() - worked))
    seconds, processor = np.min(runs, axis=0)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{method:10}{len(votes.participant_ids):12,}{len(votes.statement_ids):7,}{votes.number_of_votes:14,}"
        f"{found:8}{seconds:10.3f}{processor:11.3f}{seconds / votes.number_of_votes * 1e6:14.3f}"
        f"{after / 2**20:10.2f}{max(after - before, 0) / votes.number_of_votes * 1024:16.0f}",
        flush=True,
    )


def figure(line: str, column: int) -> float:
    """One of the figures of a line of the table, counted from its end."""
    return float(line.replace(",", "").split()[column])


def print_slopes(lines: list[str]) -> None:
    """From each of these lines of the table to the next, and from the first to the last."""
    votes, seconds, processor, peak = np.log([[figure(line, column) for line in lines] for column in COLUMNS])
    for first, last in [*pairwise(range(len(lines))), (0, len(lines) - 1)]:
        slopes = [
            (column[last] - column[first]) / (votes[last] - votes[first])
            for column in (seconds, processor, peak)
        ]
        print(
            f"slope from {np.exp(votes[first]):,.0f} to {np.exp(votes[last]):,.0f} votes:"
            f" seconds {slopes[0]:.2f}, processor {slopes[1]:.2f}, peak memory {slopes[2]:.2f}"
        )


def print_ratios(lines: dict[tuple[int, str], str]) -> None:
    """How many times as long red-dwarf takes, where it was measured."""
    for (size, method), line in lines.items():
        if method == RED_DWARF:
            others = {ours: figure(lines[size, ours], SECONDS) for ours in (SAME, WHOLE)}
            times = figure(line, SECONDS)
            print(
                f"at {SIZES[size][0]:,} x {SIZES[size][1]:,} red-dwarf takes {times / others[SAME]:.0f} times as"
                f" long as ours for the same stages, {times / others[WHOLE]:.0f} times as long as the whole"
            )


def measure_routing() -> None:
    ids, weights, mask = np.arange(1000), np.random.default_rng(0).random(1000) + 0.2, np.ones(1000, bool)
    began = time.perf_counter()
    for seed in range(2000):
        next_statement(ids, weights, mask, seed=seed)
    print(f"\nnext statement of 1,000: {(time.perf_counter() - began) / 2000 * 1e3:.3f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=2, help="0 to 3; 3 is a million people")
    parser.add_argument("--red-dwarf", action="store_true", help="at 30,000 x 500 too: half a minute")
    parser.add_argument("--resamples", type=int, default=0)
    parser.add_argument("--best-of", type=int, default=3, help="runs of ours; red-dwarf runs once")
    parser.add_argument("--one", nargs=2, metavar=("SIZE", "METHOD"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(int(options.one[0]), options.one[1], options.resamples, options.best_of)
        return
    print(
        "method          people     statements     votes   groups   seconds  processor   per 1M votes"
        "   peak GB   bytes per vote"
    )
    runs = [(size, method) for size in range(options.largest + 1) for method in (SAME, WHOLE)]
    runs += [(size, RED_DWARF) for size in (0, 1) if size <= options.largest and options.red_dwarf]
    lines = {}
    for size, method in runs:
        command = [
            sys.executable,
            __file__,
            "--one",
            str(size),
            method,
            "--resamples",
            str(options.resamples),
            "--best-of",
            str(1 if method == RED_DWARF else options.best_of),
        ]
        lines[size, method] = subprocess.run(  # noqa: S603  this file
            command, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        print(lines[size, method], end="", flush=True)
    print_slopes([lines[size, method] for size, method in runs if method == WHOLE])
    print_ratios(lines)
    measure_routing()


if __name__ == "__main__":
    main()
