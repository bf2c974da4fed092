"""A recorded conversation on its whole way: brought in, analysed, reported, packaged, and checked from its package.

python benchmarks/packages.py [NAME]

NAME is a folder of recorded conversations beside this clone; without them, nothing is measured.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from deliberation.polis import read_conversation
from deliberation.verify import in_words, verify
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.opinions.actions import refresh_snapshot
from participation.outcomes.actions import publish_report
from participation.outcomes.polis_import import import_conversation
from participation.packages.actions import write_package_of
from tests.applications import application
from tests.tools import SHARED_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def measured(step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step:28}{time.perf_counter() - began:10.1f} s{memory:10.0f} MB at most so far", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="vtaiwan.uberx")
    folder = SHARED_DATA / "polis" / parser.parse_args().name
    if not folder.exists():
        print(f"{folder.name} is not beside this clone: nothing is measured.")
        return
    with tempfile.TemporaryDirectory() as instance:
        file = Path(instance) / "package.zip"
        url = f"sqlite:///{instance}/packages.sqlite"
        with application(url, Path(instance)) as app, app.app_context():
            with measured("brought in"):
                consultation = import_conversation(read_conversation(folder), slug="recorded", language="en")
            consultation.texts["en"].decision_maker = "The ministry"
            consultation.closes_at -= timedelta(minutes=5)
            db.session.commit()
            with measured("analysed, with a second look"):
                refresh_snapshot(consultation.id)
            with measured("report published"):
                report = publish_report(consultation_by_slug("recorded"))
            with measured(f"packaged ({len(report.words)} language)"):
                write_package_of(report, file)
            print(f"{'size of the package':28}{file.stat().st_size / 1e6:10.2f} MB")
        with measured("checked"):
            verdict = verify(file)
        for line in in_words(verdict):
            print(line)


if __name__ == "__main__":
    main()
