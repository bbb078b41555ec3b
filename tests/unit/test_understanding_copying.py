"""The copy decoder: whatever the model prefers, the answer is in the format and made of the utterance."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language_model import Pulse, Stopped
from bot.language_model.engine import Logits
from bot.understanding.model import copying, lines
from bot.understanding.reading import Reading, Span
from bot.understanding.types import Context, Turn

WORDS = [
    *lines.INTENT_WORDS.values(), *lines.KIND_WORDS.values(), *lines.ATTITUDE_WORDS.values(),
    *lines.CRITIQUE_WORDS.values(), *lines.ATTRIBUTE_WORDS.values(),
    *lines.REFERENCE_WORDS.values(), lines.QUESTION, lines.CHANGE,
]  # fmt: skip
PIECES = [bytes([value]) for value in range(256)] + [b"\n\n"] + [f" {word}".encode() for word in dict.fromkeys(WORDS)]


class ScriptedEngine:
    """Bytes and format words as tokens. It wants to write its script, else follows a random taste."""

    vocabulary = PIECES

    def __init__(self, script: str = "", seed: int = 0) -> None:
        self.script = self.tokenize(script)
        self.random = np.random.default_rng(seed)
        self.prompt = 0

    def tokenize(self, text: str) -> list[int]:
        raw, tokens = text.encode(), []
        while raw:
            token = max((t for t, piece in enumerate(PIECES) if raw.startswith(piece)), key=lambda t: len(PIECES[t]))
            tokens.append(token)
            raw = raw[len(PIECES[token]) :]
        return tokens

    def feed(self, tokens: Sequence[int]) -> Logits:
        scores = self.random.normal(size=len(PIECES)).astype(np.float32)
        written = len(tokens) - self.prompt
        if self.script and written < len(self.script):
            scores[self.script[written]] += 50
        return scores

    def adapt(self, name: str | None) -> None:
        pass

    def spare(self, sparing: bool) -> None:
        return

    def chat(self, messages: Sequence[dict[str, str]], **options: Any) -> Iterator[str]:
        yield ""


def decode(text: str, script: str = "", seed: int = 0, pulse: Pulse | None = None) -> Reading:
    engine = ScriptedEngine(script, seed)
    prompt = lines.prompt(text, Context())
    engine.prompt = len(engine.tokenize(prompt))
    return copying.decode(engine, copying.Vocabulary(engine), prompt, text, pulse or Pulse())


def test_what_is_written_is_read_back() -> None:
    text = "the second one, who directed it? no Tom Cruise, something newer like Heat (1995)"
    spans = (Span(36, 46, "person", "avoid"), Span(69, 80, "item", "like"))
    said = lines.answer(text, spans, ("ask", "critique"), 2, "director", ("newer", "lighter"))
    got = decode(text, said)
    assert got.intents == ("ask", "critique")
    assert [(text[s.start : s.end], s.kind, s.attitude) for s in got.spans] == [
        ("Tom Cruise", "person", "avoid"),
        ("Heat", "item", "like"),
    ]
    assert (got.attribute, got.critique) == ("director", ("newer", "lighter"))


def test_it_is_a_reference() -> None:
    assert decode("I like it", lines.answer("I like it", (), ("inform",), 0, None, ())).reference == 0


def test_words_beyond_latin() -> None:
    text = "喜欢 Amélie 和 花样年华"
    spans = (Span(3, 9, "item", "like"), Span(12, 16, "item", "like"))
    got = decode(text, lines.answer(text, spans, ("inform",), None, None, ()))
    assert [text[s.start : s.end] for s in got.spans] == ["Amélie", "花样年华"]


@settings(deadline=None, max_examples=60)
@given(
    st.text(alphabet=st.characters(exclude_characters="\n\r\x00", exclude_categories=("Cs",)), min_size=1, max_size=60),
    st.integers(0, 999),
)
def test_any_taste_of_the_model_gives_spans_of_the_text(text: str, seed: int) -> None:
    got = decode(text, seed=seed)
    assert 1 <= len(got.intents) <= copying.MOST_INTENTS
    assert len(set(got.intents)) == len(got.intents)
    assert all(0 <= span.start < span.end <= len(text) for span in got.spans)
    assert all(a.end <= b.start for a, b in zip(got.spans, got.spans[1:], strict=False))


def test_a_pulse_that_ended_stops_it() -> None:
    pulse = Pulse()
    pulse.cancel()
    with pytest.raises(Stopped):
        decode("hello there", pulse=pulse)


def test_the_prompt_is_short_and_ends_where_the_answer_begins() -> None:
    context = Context((Turn("user", "hi"), Turn("bot", "x" * 500)), ("A", "B"))
    asked = lines.prompt("more", context)
    assert asked.startswith("two shown\nbot: ")
    assert asked.endswith("\nuser: more\n=\n")
    assert len(asked) < 200
