"""`python -m participation.jobs.serve`: the server and a worker together, until one of them ends or Ctrl+C.

With `--check` it only says whether it could: whether the port is free.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

HOST = "127.0.0.1"
SECONDS_TO_END = 10
GUNICORN_SETTINGS = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"


def main() -> int:
    """Start both, tell where, and stop both when either ends."""
    port = os.environ.get("PORT", "8000")
    if problem := _problem_with(port):
        print(problem, file=sys.stderr)  # noqa: T201 - this is a command
        return 1
    if "--check" in sys.argv:
        return 0
    python = sys.executable
    processes = [
        subprocess.Popen(  # noqa: S603 - our own command
            [
                python,
                "-m",
                "gunicorn",
                "--config",
                str(GUNICORN_SETTINGS),
                "--bind",
                f"{HOST}:{port}",
                "app:create_app()",
            ]
        ),
        subprocess.Popen([python, "-m", "flask", "worker"]),  # noqa: S603 - our own command
    ]
    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: asked_to_stop.set())
    print(f"\n  Baraza is at http://{HOST}:{port}/  (Ctrl+C stops it)\n", flush=True)  # noqa: T201 - this is a command
    while all(process.poll() is None for process in processes) and not asked_to_stop.wait(0.2):
        pass
    _stop(processes)
    worst = max(_wait(process) for process in processes)
    return 0 if asked_to_stop.is_set() else worst


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Give a process time to end its work. One that does not is killed: no work is lost by that."""
    try:
        return abs(process.wait(timeout=SECONDS_TO_END))
    except subprocess.TimeoutExpired:
        process.kill()
        return 1


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()


def _problem_with(port: str) -> str | None:
    if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004 - the highest port there is
        return f"PORT is {port!r}; write a number from 1 to 65535."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except PermissionError:
            return f"Port {port} is not open to you. Choose one above 1023: PORT=8001 make run"
        except OSError:
            return f"Port {port} is taken by another program. Choose another one: PORT=8001 make run"
    return None


if __name__ == "__main__":
    sys.exit(main())
