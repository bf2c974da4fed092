"""How long a report takes, and how much memory: to gather the facts, to say them in four languages, to publish.

The votes lie in SQLite, or in PostgreSQL with --url. The analysis is the worker's and not measured here; the
process that measures has not drawn the votes.

python benchmarks/report.py [--people 10000 100000] [--votes 20] [--url postgresql://...]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from speed import draw
from sqlalchemy import insert

from app import create_app
from deliberation.analysis import analyse
from deliberation.analysis_json import to_json
from deliberation.settings import Settings
from participation.config import Config
from participation.consultations.actions import create_consultation
from participation.consultations.models import Consultation, ConsultationText, Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.fingerprints import canonical
from participation.opinions.models import Place, Snapshot
from participation.outcomes.actions import publish_report
from participation.outcomes.facts import gather
from participation.outcomes.words import words_of
from participation.statements.models import State, Statement, StatementText
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from deliberation.vote_matrix import VoteMatrix

SLUG = "benchmark"
LANGUAGES = ("en", "fr", "ar", "hi")
STATEMENTS = 300
ROWS_AT_A_TIME = 50_000
MEBIBYTE = 1024


def application(url: str, folder: Path) -> Flask:
    return create_app(Config(secret_key="benchmark", database_url=url, instance=folder))  # noqa: S106 - of nobody


def prepare(app: Flask, people: int, votes: int) -> None:
    """A closed consultation with its analysis."""
    matrix = draw(people, STATEMENTS, people * votes)
    with app.app_context():
        db.create_all()
        consultation = create_consultation(
            None,
            slug=SLUG,
            main_language="en",
            texts={tag: _text(tag) for tag in LANGUAGES},
            opens_at=now() - timedelta(days=20),
            closes_at=now() - timedelta(minutes=2),
        )
        consultation.published_at = consultation.opens_at
        db.session.flush()
        _fill(consultation, matrix)
        _analyse(consultation, matrix)
        db.session.commit()


def _text(tag: str) -> ConsultationText:
    words = {"title": "Trams", "question": "More trams?", "summary": "More.", "decision_maker": "The council"}
    return ConsultationText(language=tag, **words)


def _fill(consultation: Consultation, matrix: VoteMatrix) -> None:
    for place in range(STATEMENTS):
        text = StatementText(language="en", text=f"Statement number {place + 1} is about trams.")
        statement = Statement(id=place + 1, consultation_id=consultation.id, number=place + 1, language="en")
        statement.state, statement.is_seed, statement.texts = State.PUBLISHED, True, {"en": text}
        db.session.add(statement)
    db.session.flush()
    people = [
        {"id": place + 1, "consultation_id": consultation.id, "language": LANGUAGES[place % 4]}
        for place in range(len(matrix.participant_ids))
    ]
    _insert(Participant, people)
    first = consultation.opens_at.replace(second=0, microsecond=0)
    for start in range(0, matrix.number_of_votes, ROWS_AT_A_TIME):
        part = slice(start, start + ROWS_AT_A_TIME)
        columns = (matrix.rows[part].tolist(), matrix.columns[part].tolist(), matrix.choices[part].tolist())
        _insert(
            Vote,
            [
                {
                    "consultation_id": consultation.id,
                    "participant_id": who + 1,
                    "statement_id": what + 1,
                    "choice": said,
                    "cast_at": first + timedelta(hours=(who * 7) % 480),
                }
                for who, what, said in zip(*columns, strict=True)
            ],
        )


def _analyse(consultation: Consultation, matrix: VoteMatrix) -> None:
    """What the worker would store, without the repetitions."""
    numbered = type(matrix)(
        matrix.participant_ids + 1, matrix.statement_ids + 1, matrix.rows, matrix.columns, matrix.choices
    )
    analysis = analyse(numbered, Settings(resamples=0))
    db.session.add(
        Snapshot(
            consultation_id=consultation.id,
            gathered_at=now(),
            vote_events=matrix.number_of_votes,
            deck_revision=consultation.deck_revision,
            analysis=to_json(analysis, participants=False),
            integrity=None,
            answers={},
            weights={},
        )
    )
    places = analysis.places
    _insert(
        Place,
        [
            {
                "participant_id": int(who),
                "consultation_id": consultation.id,
                "x": float(x),
                "y": float(y),
                "error": 0.1,
                "group_index": int(group) if group >= 0 else None,
                "group_probability": None,
            }
            for who, (x, y), group in zip(
                places.participant_ids, places.positions, places.groups, strict=True
            )
        ],
    )


def _insert(table: type, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        db.session.execute(insert(table), rows[start : start + ROWS_AT_A_TIME])


def measure(app: Flask, people: int, votes: int) -> None:
    with app.app_context():
        consultation = consultation_by_slug(SLUG)
        if consultation is None:
            raise LookupError("nothing was prepared")
        moments = [time.perf_counter()]
        facts = gather(consultation)
        moments.append(time.perf_counter())
        facts["findings"] = [{"number": place, **each} for place, each in enumerate(facts["findings"], 1)]
        words = words_of(facts)
        moments.append(time.perf_counter())
        sizes = [len(canonical(part)) / MEBIBYTE**2 for part in (facts, words)]
        del facts, words
        moments.append(time.perf_counter())
        publish_report(consultation)
        moments.append(time.perf_counter())
        gathered, said, _sized, published = (after - before_it for before_it, after in pairwise(moments))
        print(
            f"{people:>9,}{people * votes:>12,}{gathered:>10.1f}{said:>10.1f}{published:>11.1f}"
            f"{_memory():>10.0f}{sizes[0]:>11.1f}{sizes[1]:>11.1f}",
            flush=True,
        )


def _memory() -> float:
    """The most this process has held, in MiB. What `resource` tells begins with what the parent held."""
    (line,) = [
        each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")
    ]
    return int(line.split()[1]) / MEBIBYTE


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--votes", type=int, default=20, help="for each person")
    parser.add_argument("--url", help="an empty database; SQLite in a folder of its own without it")
    parser.add_argument("--step", choices=["prepare", "measure"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        url = options.url or f"sqlite:///{options.folder / 'benchmark.sqlite'}"
        step = prepare if options.step == "prepare" else measure
        step(application(url, options.folder), options.people[0], options.votes)
        return
    print(f"A report on {STATEMENTS} statements in {len(LANGUAGES)} languages; seconds and MiB")
    print("   people       votes    gather       say    publish    memory      facts      words")
    for people in options.people:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("prepare", "measure"):
                given = [
                    "--people",
                    str(people),
                    "--votes",
                    str(options.votes),
                    "--folder",
                    folder,
                    "--step",
                    step,
                ]
                given += ["--url", options.url] if options.url else []
                subprocess.run([sys.executable, __file__, *given], check=True)  # noqa: S603 - ourselves


if __name__ == "__main__":
    main()
