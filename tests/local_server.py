"""A server program on a free port of this machine: started, killed as a crash would, started again."""

import socket
import subprocess
import time
from abc import ABC, abstractmethod
from typing import Self


class LocalServer(ABC):
    """Use as a context manager. A server says how it is started and when it answers."""

    starts_within = 180.0  # seconds; a cold start takes a few, on a starved machine a minute

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]

    @abstractmethod
    def command(self) -> list[str]:
        """Returns the program and its words."""

    @abstractmethod
    def answers(self) -> bool:
        """Returns whether it can be used."""

    @property
    def pid(self) -> int | None:
        """The number of its process, None while it does not run."""
        return self._process.pid if self._process else None

    def start(self) -> Self:
        """Starts it, or starts it again on the same port, and returns when it answers."""
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self.command(), stdout=quiet, stderr=quiet)
        ends = time.monotonic() + self.starts_within
        while time.monotonic() < ends and self._process.poll() is None:
            if self.answers():
                return self
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"{type(self).__name__} did not start")

    def kill(self) -> None:
        """Ends it at once, as a crash would; the data stay. A second call does nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()
