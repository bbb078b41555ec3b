"""The HTTP API of the running program, spoken to by the official OpenAI client."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from openai import OpenAI

from tests.e2e.conftest import ROOT, free_port, wait_for_port


@pytest.fixture(scope="module")
def address(e2e_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("serve")
    shutil.copytree(e2e_home, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock", "*.holder"))
    port = free_port()
    command = [sys.executable, str(ROOT / "app.py"), "serve", "--port", str(port)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TASTEMAKER_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 240
        while httpx.get(f"{url}/health").json()["status"] != "ready":
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def test_a_talk_with_whole_history(address: str) -> None:
    client = OpenAI(base_url=f"{address}/v1", api_key="none")
    model = client.models.list().data[0].id
    messages = [{"role": "user", "content": "recommend me a western"}]
    first = client.chat.completions.create(model=model, messages=messages, user="ann")  # type: ignore[arg-type]
    text = first.choices[0].message.content or ""
    assert "5. " in text
    messages += [{"role": "assistant", "content": text}, {"role": "user", "content": "who directed the first one?"}]
    second = client.chat.completions.create(model=model, messages=messages, user="ann")  # type: ignore[arg-type]
    assert "directed by" in (second.choices[0].message.content or "")
    assert first.model_dump()["tastemaker"]["act"] == "recommend"


def test_streaming_gives_the_same_kind_of_answer_in_pieces(address: str) -> None:
    client = OpenAI(base_url=f"{address}/v1", api_key="none")
    model = client.models.list().data[0].id
    chunks = client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": "a comedy from the 80s"}], user="bob", stream=True
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert len([piece for piece in pieces if piece]) > 2
    assert "5. " in "".join(pieces)
