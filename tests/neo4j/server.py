"""Starts, kills and stops a real Neo4j 5.26 Community server, made of its public artifacts, with a password.

`python -m tests.neo4j.server` runs one until Ctrl-C and prints the variables that point Tastemaker at it.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

import neo4j
from kg.loading import Neo4jSettings
from neo4j.exceptions import DriverError, Neo4jError

HERE = Path(__file__).parent
VERSION = "5.26.24"
PASSWORD = "only-for-tests"
_STARTS_WITHIN = 300.0  # seconds; a cold start takes some 10 on two busy cores, minutes on a starved machine


class NoServerError(Exception):
    """Neo4j cannot be started here; the text says what is missing."""


def artifacts() -> Path:
    """Returns the folder of the server's jars, fetched from Maven Central once for this machine.

    Raises NoServerError where Java or Maven is missing or the registry does not answer.
    """
    for tool, package in (("java", "a Java 17 development kit"), ("mvn", "Maven")):
        if not shutil.which(tool):
            raise NoServerError(f"{package} is not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tastemaker"
    folder = cache / f"neo4j-{VERSION}"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "neo4j.lock"):
        if not folder.is_dir():
            aside = folder.with_suffix(".part")
            command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
            fetched = subprocess.run(
                [*command, "-DincludeScope=runtime", f"-DoutputDirectory={aside}"],
                capture_output=True,
                check=False,
                timeout=600,
            )
            if fetched.returncode:
                raise NoServerError("Maven could not fetch Neo4j's artifacts")
            aside.rename(folder)
    return folder


class Neo4jServer:
    """One server with a home of its own. Use as a context manager; it ends with the process that started it."""

    def __init__(self, home: Path, *, heap: str = "768m", page_cache: str = "64m") -> None:
        """Makes the home and sets the password; raises NoServerError where Neo4j cannot be had."""
        self._jars = artifacts()
        self._home = home
        self._heap = heap
        self._process: subprocess.Popen[bytes] | None = None
        self._port = _free_port()
        (home / "conf").mkdir(parents=True, exist_ok=True)
        text = (HERE / "neo4j.conf").read_text(encoding="utf-8")
        settings = text.format(port=self._port, page_cache=page_cache)
        (home / "conf" / "neo4j.conf").write_text(settings, encoding="utf-8")
        environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        admin = self._java("org.neo4j.cli.AdminTool", "dbms", "set-initial-password", PASSWORD)
        subprocess.run(admin, env=environment, check=True, capture_output=True, timeout=120)

    @property
    def settings(self) -> Neo4jSettings:
        """What Tastemaker needs to reach it."""
        return Neo4jSettings(f"bolt://127.0.0.1:{self._port}", "neo4j", PASSWORD)

    @property
    def pid(self) -> int | None:
        """The number of its process, None while it does not run."""
        return self._process.pid if self._process else None

    def start(self) -> "Neo4jServer":
        """Starts it, or starts it again on the same data and port, and returns when it answers by its own name."""
        log = (self._home / "server.log").open("ab")
        command = self._java(str(HERE / "Server.java"), str(self._home), str(self._home / "conf" / "neo4j.conf"))
        self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.PIPE)
        log.close()
        ends = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < ends and self._process.poll() is None:
            if self.agent() is not None:
                return self
            time.sleep(0.3)
        self.kill()
        raise NoServerError(f"Neo4j did not start: see {self._home / 'server.log'}")

    def agent(self) -> str | None:
        """Returns the server's own agent string (`Neo4j/5.26.24`), or None while it does not answer."""
        driver = neo4j.GraphDatabase.driver(self.settings.uri, auth=("neo4j", PASSWORD), connection_timeout=2)
        with driver, contextlib.suppress(DriverError, Neo4jError, OSError):
            return driver.get_server_info().agent
        return None

    def kill(self) -> None:
        """Ends it at once, as a crash would; the data stay."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ends it in order; a second call does nothing."""
        if self._process is not None:
            if self._process.stdin:
                self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            self.kill()

    def wait(self) -> None:
        """Returns when the server has ended by itself."""
        if self._process is not None:
            self._process.wait()

    def __enter__(self) -> "Neo4jServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _java(self, *words: str) -> list[str]:
        return ["java", f"-Xmx{self._heap}", "-cp", f"{self._jars}/*", *words]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Runs a server with an empty home until Ctrl-C."""
    with TemporaryDirectory() as home, contextlib.suppress(KeyboardInterrupt), Neo4jServer(Path(home)) as server:
        where = server.settings
        print(f"export NEO4J_URI={where.uri} NEO4J_USER={where.user} NEO4J_PASSWORD={PASSWORD}", flush=True)
        server.wait()


if __name__ == "__main__":
    main()
