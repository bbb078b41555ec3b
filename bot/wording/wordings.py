"""Gives the shapes of a reply their wordings: from the pool, different ones; what is missing is written in time."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from zlib import crc32

from bot.pulse import Pulse
from bot.wording.pool import Pool
from bot.wording.shapes import Shape, common_shapes
from bot.wording.writers import Writer

SECONDS = 0.6
"""The longest that a reply waits for wordings that are not in the pool."""
AT_FIRST, WHEN_NEEDED = 6, 20
"""Wordings written beforehand of every shape, and of a shape that was needed."""
_FIRST = 3  # a shape that was needed gets so many while others get one
_FAILURES = 30  # of a shape in a row before it is let be, for good
_SAVE_EVERY = 10
_LOOK_EVERY = 0.5  # seconds


class Wordings:
    """A pool and who writes for it. Thread-safe."""

    def __init__(self, pool: Pool, writer: Writer, seconds: float = SECONDS, at_first: int = AT_FIRST) -> None:
        self._pool, self._writer, self._seconds, self._at_first = pool, writer, seconds, at_first
        self._needed: Counter[Shape] = Counter()
        self._failed: Counter[Shape] = Counter()
        self._lock = threading.Lock()
        self._written = 0

    def draw(self, wanted: Sequence[tuple[str, Shape]], pulse: Pulse | None = None) -> list[tuple[str, ...]]:
        """Returns for each wanted shape the wordings that suit, best first; none where there are none.

        The first ones differ from each other as long as the pool has others. The string beside a shape chooses among
        equals, the same string the same. What the pool lacks is written, until the deadline or the end of `pulse`.
        """
        until = Pulse(self._seconds, within=pulse)
        shapes = [shape for _, shape in wanted]
        with self._lock:
            self._needed.update(shapes)
        for shape in dict.fromkeys(shapes):
            if until.alive and not self._pool.of(shape):
                self._pool.add(shape, self._writer.write(shape, until))
        said: Counter[str] = Counter()
        drawn: list[tuple[str, ...]] = []
        for seed, shape in wanted:
            held = self._pool.of(shape)
            offers = sorted(held, key=lambda text: (said[text], crc32(f"{seed}{text}".encode())))
            drawn.append(tuple(offers))
            said.update(offers[:1])
        self.begin()
        return drawn

    def begin(self) -> None:
        """Has what is missing written ahead of its use."""
        if self.missing():
            self._writer.ahead(self.fill)

    def written(self, seconds: float) -> bool:
        """Waits until what is to be written beforehand is written, so long at most; returns whether it is."""
        until = Pulse(seconds)
        while self.missing() and until.alive:
            time.sleep(min(_LOOK_EVERY, seconds))
        return self.missing() is None

    def missing(self) -> Shape | None:
        """Returns the shape that wants a wording most: needed ones first, then those that talks often need."""
        with self._lock:
            needed = [shape for shape, _ in self._needed.most_common()]
        spoken = dict.fromkeys(["en", *(shape.language for shape in needed)])
        wanted = {shape: self._at_first for language in spoken for shape in common_shapes(language)}
        wanted |= {shape: WHEN_NEEDED for shape in needed if shape.known}
        short = [s for s, most in wanted.items() if len(self._pool.of(s)) < most and not self._pool.is_exhausted(s)]
        return min(short, key=lambda s: len(self._pool.of(s)) / (_FIRST if s in needed else 1), default=None)

    def fill(self, write: Callable[[Shape], Sequence[str]]) -> bool:
        """Adds to the shape that lacks most what `write` gives; returns whether there is more to do."""
        shape = self.missing()
        if shape is None:
            self._pool.save()
            return False
        self._failed[shape] = 0 if self._pool.add(shape, write(shape)) else self._failed[shape] + 1
        if self._failed[shape] >= _FAILURES:
            self._pool.exhaust(shape)
        self._written += 1
        if self._written % _SAVE_EVERY == 0:
            self._pool.save()
        return True

    def close(self) -> None:
        """Stops the writing and keeps what was written."""
        self._writer.close()
        self._pool.save()
