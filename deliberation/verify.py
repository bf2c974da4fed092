"""`python -m deliberation.verify PACKAGE`: does the published result follow from the published data?

This file is meant to be read from top to bottom by somebody who audits a consultation. It needs no database, no web
server and nothing of the platform but the method itself, in this folder.

Three questions are asked in order:

1. Is the package as it was made? Every file must have the hash that the package lists (`package_file`).
2. If the single votes are in it: does every published figure come out again when the votes are counted and analysed
   anew with the same settings and seed (`recount`)?
3. Do the published figures follow from each other: shares and intervals from counts, common ground from the groups'
   figures, sums from their parts (`tallies`)? Where there are no votes, this is all that can be asked.

Counts and words must be equal exactly, other numbers within `TOLERANCE` (`figures`). Exit codes: 0 where everything
that can be checked is equal, 1 where a figure differs, 2 where the file is no package or was altered.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.analysis import METHOD, code_version
from deliberation.figures import TOLERANCE, Comparison
from deliberation.package_file import PackageError, read_package, sha256_of
from deliberation.polis import read_conversation
from deliberation.recount import recounted_analysis, recounted_participation, settings_of
from deliberation.tallies import checks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deliberation.polis import Conversation

EQUAL, DIFFERENT, REFUSED = 0, 1, 2
REPORT = "report.json"
VOTES = "polis/votes.csv"
POLIS_FILES = ("comments.csv", "votes.csv")
MOST_DIFFERENCES_NAMED = 20

# What is published beside the votes and is not in them, so that nobody can be found by it.
NOT_IN_THE_VOTES = (
    "who saw a statement and put it off, days and languages: votes are published without times and languages",
    "what people said about themselves: it is never published beside votes",
    "to how many people a statement matters",
    "signs of accounts that are not a person each: some need the times of votes",
    "what moderators decided: the public log of the consultation has it",
)
ONLY_IN_THE_VOTES = (
    "the groups, their sizes, shares and stability, the few statements that speak for everyone, other ways of "
    "looking: for these the single votes are needed, which are not in this package"
)


@dataclass(frozen=True)
class Verdict:
    """What came of checking a package."""

    sha256: str
    files: int
    votes: int | None
    comparison: Comparison
    #: What could not be checked, and why.
    unchecked: tuple[str, ...]
    #: The package was made with other code than this.
    other_code: str | None

    @property
    def exit_code(self) -> int:
        return DIFFERENT if self.comparison.differences else EQUAL


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one package and say what came of it."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if len(given) != 1 or given[0].startswith("-"):
        _say("Usage: python -m deliberation.verify PACKAGE.zip")
        return REFUSED
    return check_and_say(Path(given[0]))


def check_and_say(path: Path) -> int:
    """Check a package, print what came of it, and return the exit code."""
    try:
        verdict = verify(path)
    except PackageError as error:
        _say(f"Refused. {error}")
        return REFUSED
    for line in in_words(verdict):
        _say(line)
    return verdict.exit_code


def verify(path: Path) -> Verdict:
    """Check a package: its files, its votes against its figures, and its figures against each other.

    Raises:
        PackageError: it is no package, or it was altered.

    """
    files = read_package(path)
    report = _report_in(files)
    try:
        settings_of(report)
        conversation = _votes_in(files) if VOTES in files else None
        comparison = Comparison()
        if conversation:
            _compare_with_votes(comparison, report, conversation)
        # A count that was dressed up can make a share of more than all: no number, and so a difference.
        with np.errstate(all="ignore"):
            for place, published, follows in checks_of(report):
                comparison.compare(published, follows, place)
        _compare_findings(comparison, report)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise PackageError(f"{REPORT} is not in the form that a report has: {error!r}.") from error
    made_with = report["analysis"]["provenance"]["code_version"]
    return Verdict(
        sha256=sha256_of(path),
        files=len(files),
        votes=len(conversation.choices) if conversation else None,
        comparison=comparison,
        unchecked=NOT_IN_THE_VOTES if conversation else (ONLY_IN_THE_VOTES, *NOT_IN_THE_VOTES[1:]),
        other_code=None if made_with == code_version() else made_with,
    )


def _compare_with_votes(comparison: Comparison, report: dict[str, Any], conversation: Conversation) -> None:
    """Question 2: count and analyse the votes again, and compare every figure that was published of them."""
    recounted = recounted_analysis(report, conversation)
    published = {key: value for key, value in report["analysis"].items() if key in recounted}
    comparison.compare(published, recounted, "analysis")
    comparison.compare(report["analysis"]["provenance"]["method"], METHOD, "analysis.provenance.method")
    participation = recounted_participation(report, conversation)
    told = {key: report["participation"].get(key) for key in participation}
    comparison.compare(told, participation, "participation")


def _compare_findings(comparison: Comparison, report: dict[str, Any]) -> None:
    """Each finding rests on a figure of its statement: is it that figure?"""
    analysis = report["analysis"]
    results = {statement["id"]: statement for statement in analysis["statements"]}
    for index, finding in enumerate(report["findings"]):
        place = f"findings[{index}].measure"
        comparison.compare(finding["measure"], _measure(finding, results, analysis["groups"]), place)


def _measure(finding: dict[str, Any], results: dict[int, dict[str, Any]], groups: list[Any]) -> object:
    result, kind = results[finding["statement_id"]], finding["kind"]
    if kind == "minority":
        voices = groups[finding["group"]]["voices"]
        return next(
            (voice["share_in_group"] for voice in voices if voice["statement_id"] == finding["statement_id"]),
            None,
        )
    if kind == "divides" and not groups:
        return min(result["agree"]["low"], result["disagree"]["low"])
    names = {
        "shared agreement": "common_ground_agree",
        "shared disagreement": "common_ground_disagree",
        "divides": "divisiveness",
        "uncertain": "uncertainty",
    }
    return result[names[kind]]


def _report_in(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        report = json.loads(files[REPORT])
    except KeyError as error:
        raise PackageError(f"There is no {REPORT} in it: it is no data package of a report.") from error
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{REPORT} is no JSON: {error}.") from error
    if not isinstance(report, dict) or not isinstance(report.get("analysis"), dict):
        raise PackageError(f"{REPORT} holds no analysis, so there is nothing to check.")
    return report


def _votes_in(files: Mapping[str, bytes]) -> Conversation:
    """Statements and votes, read as every Polis export is."""
    with tempfile.TemporaryDirectory() as folder:
        for name in POLIS_FILES:
            (Path(folder) / name).write_bytes(files[f"polis/{name}"])
        return read_conversation(Path(folder))


def in_words(verdict: Verdict) -> Iterator[str]:
    """The verdict as a person reads it, line by line."""
    comparison = verdict.comparison
    yield f"SHA-256 {verdict.sha256}"
    yield "  Compare it with the one on the page: a package that was made anew from other data has another."
    yield f"{verdict.files} files are as the package lists them."
    if verdict.votes is None:
        yield "No single votes are in it: checked is what follows from the published counts."
    else:
        yield f"{verdict.votes} votes were counted and analysed again."
    if verdict.other_code:
        yield f"It was made with version {verdict.other_code} of the method's code; this is {code_version()}."
    for difference in comparison.differences[:MOST_DIFFERENCES_NAMED]:
        yield (
            f"DIFFERENT {difference.place}: published {difference.published}, "
            f"recomputed {difference.recomputed}"
        )
    if (more := len(comparison.differences) - MOST_DIFFERENCES_NAMED) > 0:
        yield f"... and {more} more."
    if comparison.differences:
        yield f"{len(comparison.differences)} figures differ; {comparison.equal} are equal."
    else:
        yield f"EQUAL: {comparison.equal} figures, counts exactly, other numbers within {TOLERANCE}."
    if comparison.withheld:
        yield f"{comparison.withheld} figures are withheld to protect people, and were not compared."
    yield "Not checked:"
    yield from (f"  - {what}" for what in verdict.unchecked)


def _say(line: str) -> None:
    print(line)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
