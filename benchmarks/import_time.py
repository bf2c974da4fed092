"""How long bringing in a large conversation takes and how much memory, and writing it out again.

vTaiwan's on Uber: 197 statements, 1,921 people, some 50,000 votes, from the recorded conversations
beside the repository (or in BARAZA_SHARED_DATA). Prints why when there are none.

    python benchmarks/import_time.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.postgres import PostgresServer, why_no_postgres  # noqa: E402 - the path comes first
from tests.tools import SHARED_DATA  # noqa: E402

CONVERSATION = SHARED_DATA / "polis" / "vtaiwan.uberx"
LAYOUT = "{:<12}{:<16}{:>10}{:>10}{:>10}"


def measure(environment: dict[str, str], *arguments: str) -> tuple[float, float, float]:
    """Run a command of ours: seconds on the clock, seconds of processor, and the most memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None  # noqa: S101 - for the type checker
    said = process.stderr.read().decode()
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"flask {' '.join(arguments)} failed:\n{said}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    if not CONVERSATION.exists():
        print(f"Nothing is imported: there is no recorded conversation at {CONVERSATION}.")
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baraza-bench-")))
        addresses = {"SQLite": f"sqlite:///{folder / 'baraza.sqlite'}"}
        if reason := why_no_postgres():
            print(f"PostgreSQL is left out: {reason}")
        else:
            addresses["PostgreSQL"] = stack.enter_context(PostgresServer(durable=True)).new_database()
        votes = sum(1 for _line in (CONVERSATION / "votes.csv").open()) - 1
        print(f"{CONVERSATION.name}: {votes} votes\n")
        print(LAYOUT.format("database", "command", "seconds", "CPU s", "MB"))
        for database, url in addresses.items():
            environment = {"BARAZA_DATABASE_URL": url, "BARAZA_INSTANCE": str(folder)}
            out = str(folder / f"out-{database}")
            for name, arguments in {
                "db upgrade": ("db", "upgrade"),
                "import-polis": ("consultation", "import-polis", str(CONVERSATION), "--slug", "uber"),
                "export": ("consultation", "export", "uber", out),
                "import again": ("consultation", "import-polis", out, "--slug", "again"),
            }.items():
                seconds, cpu, memory = measure(environment, *arguments)
                print(
                    LAYOUT.format(database, name, f"{seconds:.1f}", f"{cpu:.1f}", f"{memory:.0f}"), flush=True
                )


if __name__ == "__main__":
    main()
