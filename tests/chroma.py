"""Starts, freezes, kills and stops a real Chroma server: `chroma run`, which comes with the package."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_STARTS_WITHIN = 180.0  # seconds; a cold start takes three or four, on a starved machine a minute


class ChromaServer:
    """One server on a folder of its own. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]

    @property
    def url(self) -> str:
        """The CHROMA_URL."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> "ChromaServer":
        """Starts it, or starts it again on the same data and port, and returns when it listens."""
        words = ("run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port))
        program = str(Path(sys.executable).parent / "chroma")
        self._process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ends = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < ends and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=1):
                return self
            time.sleep(0.1)
        self.kill()
        raise RuntimeError("the Chroma server did not start")

    def freeze(self) -> None:
        """Stops it without a word: connections stay open and nothing answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """Ends it at once, as a crash would; the data stay."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> "ChromaServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()
