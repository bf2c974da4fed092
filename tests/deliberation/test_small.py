"""Consultations so small or so strange that a careless method would fail on them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from deliberation.analysis import Settings, analyse
from deliberation.analysis_json import from_json, to_json
from deliberation.vote_matrix import VoteMatrix

AGREE, PASS, DISAGREE = 1, 0, -1

STORIES: dict[str, tuple[Any, ...]] = {
    "nobody": ([], [], []),
    "nobody, two statements": ([], [], [], [1, 2]),
    "one person": ([7], [1], [AGREE]),
    "two people who differ": ([1, 2], [1, 1], [AGREE, DISAGREE]),
    "one statement": (range(60), [1] * 60, [AGREE, DISAGREE] * 30),
    "all agree": (np.repeat(np.arange(60), 5), np.tile(np.arange(5), 60), [AGREE] * 300),
    "all pass": (np.repeat(np.arange(60), 5), np.tile(np.arange(5), 60), [PASS] * 300),
    "all alike": (np.repeat(np.arange(60), 3), np.tile(np.arange(3), 60), [AGREE, PASS, DISAGREE] * 60),
    "votes cast twice": (np.tile(np.arange(60), 2), [1] * 120, [DISAGREE] * 60 + [AGREE] * 60),
    "one statement that many pass": (range(100), [1] * 100, [DISAGREE] * 60 + [PASS] * 40),
    "nobody, one statement": ([], [], [], [1]),
    "two people who agree": ([1, 2], [1, 1], [AGREE, AGREE]),
    "a statement nobody saw": (np.repeat(np.arange(60), 2), [1, 2] * 60, [AGREE, DISAGREE] * 60, [1, 2, 3]),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("story", STORIES)
def test_an_answer_without_groups(story: str) -> None:
    people, statements, choices, *ids = STORIES[story]
    votes = VoteMatrix.from_votes(people, statements, choices, statement_ids=ids[0] if ids else None)

    analysis = analyse(votes, Settings(resamples=3))

    assert analysis.number_of_groups == 0
    assert len(analysis.statements) == len(votes.statement_ids)
    assert len(analysis.places.participant_ids) == len(votes.participant_ids)
    assert np.isfinite(analysis.places.positions).all()
    assert np.isfinite(analysis.places.errors).all()
    written = json.dumps(to_json(analysis), allow_nan=False)
    assert json.dumps(to_json(from_json(json.loads(written)))) == written


def test_of_a_statement_nobody_saw_no_share_is_written() -> None:
    written = to_json(analyse(VoteMatrix.from_votes([1], [1], [AGREE], statement_ids=[1, 2])))
    seen, unseen = written["statements"]

    assert seen["agree"]["share"] == 1.0
    assert seen["pass"]["share"] == seen["uncertainty"] == 0.0
    assert unseen["agree"] == {"count": 0, "total": 0, "share": None, "low": 0.0, "high": 1.0}
    assert unseen["uncertainty"] is None
    assert (unseen["common_ground"], unseen["enough_votes"]) == (0.0, False)


@pytest.mark.filterwarnings("error")
def test_sixty_who_say_the_same_share_it() -> None:
    people, statements, choices = STORIES["all agree"]
    analysis = analyse(VoteMatrix.from_votes(people, statements, choices), Settings(resamples=3))

    assert all(statement.common_ground_agree > 0.9 for statement in analysis.statements)
    assert not analysis.too_few_for_groups
