"""Decoding under a grammar of copies: the model may write format words and pieces of the utterance, nothing else.

Faster than a grammar sampler: where only one token may follow, the model is not asked at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from bot.language_model.engine import Engine
from bot.pulse import Pulse
from bot.understanding.model import lines
from bot.understanding.reading import Reading, Span
from bot.understanding.types import Attribute, Intent, MentionKind
from retrieval.wish import Critique

MOST_SPANS = 24
MOST_INTENTS = 4
_LONGEST_TOKEN = 20
T = TypeVar("T")


class Words(Generic[T]):
    """Fixed words as token sequences, each with what it means."""

    def __init__(self, engine: Engine, words: Mapping[T, str]) -> None:
        self.sequences = {meaning: tuple(engine.tokenize(f" {word}")) for meaning, word in words.items()}


class Vocabulary:
    """What decoding needs of a model's tokens; made once per model."""

    def __init__(self, engine: Engine) -> None:
        self.by_bytes = {piece: token for token, piece in enumerate(engine.vocabulary) if piece}
        self.line, self.end = engine.tokenize("\n")[0], engine.tokenize("x\n\n")[-1]
        self.intents: Words[Intent] = Words(engine, lines.INTENT_WORDS)
        starts: dict[object, str] = {attitude: word for attitude, word in lines.ATTITUDE_WORDS.items()}
        starts |= {number: word for number, word in lines.REFERENCE_WORDS.items()}
        self.starts: Words[object] = Words(
            engine, starts | {lines.QUESTION: lines.QUESTION, lines.CHANGE: lines.CHANGE}
        )
        self.kinds: Words[MentionKind] = Words(engine, lines.KIND_WORDS)
        self.attributes: Words[Attribute] = Words(engine, lines.ATTRIBUTE_WORDS)
        self.critiques: Words[Critique] = Words(engine, lines.CRITIQUE_WORDS)


@dataclass
class Decoder:
    """One answer being written. `tokens` is the prompt and all that was chosen after it."""

    engine: Engine
    vocabulary: Vocabulary
    tokens: list[int]
    pulse: Pulse
    sureness: float = 1.0
    scores: dict[Intent, float] = field(default_factory=dict)

    def choose(self, allowed: Iterable[int]) -> tuple[int, dict[int, float]]:
        """Returns the likeliest of the allowed tokens and all their probabilities, and writes it."""
        options = sorted(set(allowed))
        if len(options) == 1:
            self.tokens.append(options[0])
            return options[0], {options[0]: 1.0}
        self.pulse.check()
        logits = self.engine.feed(self.tokens)[options]
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        best = int(chances.argmax())
        self.sureness *= float(chances[best])
        self.tokens.append(options[best])
        return options[best], {token: float(p) for token, p in zip(options, chances, strict=True)}

    def word(self, words: Words[T], others: Sequence[int] = (), barred: Iterable[T] = ()) -> T | int:
        """Writes one of the words, or one of the `others` tokens, and returns the word's meaning or the token."""
        skip = set(barred)
        open_words = {meaning: sequence for meaning, sequence in words.sequences.items() if meaning not in skip}
        written = 0
        while True:
            allowed = [sequence[written] for sequence in open_words.values() if len(sequence) > written]
            token, chances = self.choose([*allowed, *(others if written == 0 else ())])
            if written == 0 and not self.scores:
                first = self.vocabulary.intents.sequences.items()
                self.scores = {intent: chances.get(sequence[0], 0.0) for intent, sequence in first}
            if written == 0 and token in others:
                return token
            open_words = {m: s for m, s in open_words.items() if len(s) > written and s[written] == token}
            written += 1
            for meaning, sequence in open_words.items():
                if len(sequence) == written:
                    return meaning

    def copy(self, text: bytes, least: int) -> tuple[int, int] | None:
        """Writes a piece of `text` that begins at a word from offset `least` on and closes the line; returns its span.

        The closing token is left as the last of `tokens`. None if there is no word to copy.
        """
        places = {at: at for at in range(least, len(text)) if _begins(text, at)}
        if not places:
            return None
        lead = b" "
        blank = self.vocabulary.by_bytes.get(lead)
        while True:
            allowed: dict[int, dict[int, int]] = {} if blank is None or not lead else {blank: dict(places)}
            for start, at in places.items():
                for stop in range(at + 1, min(len(text), at + _LONGEST_TOKEN) + 1):
                    token = self.vocabulary.by_bytes.get(lead + text[at:stop])
                    if token is not None:
                        allowed.setdefault(token, {})[start] = stop
            closing = {start: at for start, at in places.items() if at > start and _ends(text, at)}
            options = [*allowed, *((self.vocabulary.line, self.vocabulary.end) if closing else ())]
            if not options:
                return None
            token, _ = self.choose(options)
            if closing and token in (self.vocabulary.line, self.vocabulary.end):
                start = min(closing)
                return start, closing[start]
            places, lead = allowed[token], b""


