"""A PostgreSQL server that the tests start themselves and throw away."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

INSTALL = "install it with: sudo apt-get install postgresql"


def programs() -> Path | None:
    """Where Debian keeps the newest server, or wherever else initdb is found."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def why_no_postgres() -> str | None:
    """The reason why no server can be started here, or None."""
    if programs() is None:
        return f"PostgreSQL is not installed; {INSTALL}"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return f"PostgreSQL does not run as root and there is no user postgres; {INSTALL}"
    return None


class PostgresServer:
    """A server in a folder of its own. It refuses to run as root, so root starts it as the user postgres.

    Args:
        durable: wait for the disk at each commit, as a server that is not thrown away does.

    """

    def __init__(self, *, durable: bool = False) -> None:
        self.durable = durable

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="baraza-postgres-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self._run("initdb", "-D", "data", "-U", "baraza", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8")
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options += f" -c fsync={'on' if self.durable else 'off'}"
        self._run("pg_ctl", "-w", "-D", "data", "-l", "log", "-o", options, "start")
        return self

    def __exit__(self, *_error: object) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """Create an empty database and return its address."""
        name = f"baraza_{secrets.token_hex(4)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "baraza", name)
        return f"postgresql+psycopg://baraza@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        folder = programs()
        assert folder is not None
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(folder / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
