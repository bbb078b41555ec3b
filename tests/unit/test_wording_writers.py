"""Who writes wordings: the tuned model by tokens, others by lines; what claims too much is tried once more."""

import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.language_model import FakeLanguageModel, Owner, Pulse, Stopped
from bot.language_model.engine import Engine, Logits
from bot.wording.grammar import STOP, Grammar
from bot.wording.shapes import common_shapes, shape_of
from bot.wording.words import sound
from bot.wording.writers import LANE, OwnerWriter, ServerWriter, asked, tuned
from bot.wording.writing import written
from training.wording_data import load_written

SHAPE = shape_of("en", "shared", "HAS_THEME", 1, 1)
GOOD, BAD = "Like {film}, it is about {theme}.", "It is better than {film} for {theme}."


GRAMMAR = Grammar.learn([(SHAPE, GOOD), (SHAPE, "It is about {theme}, as in {film}.")])


class LetterEngine:
    """Its tokens are bytes. It would write the line it was given, whatever it is asked."""

    def __init__(self, line: str = GOOD, pause: float = 0.0) -> None:
        self.line, self.pause = f" {line}\n".encode(), pause
        self.vocabulary = [bytes([number]) for number in range(256)]
        self.adapted: str | None = None
        self.asked: list[Sequence[dict[str, str]]] = []
        self.fed = 0

    def tokenize(self, text: str) -> list[int]:
        return list(text.encode())

    def feed(self, tokens: Sequence[int]) -> Logits:
        time.sleep(self.pause)
        self.fed += 1
        scores = np.zeros(256, dtype=np.float32)
        at = len(tokens) - len(SHAPE.asked.encode())
        if at < len(self.line):
            scores[self.line[at]] = 50
        return scores

    def adapt(self, name: str | None) -> None:
        self.adapted = name

    def spare(self, sparing: bool) -> None:
        return

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        self.asked.append(messages)
        yield f"- {self.line.decode()}- {BAD}\n"
        yield "2. nothing\n{theme} once more, after {film}.\n"


def owner_of(engine: LetterEngine) -> Owner:
    owner = Owner(lambda: engine)
    owner.run(lambda *_: None)
    return owner


@pytest.mark.parametrize(("lines", "found"), [((GOOD,), (GOOD,)), ((BAD, GOOD), (GOOD,)), ((BAD, BAD, GOOD), ())])
def test_a_false_claim_is_tried_once_more(
    lines: tuple[str, ...], found: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(lines)
    monkeypatch.setattr("bot.wording.writers.written", lambda *_: next(said))
    owner = owner_of(LetterEngine())
    assert OwnerWriter(owner, tuned(GRAMMAR, 1)).write(SHAPE, Pulse(20)) == found
    owner.close()


def test_the_model_chooses_its_way_through_the_grammar() -> None:
    for line in (GOOD, "It is about {theme}, as in {film}."):
        assert written(LetterEngine(line), GRAMMAR, SHAPE, Pulse(), random.Random(1)) == line


def test_a_model_that_would_say_something_else_stays_within_the_grammar() -> None:
    texts = {written(LetterEngine(BAD), GRAMMAR, SHAPE, Pulse(), random.Random(seed)) for seed in range(30)}
    assert all(sound(text, SHAPE) for text in texts)


def test_every_way_through_the_shipped_grammar_is_sound() -> None:
    grammar = Grammar.learn((one.shape, one.text) for one in load_written())
    for shape in common_shapes("en"):
        for seed in range(20):
            chance, state, pieces = random.Random(seed), grammar.start(shape), list[str]()
            while not pieces or (pieces[-1] != STOP and len(pieces) < 40):
                word = chance.choice(grammar.next(shape, state))
                state = grammar.after(shape, state, word)
                pieces.append(word)
            text = re.sub(r" (?=[,:;.])", "", " ".join(pieces))
            places = set(re.findall(r"\{(\w+)\}", text))
            assert places == set(shape.slots), "an end is reached only when all is told"
            assert len(pieces) < 40


def test_the_grammar_is_kept_in_a_file(tmp_path: Path) -> None:
    GRAMMAR.save(tmp_path / "grammar.json")
    kept = Grammar.load(tmp_path / "grammar.json")
    assert kept.next(SHAPE, kept.start(SHAPE)) == GRAMMAR.next(SHAPE, GRAMMAR.start(SHAPE)) != ()


def test_the_writer_has_its_own_adapter() -> None:
    engine = LetterEngine(GOOD)
    owner = owner_of(engine)
    OwnerWriter(owner, tuned(GRAMMAR, 1)).write(SHAPE, Pulse(20))
    assert engine.adapted == LANE
    owner.close()


def test_a_deadline_ends_the_writing_between_tokens() -> None:
    engine = LetterEngine(GOOD, pause=0.2)
    owner = owner_of(engine)
    assert OwnerWriter(owner, tuned(GRAMMAR, 1)).write(SHAPE, Pulse(0.1)) == ()
    owner.run(lambda *_: None)
    assert engine.fed <= 2
    owner.close()


def test_writing_ahead_gives_way_to_any_job() -> None:
    owner = owner_of(LetterEngine())
    pulses: list[Pulse] = []

    def step(_engine: Engine, pulse: Pulse) -> bool:
        pulses.append(pulse)
        while True:
            time.sleep(0.005)
            pulse.check()

    owner._rest_until = 0.0
    owner.when_idle(step, adapter=LANE)
    until = time.monotonic() + 20
    while not pulses and time.monotonic() < until:
        time.sleep(0.005)
    assert owner.run(lambda *_: "first", Pulse(20)) == "first"
    assert not pulses[0].alive
    owner.close()


def test_writing_ahead_ends_when_nothing_lacks() -> None:
    owner = owner_of(LetterEngine())
    owner._rest_until = 0.0
    done: list[int] = []

    def step(*_: object) -> bool:
        done.append(1)
        return len(done) < 3

    owner.when_idle(step)
    until = time.monotonic() + 20
    while len(done) < 3 and time.monotonic() < until:
        time.sleep(0.005)
    owner.run(lambda *_: None)
    assert len(done) == 3
    owner.close()


def test_another_model_is_asked_for_several_lines_and_the_sound_ones_are_kept() -> None:
    engine = LetterEngine()
    assert asked(engine, SHAPE, Pulse(20)) == (GOOD, "{theme} once more, after {film}.")
    assert "{theme}, {film}" in engine.asked[0][0]["content"]


def test_another_model_stops_with_its_pulse() -> None:
    pulse = Pulse()
    pulse.cancel()
    with pytest.raises(Stopped):
        asked(LetterEngine(), SHAPE, pulse)


def test_a_server_that_claims_too_much_is_asked_twice() -> None:
    model = FakeLanguageModel(answers=BAD)
    writer = ServerWriter(model)
    assert writer.write(SHAPE, Pulse(20)) == ()
    assert len(model.asked) == 2
    model.answers = f"1. nothing\n- {GOOD}"
    assert writer.write(SHAPE, Pulse(20)) == (GOOD,)
    writer.close()


def test_a_slow_server_does_not_hold_the_reply() -> None:
    def slow(_: str) -> str:
        time.sleep(0.5)
        return GOOD

    writer = ServerWriter(FakeLanguageModel(answers=slow))
    started = time.monotonic()
    assert writer.write(SHAPE, Pulse(0.02)) == ()
    assert time.monotonic() - started < 0.4
    writer.close()
