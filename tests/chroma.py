"""A real Chroma server: `chroma run`, which comes with the package."""

import contextlib
import signal
import socket
import sys
from pathlib import Path

from tests.local_server import LocalServer


class ChromaServer(LocalServer):
    """One server on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    @property
    def url(self) -> str:
        """The CHROMA_URL."""
        return f"http://127.0.0.1:{self._port}"

    def command(self) -> list[str]:
        program = str(Path(sys.executable).parent / "chroma")
        return [program, "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=1):
            return True
        return False

    def freeze(self) -> None:
        """Stops it without a word: connections stay open and nothing answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)
