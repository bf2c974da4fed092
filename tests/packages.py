"""Small data packages made by hand, for tests of what becomes of them when somebody meddles."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.analysis import analyse
from deliberation.analysis_json import to_json
from deliberation.package_file import write_package
from deliberation.polis import Comment, Conversation, export_texts
from deliberation.small_cells import withheld

if TYPE_CHECKING:
    from pathlib import Path

    from deliberation.settings import Settings
    from deliberation.vote_matrix import VoteMatrix

A_DAY = 1_750_000_000_000
DERIVED = ("common_ground", "common_ground_agree", "common_ground_disagree", "divisiveness")


def conversation_of(votes: VoteMatrix, *, seed: int = 0) -> Conversation:
    """The votes as a package has them: people under other numbers, statements numbered from 1, one time for all."""
    people = np.random.default_rng(seed).permutation(len(votes.participant_ids))
    order = np.lexsort((votes.columns, people[votes.rows]))
    return Conversation(
        summary={"topic": "Trams"},
        comments=tuple(
            Comment(id=index + 1, timestamp=A_DAY, moderated=1, is_seed=index < 3, text=f"Statement {index}.")
            for index in range(len(votes.statement_ids))
        ),
        timestamps=np.full(votes.number_of_votes, A_DAY),
        statements=votes.columns[order].astype(np.int64) + 1,
        voters=people[votes.rows][order].astype(np.int64),
        choices=votes.choices[order],
    )


def report_of(votes: VoteMatrix, settings: Settings) -> dict[str, Any]:
    """Those facts of a report that can be checked, with small cells withheld."""
    analysis = json.loads(json.dumps(to_json(analyse(votes, settings), participants=False)))
    for statement in analysis["statements"]:
        hidden = withheld([cell["votes"] for cell in statement["groups"]])
        if hidden.any():
            cells = zip(statement["groups"], hidden, strict=True)
            statement.update(dict.fromkeys(DERIVED))
            statement["groups"] = [None if hide else cell for cell, hide in cells]
    told = {statement["id"] for statement in analysis["statements"] if None not in statement["groups"]}
    for group in analysis["groups"]:
        group["voices"] = [voice for voice in group["voices"] if voice["statement_id"] in told]
    cast = np.sort(np.bincount(votes.rows))
    on_each = votes.counts.sum(axis=1).tolist()
    people, statements = len(votes.participant_ids), len(votes.statement_ids)
    return {
        "consultation": {"slug": "trams"},
        "analysis": analysis | {"integrity": []},
        "statements": [
            {"id": id_, "number": index + 1, "is_seed": index < 3}
            for index, id_ in enumerate(votes.statement_ids.tolist())
        ],
        "participation": {
            "voters": people,
            "votes": votes.number_of_votes,
            "in_analysis": people,
            "votes_in_analysis": votes.number_of_votes,
            "votes_per_voter": {
                name: int(cast[-(-people * part // 4) - 1])
                for part, name in enumerate(("lower_quartile", "median", "upper_quartile"), start=1)
            },
            "votes_per_statement": {"min": min(on_each), "median": median(on_each)},
            "statements": statements,
            "seed_statements": 3,
            "submitted": statements - 3,
            "published": statements - 3,
            "pass_rate": float((votes.choices == 0).mean()),
            "coverage": 0.5,
        },
        "findings": [
            {
                "kind": "uncertain",
                "statement_id": analysis["statements"][0]["id"],
                "measure": analysis["statements"][0]["uncertainty"],
                "group": None,
            }
        ],
    }


def files_of(report: dict[str, Any], conversation: Conversation | None) -> dict[str, list[str | bytes]]:
    """The files of a package: with votes, or without."""
    files: dict[str, list[str | bytes]] = {"report.json": [json.dumps(report)], "README.en.md": ["# Trams\n"]}
    if conversation:
        files |= {f"polis/{name}": list(pieces) for name, pieces in export_texts(conversation).items()}
    return files


def make_package(path: Path, report: dict[str, Any], conversation: Conversation | None) -> Path:
    write_package(path, files_of(report, conversation))
    return path
