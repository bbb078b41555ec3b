"""The owner thread, the queue, names of models: without llama.cpp."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from bot.language_model import FakeLanguageModel, LlamaChat, Owner, Pulse, Stopped, chat_model, local_file, open_owner
from bot.language_model.engine import Engine, Logits
from kg.errors import ModelError


class WordEngine:
    """Says the words of a sentence, slowly if wanted, and keeps what was done with it."""

    vocabulary: list[bytes] = [b"a", b"b"]  # noqa: RUF012

    def __init__(self, sentence: str = "one two three", pause: float = 0.0) -> None:
        self.sentence, self.pause = sentence, pause
        self.thread: int | None = None
        self.adapted: list[str | None] = []
        self.said = 0
        self.asked: list[Sequence[dict[str, str]]] = []

    def tokenize(self, text: str) -> list[int]:
        return [ord(c) for c in text]

    def feed(self, tokens: Sequence[int]) -> Logits:
        return np.zeros(2, dtype=np.float32)

    def adapt(self, name: str | None) -> None:
        self.adapted.append(name)

    def spare(self, sparing: bool) -> None:
        return

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        self.asked.append(messages)
        self.thread = threading.get_ident()
        for word in self.sentence.split():
            time.sleep(self.pause)
            self.said += 1
            yield f"{word} "


@pytest.fixture
def engine() -> WordEngine:
    return WordEngine()


@pytest.fixture
def owner(engine: WordEngine) -> Iterator[Owner]:
    owner = Owner(lambda: engine)
    yield owner
    owner.close()


def test_work_runs_on_the_owner_thread_alone(owner: Owner) -> None:
    threads = {owner.run(lambda _engine, _pulse: threading.get_ident()) for _ in range(5)}
    assert len(threads) == 1
    assert threads != {threading.get_ident()}


def test_two_callers_never_meet_in_the_engine(owner: Owner) -> None:
    inside, worst = [0], [0]

    def work(_engine: Engine, _pulse: Pulse) -> None:
        inside[0] += 1
        worst[0] = max(worst[0], inside[0])
        time.sleep(0.002)
        inside[0] -= 1

    callers = [threading.Thread(target=lambda n=n: owner.run(work, lane=str(n % 3))) for n in range(12)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert worst[0] == 1


def test_lanes_take_turns(owner: Owner) -> None:
    order: list[str] = []
    gate = threading.Event()
    callers = [threading.Thread(target=owner.run, args=(lambda *_: gate.wait(5),))]
    callers += [
        threading.Thread(target=owner.run, args=(lambda *_: order.append("busy"), None, "busy")) for _ in range(4)
    ]
    callers += [threading.Thread(target=owner.run, args=(lambda *_: order.append("single"), None, "single"))]
    for caller in callers:
        caller.start()
        time.sleep(0.02)
    gate.set()
    for caller in callers:
        caller.join()
    assert order.index("single") <= 1


def test_a_deadline_stops_work_between_tokens(owner: Owner) -> None:
    def forever(_engine: Engine, pulse: Pulse) -> None:
        while True:
            time.sleep(0.005)
            pulse.check()

    started = time.monotonic()
    with pytest.raises(Stopped):
        owner.run(forever, Pulse(0.05))
    assert time.monotonic() - started < 2
    assert owner.run(lambda *_: "next", Pulse(2)) == "next"


def test_a_job_that_waited_too_long_is_not_begun(owner: Owner) -> None:
    gate, begun = threading.Event(), threading.Event()
    blocker = threading.Thread(target=owner.run, args=(lambda *_: gate.wait(5),))
    blocker.start()
    time.sleep(0.02)
    with pytest.raises(Stopped):
        owner.run(lambda *_: begun.set(), Pulse(0.05))
    gate.set()
    blocker.join()
    owner.run(lambda *_: None)
    assert not begun.is_set()


def test_leaving_a_stream_cancels_it() -> None:
    engine = WordEngine("word " * 500, pause=0.002)
    owner = Owner(lambda: engine)
    stream = LlamaChat(owner=owner).stream("go")
    next(stream)
    stream.close()
    owner.run(lambda *_: None)
    assert engine.said < 400
    owner.close()


def test_the_adapter_follows_the_job(engine: WordEngine, owner: Owner) -> None:
    owner.run(lambda *_: None, adapter="understanding")
    owner.run(lambda *_: None)
    assert engine.adapted == ["understanding", None]


def test_a_failing_job_leaves_the_thread_alive(owner: Owner) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ModelError, match="ZeroDivisionError"):
        owner.run(fail)
    assert owner.run(lambda *_: 1) == 1


def test_a_model_that_does_not_load_says_so_to_every_caller() -> None:
    def broken() -> Engine:
        raise ModelError("The file is damaged: fetch it again.")

    owner = Owner(broken)
    for _ in range(2):
        with pytest.raises(ModelError, match="fetch it again"):
            owner.run(lambda *_: None)
    assert not owner.ready
    owner.close()


def test_a_closed_owner_takes_no_work(owner: Owner) -> None:
    owner.close()
    with pytest.raises(ModelError, match="closed"):
        owner.run(lambda *_: None)


def test_closing_waits_for_a_model_that_is_being_loaded() -> None:
    loading, may_load = threading.Event(), threading.Event()

    def load() -> WordEngine:
        loading.set()
        may_load.wait(30)
        return WordEngine()

    owner = Owner(load)
    owner.warm()
    assert loading.wait(30)
    closing = threading.Thread(target=owner.close)
    closing.start()
    closing.join(6)
    assert closing.is_alive(), "the process would end in the middle of native code"
    may_load.set()
    closing.join(30)
    assert not closing.is_alive()


def test_chat_in_all_four_ways(engine: WordEngine, owner: Owner) -> None:
    chat = LlamaChat(owner=owner)
    assert chat.invoke([SystemMessage("s"), HumanMessage("h")]).text == "one two three "
    assert [turn["role"] for turn in engine.asked[0]] == ["system", "user"]
    assert [chunk.text for chunk in chat.stream("go")][:3] == ["one ", "two ", "three "]


async def test_chat_as_coroutines(owner: Owner) -> None:
    chat = LlamaChat(owner=owner)
    assert (await chat.ainvoke("go")).text == "one two three "
    assert [chunk.text async for chunk in chat.astream("go")][:3] == ["one ", "two ", "three "]


def test_the_fake_keeps_what_it_was_asked() -> None:
    fake = FakeLanguageModel(answers=lambda text: text.upper())
    assert fake.invoke("hello there").text == "HELLO THERE"
    assert "".join(chunk.text for chunk in fake.stream("a b")).strip() == "A B"
    assert fake.asked[0][-1].text == "hello there"


@pytest.mark.parametrize("name", ["gpt-4", "", "hf:owner/file.gguf", "hf:owner/repo/file.bin", "model.bin"])
def test_a_name_of_no_model(name: str) -> None:
    with pytest.raises(ModelError, match="TASTEMAKER_LLM"):
        local_file(name)


def test_a_missing_file_names_the_mend(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="unset it to use the bundled model"):
        open_owner(str(tmp_path / "none.gguf"))


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"PK\x03\x04 not a model")
    with pytest.raises(ModelError, match="damaged"):
        open_owner(str(file))


def test_a_server_model_needs_no_network_to_be_named() -> None:
    model = chat_model("openai:some-model", base_url="http://127.0.0.1:9/v1", api_key="k")
    assert getattr(model, "model_name", "") == "some-model"


def test_a_server_without_a_model() -> None:
    with pytest.raises(ModelError, match="openai:MODEL"):
        chat_model("openai:")
