"""The model's word on attitudes: what it is asked, and what becomes of its answers and of a deadline."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from bot.language_model import Pulse, Stopped
from bot.language_model.engine import Logits
from bot.understanding.model import lines, weighing
from bot.understanding.reading import Span
from bot.understanding.tagger import labels
from bot.understanding.types import Context, Turn

WORDS = [f" {word}" for word in lines.ATTITUDE_WORDS.values()]
TEXT = "Heat (1995) bored me, more with De Niro. heat (1995) was long"
SPANS = (Span(0, 11, "item"), Span(32, 39, "person"), Span(41, 52, "item"))
CONTEXT = Context((Turn("bot", "How about Heat?"),), ("Heat (1995)",))


class Hater:
    """Letters and attitude words as tokens; hates the first thing and wants all others."""

    def __init__(self) -> None:
        self.vocabulary: list[bytes] = []
        self.read: list[str] = []

    def tokenize(self, text: str) -> list[int]:
        return [256 + WORDS.index(text)] if text in WORDS else [min(255, ord(letter)) for letter in text]

    def text(self, tokens: Sequence[int]) -> str:
        return "".join(WORDS[token - 256] if token >= 256 else chr(token) for token in tokens)

    def feed(self, tokens: Sequence[int]) -> Logits:
        self.read.append(self.text(tokens))
        scores = np.zeros(256 + len(WORDS), dtype=np.float32)
        scores[256 + WORDS.index(" hate" if len(self.read) == 1 else " want")] = 3.0
        return scores

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        raise AssertionError

    def adapt(self, name: str | None) -> None:
        raise AssertionError

    def spare(self, sparing: bool) -> None:
        return


def test_each_name_is_asked_once_after_the_answers_so_far() -> None:
    engine = Hater()
    weighed = dict(weighing.weigh(engine, TEXT, CONTEXT, SPANS, Pulse()))
    assert list(weighed) == [SPANS[0], SPANS[1]]
    assert engine.read[-1].endswith(f"bot: How about Heat?\nuser: {TEXT}\n? Heat\n= hate\n? De Niro\n=")
    assert engine.read[-1].startswith("one shown\n")
    best = [labels.ATTITUDES[int(np.argmax(chances))] for chances in weighed.values()]
    assert best == ["dislike", "want"]
    assert all(sum(chances) == pytest.approx(1.0) for chances in weighed.values())


def test_a_deadline_keeps_what_was_answered_before_it() -> None:
    engine, pulse, kept = Hater(), Pulse(), []
    with pytest.raises(Stopped):
        for span, _ in weighing.weigh(engine, TEXT, CONTEXT, SPANS, pulse):
            kept.append(span)
            pulse.cancel()
    assert kept == [SPANS[0]]


def test_what_the_model_cannot_see_is_not_asked() -> None:
    text = "x" * lines.LONGEST + " Heat"
    assert weighing.asked(text, [Span(len(text) - 4, len(text), "item")]) == []
