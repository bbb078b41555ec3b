"""Starts and kills llama.cpp's own OpenAI-compatible server, with the bundled model."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from bot.language_model import bundled_file

MODEL = "smollm2"
_STARTS_WITHIN = 120.0  # seconds; it imports FastAPI and loads the model


class LlamaServer:
    """One server. Use as a context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]

    @property
    def url(self) -> str:
        """The OPENAI_BASE_URL; TASTEMAKER_LLM is `openai:` and `MODEL`."""
        return f"http://127.0.0.1:{self._port}/v1"

    def start(self) -> "LlamaServer":
        """Starts it, and returns when it answers."""
        settings = {
            "model": str(bundled_file()),
            "model_alias": MODEL,
            "n_ctx": "2048",
            "n_threads": "1",
            "n_threads_batch": "1",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        command = [sys.executable, "-m", "llama_cpp.server", "--port", str(self._port), *words]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
        ends = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < ends and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/models", timeout=2).close()
                return self
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        self.kill()
        raise RuntimeError("llama.cpp's server did not start")

    def kill(self) -> None:
        """Ends it at once; a second call does nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> "LlamaServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()
