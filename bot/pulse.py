"""Whether running work may go on: a deadline and a cancel flag, looked at between tokens."""

import threading
import time

from kg.errors import ModelError


class Stopped(ModelError):
    """The work was cancelled or its time was over."""


class Pulse:
    """Tells running work, token by token, whether it may go on."""

    def __init__(self, seconds: float | None = None, within: "Pulse | None" = None) -> None:
        """`within` is the pulse of a larger piece of work: where it ends, this one does."""
        self._cancelled = threading.Event()
        self._until = None if seconds is None else time.monotonic() + seconds
        self._within = within

    def cancel(self) -> None:
        """Stops the work at its next token."""
        self._cancelled.set()

    @property
    def alive(self) -> bool:
        """Whether there is time left and nobody has cancelled."""
        outer = self._within is None or self._within.alive
        return outer and not self._cancelled.is_set() and (self._until is None or time.monotonic() < self._until)

    @property
    def left(self) -> float | None:
        """Seconds left, None without a deadline."""
        mine = None if self._until is None else max(0.0, self._until - time.monotonic())
        outer = self._within.left if self._within else None
        return min((seconds for seconds in (mine, outer) if seconds is not None), default=None)

    def check(self) -> None:
        """Raises Stopped when the work must end."""
        if not self.alive:
            raise Stopped("The language model's answer was stopped: it was cancelled or took too long.")
