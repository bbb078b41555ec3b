"""The command line as a user meets it: help, and a sentence for everything that can be wrong on a machine."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.index import current_index, folder_of, lock_of
from retrieval.locking import hold

ROOT = Path(__file__).parent.parent.parent
COMMANDS = [
    [], ["web"], ["chat"], ["slack"], ["discord"], ["serve"], ["ingest"], ["doctor"], ["import-history"],
    ["train"], ["train", "understanding"], ["train", "scorer"],
    ["evaluate"], ["evaluate", "understanding"], ["evaluate", "recommend"], ["evaluate", "latency"],
    ["evaluate", "conversations"],
]  # fmt: skip


def tastemaker(*words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "app.py"), *words]
    merged = {**os.environ, **environment}
    return subprocess.run(command, env=merged, input=typed, capture_output=True, text=True, timeout=240, check=False)


def in_a_sentence(found: subprocess.CompletedProcess[str]) -> str:
    """The error text, after making sure that it is no stack trace."""
    assert found.returncode == 1, (found.stdout, found.stderr)
    assert "Traceback" not in found.stderr + found.stdout
    return " ".join(found.stderr.split())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: "-".join(words) or "root")
def test_every_command_has_help(command: list[str]) -> None:
    found = tastemaker(*command, "--help")
    assert found.returncode == 0 and "Usage: tastemaker" in found.stdout


def test_the_terminal_talks(e2e_home: Path) -> None:
    found = tastemaker("chat", typed="hello\nrecommend me a western\nexit\n", TASTEMAKER_HOME=str(e2e_home))
    assert found.returncode == 0, found.stderr
    assert all(f"{rank}. " in found.stdout for rank in range(1, 6)), found.stdout


def test_a_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in in_a_sentence(tastemaker("web", "--port", port))
        assert "--port" in in_a_sentence(tastemaker("serve", "--port", port))


def test_a_locked_data_folder(e2e_home: Path) -> None:
    with hold(lock_of(e2e_home, folder_of(e2e_home, current_index(e2e_home)).name), "testing"):
        said = in_a_sentence(tastemaker("chat", typed="hi\n", TASTEMAKER_HOME=str(e2e_home)))
        assert f"process {os.getpid()}" in said and "TASTEMAKER_HOME" in said
        checked = tastemaker("doctor", TASTEMAKER_HOME=str(e2e_home))
        assert checked.returncode == 1 and "BAD  lock" in checked.stdout


def test_a_corrupt_or_missing_model(e2e_home: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.gguf"
    junk.write_bytes(b"no model at all")
    for file, word in ((junk, "damaged"), (tmp_path / "none.gguf", "cannot be read")):
        environment = {"TASTEMAKER_HOME": str(e2e_home), "TASTEMAKER_LLM": str(file)}
        assert word in in_a_sentence(tastemaker("chat", typed="hi\n", **environment))
        assert "BAD  language model" in tastemaker("doctor", **environment).stdout


@pytest.mark.parametrize("part", ["items.jsonl", "vectors.npy", "graph", "chroma/chroma.sqlite3"])
def test_a_corrupt_index_is_said_and_mended_by_the_command_it_names(e2e_home: Path, tmp_path: Path, part: str) -> None:
    broken = tmp_path / "home"
    shutil.copytree(e2e_home, broken)
    file = folder_of(broken, current_index(broken)) / part
    file.write_bytes(file.read_bytes()[:1000])
    environment = {"TASTEMAKER_HOME": str(broken)}
    assert "tastemaker ingest" in in_a_sentence(tastemaker("chat", typed="hi\n", **environment))
    assert "tastemaker ingest" in tastemaker("doctor", **environment).stdout


def test_a_folder_that_cannot_be_written() -> None:
    assert "TASTEMAKER_HOME" in in_a_sentence(tastemaker("chat", typed="hi\n", TASTEMAKER_HOME="/proc/none"))


def test_a_wrong_setting() -> None:
    assert "TASTEMAKER_GPU_LAYERS" in in_a_sentence(tastemaker("doctor", TASTEMAKER_GPU_LAYERS="many"))


def test_an_unknown_source() -> None:
    assert "no_such" in in_a_sentence(tastemaker("ingest", "no_such.csv"))


def test_channels_without_their_tokens() -> None:
    assert "SLACK_BOT_TOKEN" in in_a_sentence(tastemaker("slack"))
    assert "DISCORD_TOKEN" in in_a_sentence(tastemaker("discord"))


def test_a_labelled_file_that_is_none(e2e_home: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("no json\n")
    said = in_a_sentence(
        tastemaker("evaluate", "understanding", str(tmp_path / "rows.jsonl"), TASTEMAKER_HOME=str(e2e_home))
    )
    assert "rows.jsonl" in said
