"""Every number that Polis published for recorded conversations."""

import json
import time
from pathlib import Path

import pytest

from deliberation.polis import analyse_polis, read_base_clusters, read_conversation
from deliberation.polis.conformance import differences

RECORDED = ("small-35x44", "meta-27x57", "medium-160x118")

# What follows from base clusters, which Polis carries over from update to update.
NEED_BASE_CLUSTERS = {
    *("base clusters", "base-cluster centres", "votes-base", "k", "groups", "group centres", "group-votes"),
    *("group-aware-consensus", "repness statements", "repness values", "repness test"),
}


@pytest.fixture(params=RECORDED)
def recorded(request: pytest.FixtureRequest, shared_data: Path) -> Path:
    folder: Path = shared_data / "conformance" / request.param
    if not folder.is_dir():
        pytest.skip(f"no recorded conversation: {folder} is absent")
    return folder


def test_every_number_is_met_from_published_base_clusters(recorded: Path) -> None:
    published = json.loads((recorded / "expected.json").read_text())
    given = read_base_clusters(recorded / "expected.json")
    ours = analyse_polis(read_conversation(recorded), base_clusters=given).to_math_json()
    assert [d for d in differences(ours, published) if not d.is_met] == []
    # Axes, too, point the same way, and groups have the same numbers.
    assert ours["pca"]["comps"][0] == pytest.approx(published["pca"]["comps"][0], abs=1e-9)
    assert ours["pca"]["comps"][1] == pytest.approx(published["pca"]["comps"][1], abs=1e-9)
    assert [(g["id"], g["members"]) for g in ours["group-clusters"]] == [
        (g["id"], g["members"]) for g in published["group-clusters"]
    ]


def test_who_is_in_and_the_map_need_nothing_but_votes(recorded: Path) -> None:
    published = json.loads((recorded / "expected.json").read_text())
    ours = analyse_polis(read_conversation(recorded)).to_math_json()
    missed = {d.quantity for d in differences(ours, published) if not d.is_met}
    assert missed <= NEED_BASE_CLUSTERS
    if recorded.name == "small-35x44":
        assert missed == set()


def test_vtaiwan_takes_seconds(shared_data: Path) -> None:
    conversation = read_conversation(shared_data / "polis" / "vtaiwan.uberx")
    started = time.perf_counter()
    analysis = analyse_polis(conversation)
    assert time.perf_counter() - started < 5
    assert len(analysis.groups.clustering.ids) == 2
