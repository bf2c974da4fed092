"""How fast a vote is: pages of the vote path under gunicorn, beside the least that any server does.

Prepares databases of its own and throws them away. Wants wrk (Debian: wrk); without PostgreSQL it
measures SQLite alone. Compare only numbers of one run: the load generator, the server and the
database share this machine.

    python benchmarks/vote_path.py            about a minute and a half
    python benchmarks/vote_path.py --long     longer and three times over, medians; for numbers to keep
    python benchmarks/vote_path.py --help     choose databases, sizes, connections, workers and threads
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask, request, session  # noqa: E402 - the path comes first
from flask_migrate import upgrade  # noqa: E402
from flask_wtf.csrf import generate_csrf  # noqa: E402
from sqlalchemy import event, insert, select  # noqa: E402

from app import create_app  # noqa: E402
from deliberation.ballot import Choice  # noqa: E402
from participation.config import Config  # noqa: E402
from participation.consultations.actions import create_consultation, revise_deck  # noqa: E402
from participation.consultations.models import ConsultationText, HeldCredential, Participant  # noqa: E402
from participation.database import db, now  # noqa: E402
from participation.participant_cookie import Credential, _name, _signer  # noqa: E402
from participation.statements.models import State, Statement, StatementText  # noqa: E402
from participation.votes.models import Vote  # noqa: E402
from tests.postgres import PostgresServer, why_no_postgres  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SLUG = "welfare"
SECRET_KEY = "a secret for benchmarks"  # noqa: S105 - it guards a database that lives for a minute
# What each participant has said before the measurement: as much as people usually say.
VOTES_BEFORE = 20
PATHS = {
    "GET card": ("GET", f"/en/c/{SLUG}/vote", False),
    "POST vote": ("POST", f"/en/c/{SLUG}/votes", True),
    "POST vote, no script": ("POST", f"/en/c/{SLUG}/votes", False),
}
FLOOR = "floor: one upsert"
TICKS = os.sysconf("SC_CLK_TCK")


# --- what is measured ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """A participant as the load generator plays them."""

    cookies: str
    csrf_token: str


@dataclass
class Site:
    """A prepared database: who takes part, and what can be voted on."""

    statement_ids: list[int]
    people: list[Person]
    votes_sent: int = 0


@dataclass(frozen=True)
class Reading:
    """What one measurement saw."""

    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int
    cpu: float


def prepare(database_url: str, folder: Path, *, statements: int, people: int) -> tuple[Flask, Site]:
    """Fill a database with an open consultation and people who have begun to vote."""
    app = create_app(Config(SECRET_KEY, database_url, folder, production=True))
    with app.app_context():
        upgrade()
        consultation = create_consultation(
            None,
            slug=SLUG,
            main_language="en",
            texts={
                tag: ConsultationText(
                    language=tag,
                    title="Should a model rank applications?",
                    question="May it?",
                    summary="It is.",
                )
                for tag in ("en", "fr")
            },
            opens_at=now() - timedelta(days=1),
            closes_at=now() + timedelta(days=7),
        )
        consultation.published_at = now()
        revise_deck(consultation)
        db.session.add_all(
            Statement(
                consultation_id=consultation.id,
                number=number,
                language="en",
                state=State.PUBLISHED,
                texts={
                    tag: StatementText(
                        language=tag,
                        text=f"{tag} {number}: a person, never a model alone, should decide about an "
                        "application for help, and should say in writing why.",
                    )
                    for tag in ("en", "fr")
                },
            )
            for number in range(statements)
        )
        credentials = [Credential(secrets.token_urlsafe(24)) for _person in range(people)]
        db.session.execute(
            insert(Participant),
            [{"consultation_id": consultation.id, "language": "en"} for _held in credentials],
        )
        statement_ids = list(db.session.scalars(select(Statement.id).order_by(Statement.id)))
        participant_ids = list(db.session.scalars(select(Participant.id).order_by(Participant.id)))
        db.session.execute(
            insert(HeldCredential),
            [
                {"secret_hash": held.hash, "participant_id": id_, "consultation_id": consultation.id}
                for held, id_ in zip(credentials, participant_ids, strict=True)
            ],
        )
        rows: list[dict[str, object]] = [
            {
                "consultation_id": consultation.id,
                "participant_id": participant,
                "statement_id": statement_ids[_turn(place, before, len(statement_ids))],
                "choice": Choice.AGREE,
                "cast_at": now(),
            }
            for place, participant in enumerate(participant_ids)
            for before in range(VOTES_BEFORE)
        ]
        db.session.execute(insert(Vote), rows)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        consultation_id = consultation.id
    return app, Site(statement_ids, [_person(app, consultation_id, held) for held in credentials])


def _turn(place: int, before: int, statements: int) -> int:
    """The statement on which a participant votes after so many others; the load generator counts alike."""
    return (place * 31 + before) % statements


def _person(app: Flask, consultation_id: int, held: Credential) -> Person:
    """The cookies that the site itself would have given."""
    with app.test_request_context():
        token = generate_csrf()
        held_session = app.session_interface.get_signing_serializer(app).dumps(dict(session))  # type: ignore[attr-defined]
        consultation = type("Named", (), {"id": consultation_id})()
        participant = _signer().dumps([consultation_id, held.secret])
        cookies = f"session={held_session}; language=en; {_name(consultation)}={participant}"
    return Person(cookies, token)


def floor() -> Flask:
    """The least a server can do about a vote: read a form, write a row, answer. No cookie, no rule, no page."""
    app = Flask("floor")
    url, local = os.environ["FLOOR_DATABASE"], threading.local()
    upsert = (
        "INSERT INTO floor_votes VALUES ({0}, {0}, {0}) "
        "ON CONFLICT (participant, statement) DO UPDATE SET choice = excluded.choice"
    )

    def connection() -> tuple[object, str]:
        if not hasattr(local, "held"):
            if url.startswith("sqlite"):
                local.held = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=20)
                local.held.execute("PRAGMA synchronous = NORMAL")
            else:
                import psycopg  # noqa: PLC0415 - not everywhere installed

                local.held = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        return local.held, upsert.format("?" if url.startswith("sqlite") else "%s")

    @app.post("/")
    def vote() -> str:
        held, sql = connection()
        held.execute(sql, [int(request.form[name]) for name in ("participant", "statement", "choice")])  # type: ignore[attr-defined]
        return "ok"

    return app


# --- the server ----------------------------------------------------------------------------------


class Server:
    """gunicorn as it is deployed, or with other numbers of workers and threads."""

    def __init__(self, application: str, environment: dict[str, str], options: Sequence[str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        command += ["--pythonpath", "benchmarks", "--bind", f"127.0.0.1:{self.port}", *options, application]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True
        )
        self._wait()

    def _wait(self) -> None:
        """Until a worker answers: they take connections long before they have loaded the application."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            client = HTTPConnection("127.0.0.1", self.port, timeout=60)
            with suppress(OSError, HTTPException):
                client.request("GET", "/healthz")
                client.getresponse().read()
                return
            time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def must_live(self) -> None:
        """Complain if something on this machine has ended the server: what follows would measure nothing."""
        if self._process.poll() is not None:
            raise SystemExit(f"the server was ended from outside (status {self._process.returncode})")

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)

    def cpu_seconds(self) -> float:
        """What the main process and its workers have used so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                rest = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat.parent.name) == self._process.pid or int(rest[1]) == self._process.pid:
                ticks += int(rest[11]) + int(rest[12])
        return ticks / TICKS


# --- the load ------------------------------------------------------------------------------------

WRK_SCRIPT = """
local people, statements, sent = {}, {}, 0
local method, path, card, plain

