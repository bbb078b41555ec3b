"""llama.cpp's own OpenAI-compatible server, with the bundled model."""

import contextlib
import sys
import urllib.request

from bot.language_model import bundled_file
from tests.local_server import LocalServer

MODEL = "smollm2"


class LlamaServer(LocalServer):
    """One server, with one thread."""

    @property
    def url(self) -> str:
        """The OPENAI_BASE_URL; TASTEMAKER_LLM is `openai:` and `MODEL`."""
        return f"http://127.0.0.1:{self._port}/v1"

    def command(self) -> list[str]:
        settings = {
            "port": str(self._port),
            "model": str(bundled_file()),
            "model_alias": MODEL,
            "n_ctx": "2048",
            "n_threads": "1",
            "n_threads_batch": "1",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return [sys.executable, "-m", "llama_cpp.server", *words]

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.url}/models", timeout=2).close()
            return True
        return False
