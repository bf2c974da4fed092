"""Print how far `deliberation.polis` is from what Polis published, for each recorded conversation.

Run it as `python -m benchmarks.polis_conformance [FOLDER]`. FOLDER holds folders with votes.csv,
comments.csv and expected.json; by default conformance/ in BARAZA_SHARED_DATA, or in ../shared/data.
"""

import json
import os
import sys
from pathlib import Path

from deliberation.polis import analyse_polis, read_base_clusters, read_conversation
from deliberation.polis.conformance import differences


def conformance_folder() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("BARAZA_SHARED_DATA", beside)) / "conformance"


def print_table(folder: Path) -> bool:
    """Two analyses of each conversation; whether that from published base clusters meets everything."""
    published = json.loads((folder / "expected.json").read_text())
    conversation = read_conversation(folder)
    given = read_base_clusters(folder / "expected.json")
    alone = differences(analyse_polis(conversation).to_math_json(), published)
    helped = differences(analyse_polis(conversation, base_clusters=given).to_math_json(), published)
    for from_votes, from_base in zip(alone, helped, strict=True):
        met = "" if from_base.is_met else "  MISSED"
        print(
            f"{folder.name:<16} {from_base.quantity:<31} {from_base.tolerance:>9.0e}"
            f" {from_base.largest:>13.1e} {from_votes.largest:>13.1e}{met}"
        )
    return all(difference.is_met for difference in helped)


if __name__ == "__main__":
    print(f"{'folder':<16} {'quantity':<31} {'tolerance':>9} {'base given':>13} {'votes alone':>13}")
    folders = sorted(path.parent for path in conformance_folder().glob("*/expected.json"))
    results = [print_table(folder) for folder in folders]
    sys.exit(0 if results and all(results) else 1)