function init(args)
  method, path, card, sent = args[1], args[2], args[3], tonumber(args[4])
  plain = args[5] == "floor"
  for line in io.lines(args[6]) do
    local cookies, token = line:match("^(.-)\\t(.-)$")
    people[#people + 1] = { cookies, token }
  end
  for line in io.lines(args[7]) do statements[#statements + 1] = line end
end

function request()
  local place, before = sent % #people, math.floor(sent / #people)
  sent = sent + 1
  local statement = statements[(place * 31 + before) % #statements + 1]
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  local body = "participant=" .. place .. "&statement=" .. statement .. "&choice=1"
  if not plain then
    local person = people[place + 1]
    headers["Cookie"] = person[1]
    headers["Accept-Language"] = "en"
    if card == "card" then headers["X-Card"] = "1" end
    body = body .. "&exposure=&csrf_token=" .. person[2]
  end
  if method == "GET" then return wrk.format("GET", path, headers) end
  return wrk.format(method, path, headers, body)
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\\nREADING {"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "errors": %d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3,
    failed.status + failed.connect + failed.read + failed.write + failed.timeout))
end
"""


@dataclass
class Load:
    """wrk, told what to send."""

    folder: Path
    seconds: float

    def __post_init__(self) -> None:
        (self.folder / "vote.lua").write_text(WRK_SCRIPT)

    def run(
        self, server: Server, site: Site, what: str, connections: int, seconds: float | None = None
    ) -> Reading:
        """Send one kind of request for a while."""
        people, statements = self.folder / "people", self.folder / "statements"
        people.write_text("".join(f"{person.cookies}\t{person.csrf_token}\n" for person in site.people))
        statements.write_text("".join(f"{statement}\n" for statement in site.statement_ids))
        method, path, with_card = PATHS.get(what, ("POST", "/", False))
        server.must_live()
        before = server.cpu_seconds()
        answer = subprocess.run(  # noqa: S603 - our own command
            [
                *(
                    str(shutil.which("wrk")),
                    "-t1",
                    f"-c{connections}",
                    f"-d{max(1, round(seconds or self.seconds))}s",
                ),
                *("--timeout", "10s", "-s", str(self.folder / "vote.lua"), f"http://127.0.0.1:{server.port}"),
                *("--", method, path, "card" if with_card else "page"),
                str(VOTES_BEFORE * len(site.people) + site.votes_sent),
                *("floor" if what == FLOOR else "site", str(people), str(statements)),
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        cpu = server.cpu_seconds() - before
        seen = json.loads(answer.stdout.partition("READING ")[2])
        if method == "POST":
            # Some are sent and never read when the time is over.
            site.votes_sent += seen["requests"] + 2 * connections
        return Reading(
            per_second=seen["requests"] / seen["seconds"],
            p50=seen["p50"],
            p95=seen["p95"],
            p99=seen["p99"],
            errors=seen["errors"],
            cpu=1000 * cpu / max(1, seen["requests"]),
        )


def join_at_once(server: Server, people: int) -> tuple[int, list[float]]:
    """New people open the page, then all send their first vote in one moment: (errors, milliseconds of the others)."""
    ready = [_open_page(server) for _person in range(people)]
    gate = threading.Barrier(people)
    times: list[float] = []

    def first_vote(client: HTTPConnection, headers: dict[str, str], form: dict[str, str]) -> None:
        gate.wait(timeout=30)
        begun = time.perf_counter()
        with suppress(OSError, HTTPException):
            client.request("POST", f"/en/c/{SLUG}/votes", urlencode(form), headers)
            answer = client.getresponse()
            answer.read()
            if answer.status == HTTPStatus.OK:
                times.append(1000 * (time.perf_counter() - begun))

    threads = [threading.Thread(target=first_vote, args=person) for person in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people - len(times), times


def _open_page(server: Server) -> tuple[HTTPConnection, dict[str, str], dict[str, str]]:
    """A new person's connection, cookies and form."""
    client = HTTPConnection("127.0.0.1", server.port, timeout=30)
    client.request("GET", f"/en/c/{SLUG}/vote")
    answer = client.getresponse()
    page = answer.read().decode()
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
    headers = {"Cookie": "; ".join(cookies), "X-Card": "1"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    form = {"choice": "1"}
    for name in ("csrf_token", "statement", "exposure"):
        form[name] = page.partition(f'name="{name}" value="')[2].partition('"')[0]
    return client, headers, form


# --- what needs no load --------------------------------------------------------------------------


def sql_and_bytes(app: Flask, site: Site, what: str) -> tuple[int, int]:
    """The SQL statements of one request, BEGIN and COMMIT aside, and the bytes of its answer."""
    method, path, with_card = PATHS[what]
    person = site.people[0]
    counted = []
    with app.app_context():
        engine = db.engine

    @contextmanager
    def counting() -> Iterator[None]:
        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                counted.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield
        event.remove(engine, "before_cursor_execute", note)

    client = app.test_client(use_cookies=False)
    headers = {"Cookie": person.cookies, **({"X-Card": "1"} if with_card else {})}
    client.get(PATHS["GET card"][1], headers=headers)  # so that the deck is read
    statement = site.statement_ids[-1 - list(PATHS).index(what)]
    form = {"csrf_token": person.csrf_token, "statement": statement, "choice": "1"}
    with counting():
        answer = client.open(path, method=method, headers=headers, data=form if method == "POST" else None)
    assert answer.status_code in {200, 302}, (what, answer.status_code)  # noqa: S101 - nothing else is worth measuring
    return len(counted), len(answer.data)


# --- the report ----------------------------------------------------------------------------------


@dataclass
class Place:
    """One database with one size, and how it is served."""

    database: str
    statements: int
    sql_and_bytes: dict[str, tuple[int, int]]
    site: Site
    server: Server
    floor: Server | None


HEADINGS = (
    "database",
    "statements",
    "request",
    "c",
    "req/s",
    "p50 ms",
    "p95",
    "p99",
    "errors",
    "CPU ms",
    "SQL",
    "bytes",
)
LAYOUT = "{:<10}{:>11}  {:<22}{:>3}{:>8}{:>8}{:>8}{:>8}{:>7}{:>8}{:>5}{:>7}"


def row(place: Place, what: str, connections: int, seen: Reading) -> str:
    sql, size = place.sql_and_bytes[what]
    numbers = (f"{seen.per_second:.0f}", f"{seen.p50:.1f}", f"{seen.p95:.1f}", f"{seen.p99:.1f}", seen.errors)
    statements = "" if what == FLOOR else place.statements
    return LAYOUT.format(
        place.database, statements, what, connections, *numbers, f"{seen.cpu:.2f}", sql, size
    )


def median_of(readings: Sequence[Reading]) -> Reading:
    """Medians over the rounds; errors are added up."""
    medians = {
        field.name: statistics.median(getattr(reading, field.name) for reading in readings)
        for field in fields(Reading)
    }
    return Reading(**{**medians, "errors": sum(reading.errors for reading in readings)})


def main() -> None:
    options = _options()
    logging.disable(logging.INFO)
    if not shutil.which("wrk"):
        print("wrk is not installed, so nothing is measured; install it with: sudo apt-get install wrk")
        return
    databases = [name for name in options.databases if name != "PostgreSQL" or not why_no_postgres()]
    if len(databases) < len(options.databases):
        print(f"PostgreSQL is left out: {why_no_postgres()}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baraza-bench-")))
        postgres = stack.enter_context(PostgresServer(durable=True)) if "PostgreSQL" in databases else None
        load = Load(folder, options.seconds)
        places = [
            _place(stack, postgres if database == "PostgreSQL" else None, load, size, options)
            for database in databases
            for size in options.statements
        ]
        _print_votes(places, load, options)
        _print_joins(places, options)


def _place(
    stack: ExitStack, postgres: PostgresServer | None, load: Load, size: int, options: argparse.Namespace
) -> Place:
    instance = load.folder / f"{'postgres' if postgres else 'sqlite'}-{size}"
    instance.mkdir()
    url = postgres.new_database() if postgres else f"sqlite:///{instance / 'baraza.sqlite'}"
    app, site = prepare(url, instance, statements=size, people=options.people)
    with app.app_context():
        db.session.connection().exec_driver_sql(
            "CREATE TABLE floor_votes (participant integer, statement integer, choice integer, "
            "PRIMARY KEY (participant, statement))"
        )
        db.session.commit()
    costs = {what: sql_and_bytes(app, site, what) for what in PATHS}
    environment = {
        "BARAZA_ENVIRONMENT": "production",
        "BARAZA_PROXIES": "0",
        "BARAZA_SECRET_KEY": SECRET_KEY,
        "BARAZA_DATABASE_URL": url,
        "BARAZA_INSTANCE": str(instance),
        "FLOOR_DATABASE": url,
    }
    gunicorn = [f"--workers={options.workers}"] if options.workers else []
    gunicorn += [f"--threads={options.threads}"] if options.threads else []
    server = Server("app:create_app()", environment, gunicorn)
    stack.callback(server.stop)
    load.run(server, site, "GET card", 16, seconds=2)  # until every worker has read templates and statements
    floor_server = None
    if size == min(options.statements):
        floor_server = Server("vote_path:floor()", environment, gunicorn)
        stack.callback(floor_server.stop)
        load.run(floor_server, site, FLOOR, 16, seconds=2)
    database = "PostgreSQL" if postgres else "SQLite"
    return Place(database, size, {FLOOR: (1, 2), **costs}, site, server, floor_server)


def _print_votes(places: Sequence[Place], load: Load, options: argparse.Namespace) -> None:
    print(
        f"{options.people} known participants, {VOTES_BEFORE} votes each before; "
        f"{options.rounds} x {load.seconds:.0f} s a line; errors are answers of 400 and above, and none\n"
    )
    print(LAYOUT.format(*HEADINGS))
    for connections in options.connections:
        lines: list[tuple[Place, str]] = [
            (place, what)
            for what in (FLOOR, *options.requests)
            for place in places
            if what != FLOOR or place.floor
        ]
        seen: list[list[Reading]] = [[] for _line in lines]
        # Round by round over all of them, so that a busy minute of the machine touches all alike.
        for _round in range(options.rounds):
            for readings, (place, what) in zip(seen, lines, strict=True):
                server = (what == FLOOR and place.floor) or place.server
                readings.append(load.run(server, place.site, what, connections))
        for readings, (place, what) in zip(seen, lines, strict=True):
            print(row(place, what, connections, median_of(readings)), flush=True)
        print()


def _print_joins(places: Sequence[Place], options: argparse.Namespace) -> None:
    print(f"{options.joins} people who join at once, {options.join_rounds} times over")
    for place in places:
        errors, times = 0, []
        for _round in range(options.join_rounds):
            failed, took = join_at_once(place.server, options.joins)
            errors, times = errors + failed, times + took
        print(
            f"{place.database:<10}{place.statements:>11}  {len(times)} first votes, {errors} errors, "
            f"median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--long", action="store_true", help="5 seconds a line, three rounds")
    parser.add_argument("--seconds", type=float, help="how long each line is measured")
    parser.add_argument("--rounds", type=int, help="how often each line is measured")
    parser.add_argument(
        "--databases", nargs="+", choices=["SQLite", "PostgreSQL"], default=["SQLite", "PostgreSQL"]
    )
    parser.add_argument("--statements", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--requests", nargs="+", choices=PATHS, default=list(PATHS))
    parser.add_argument("--people", type=int, default=3500)
    parser.add_argument("--joins", type=int, default=64)
    parser.add_argument("--join-rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, help="other than deploy/gunicorn.conf.py says")
    parser.add_argument("--threads", type=int, help="other than deploy/gunicorn.conf.py says")
    options = parser.parse_args()
    options.seconds = options.seconds or (5 if options.long else 1)
    options.rounds = options.rounds or (3 if options.long else 1)
    return options


if __name__ == "__main__":
    main()
