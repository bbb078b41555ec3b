"""llama.cpp with the bundled weights."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from bot.language_model import LlamaChat, Owner, Pulse, open_owner
from bot.language_model.engine import Engine, LlamaEngine
from bot.language_model.files import bundled_file
from kg.errors import ModelError


@pytest.fixture(scope="module")
def owner() -> Iterator[Owner]:
    owner = open_owner(threads=1)
    yield owner
    owner.close()


def test_it_answers(owner: Owner) -> None:
    chat = LlamaChat(owner=owner, max_tokens=12)
    pieces = [chunk.text for chunk in chat.stream("Say hello.")]
    assert len("".join(pieces)) > 2
    assert len(pieces) > 2


def test_a_shared_beginning_is_read_once(owner: Owner) -> None:
    def work(engine: Engine, _: Pulse) -> tuple[float, float]:
        tokens = engine.tokenize("The films that people loved most in that year were " * 12)
        started = time.perf_counter()
        engine.feed(tokens)
        first = time.perf_counter() - started
        started = time.perf_counter()
        engine.feed([*tokens, *engine.tokenize(" Heat")])
        return first, time.perf_counter() - started

    first, second = owner.run(work)
    assert second < first / 2


def test_what_is_fed_twice_scores_the_same(owner: Owner) -> None:
    def work(engine: Engine, _: Pulse) -> float:
        tokens = engine.tokenize("I like films with")
        one = engine.feed(tokens)
        engine.feed(engine.tokenize("Something else entirely"))
        return float(abs(engine.feed(tokens) - one).max())

    assert owner.run(work) < 0.05


def test_tokens_spell_the_text(owner: Owner) -> None:
    def work(engine: Engine, _: Pulse) -> str:
        return b"".join(engine.vocabulary[token] for token in engine.tokenize("Amélie (2001), 七武士!")).decode()

    assert owner.run(work) == "Amélie (2001), 七武士!"


def test_a_truncated_file(tmp_path: Path) -> None:
    file = tmp_path / "half.gguf"
    file.write_bytes(bundled_file().read_bytes()[:100_000])
    with pytest.raises(ModelError, match=r"cannot load half\.gguf"):
        LlamaEngine(file, threads=1)


def test_a_truncated_adapter(tmp_path: Path) -> None:
    file = tmp_path / "half.lora.gguf"
    file.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelError, match="does not fit"):
        LlamaEngine(bundled_file(), {"understanding": file}, threads=1)


def test_what_others_say_while_the_model_loads_is_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    loading = Thread(target=LlamaEngine, args=(bundled_file(),), kwargs={"threads": 1})
    loading.start()
    said = 0
    while loading.is_alive():
        os.write(1, b"x")
        said += 1
        time.sleep(0.001)
    assert said > 20
    assert capfd.readouterr().out == "x" * said
