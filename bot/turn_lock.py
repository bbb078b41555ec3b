"""One turn of a talk at a time; and no wait for a stream that only the one who waits could read on."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kg.errors import TastemakerError

_PATIENCE = 2.0  # seconds for a stream of one's own to end: one that was dropped is being closed by its event loop
_STUCK = (
    "A reply of this talk is still being streamed here, and this cannot wait for it: read it to its end, or close it, "
    "first."
)


class Claim:
    """Marks a stream as its caller's, in the code and in the tasks that go on from the call."""

    mine: bool = True


_CLAIMS: ContextVar[tuple[weakref.ref[Claim], ...]] = ContextVar("streams begun here", default=())


def claim() -> Claim:
    """Returns a new claim of the caller."""
    mine = Claim()
    alive = (known for known in _CLAIMS.get() if known() is not None)
    _CLAIMS.set((*alive, weakref.ref(mine)))
    return mine


class TurnLock:
    """Held by a turn. It may be let go by another thread than took it, as streams are read by several."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: Claim | None = None

    @contextmanager
    def held(self, by: Claim | None = None) -> Iterator[None]:
        """Waits for the turns of others. Raises TastemakerError where the caller's own unfinished stream has it."""
        while not self._lock.acquire(timeout=_PATIENCE):
            holder = self._holder
            if holder and holder.mine and any(known() is holder for known in _CLAIMS.get()):
                raise TastemakerError(_STUCK)
        self._holder = by
        try:
            yield
        finally:
            self._holder = None
            self._lock.release()

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """Waits for nobody; gives whether it is held now."""
        free = self._lock.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._lock.release()
