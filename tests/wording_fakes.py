"""Who writes wordings in tests: what it is told to, slowly if wanted."""

import time
from collections.abc import Callable, Iterable

from bot.pulse import Pulse
from bot.wording.shapes import Shape
from bot.wording.words import sound
from bot.wording.writers import Fill


class FakeWriter:
    """Writes what `says` gives for a shape, `seconds` a wording, like a model that may say anything at all."""

    def __init__(self, says: Callable[[Shape, int], Iterable[str]], seconds: float = 0.0, checks: bool = True) -> None:
        self._says, self._seconds, self._checks = says, seconds, checks
        self.asked: list[Shape] = []
        self.closed = False
        self.filling: Fill | None = None

    def write(self, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
        self.asked.append(shape)
        until = time.monotonic() + self._seconds
        while time.monotonic() < until:
            if not pulse.alive:
                return ()
            time.sleep(0.001)
        said = self._says(shape, len(self.asked))
        return tuple(text for text in said if sound(text, shape) or not self._checks)

    def ahead(self, fill: Fill) -> None:
        self.filling = fill

    def close(self) -> None:
        self.closed = True


def lists(shape: Shape) -> str:
    """Returns a plain list of a shape's places: "{theme}, {film}"."""
    return ", ".join(f"{{{slot}}}" for slot in shape.slots)