def _begins(text: bytes, at: int) -> bool:
    return not text[at : at + 1].isspace() and (at == 0 or not _inner(text[at - 1])) and text[at] & 0xC0 != 0x80


def _ends(text: bytes, at: int) -> bool:
    return at >= len(text) or not _inner(text[at]) or not _inner(text[at - 1])


def _inner(byte: int) -> bool:
    return byte >= 0x80 or chr(byte).isalnum()


def decode(engine: Engine, vocabulary: Vocabulary, prompt: str, text: str, pulse: Pulse) -> Reading:
    """Returns the model's reading of `text`, the last part of `prompt`. Raises Stopped when the pulse ends."""
    writer = Decoder(engine, vocabulary, engine.tokenize(prompt), pulse)
    breaks = (vocabulary.line, vocabulary.end)
    intents: list[Intent] = []
    token = 0
    while len(intents) < MOST_INTENTS:
        word = writer.word(vocabulary.intents, breaks if intents else (), intents)
        if isinstance(word, int):
            token = word
            break
        intents.append(word)
    else:
        token, _ = writer.choose(breaks)
    sure = writer.scores.get(intents[0], 0.0)
    raw = text.encode()
    spans: list[Span] = []
    reference: int | None = None
    attribute: Attribute | None = None
    critique: list[Critique] = []
    at = 0
    while token == vocabulary.line and len(spans) < MOST_SPANS:
        writer.sureness = 1.0
        start = writer.word(vocabulary.starts)
        if start == lines.QUESTION:
            named = writer.word(vocabulary.attributes)
            attribute = next(name for name in lines.ATTRIBUTE_WORDS if name == named)
            token, _ = writer.choose(breaks)
        elif start == lines.CHANGE:
            token = _changes(writer, critique)
        elif isinstance(start, int):
            reference = 0 if start == 0 else reference
            token, _ = writer.choose(breaks)
        else:
            manner, writer.sureness = writer.sureness, 1.0
            kind = writer.word(vocabulary.kinds)
            found = writer.copy(raw, at)
            if found is None:
                break
            at, token = found[1], writer.tokens[-1]
            spans.append(_span(raw, found, kind, start, writer.sureness, manner))
    return Reading(tuple(intents), tuple(spans), reference, attribute, tuple(critique), sure, scores=writer.scores)


def _changes(writer: Decoder, critique: list[Critique]) -> int:
    """Reads the words of a line of changes; returns the token that closed it."""
    breaks = (writer.vocabulary.line, writer.vocabulary.end)
    while len(critique) < len(lines.CRITIQUE_WORDS):
        word = writer.word(writer.vocabulary.critiques, breaks if critique else (), critique)
        if isinstance(word, int):
            return word
        critique.append(word)
    return writer.choose(breaks)[0]


def _span(raw: bytes, found: tuple[int, int], kind: object, attitude: object, sureness: float, manner: float) -> Span:
    start, end = (len(raw[:offset].decode(errors="ignore")) for offset in found)
    return Span(
        start,
        end,
        next(name for name in lines.KIND_WORDS if name == kind),
        next(name for name in lines.ATTITUDE_WORDS if name == attitude),
        sureness,
        manner,
    )
