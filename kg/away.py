"""A server that may go away in the middle of a talk: something else answers until it is back."""

import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import structlog

from kg.errors import TastemakerError

_log = structlog.get_logger(__name__)
RETRY_AFTER = 5.0
_Answer = TypeVar("_Answer")


class MayBeAway:
    """Asks a server, and its stand-in while it fails. Any number of threads may ask at once."""

    def __init__(
        self,
        name: str,
        failure: type[TastemakerError],
        retry_after: float = RETRY_AFTER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`failure` is what the server's absence raises, `name` what the log calls it.

        It is asked again `retry_after` seconds later, by the first call that needs it.
        """
        self._name = name
        self._failure = failure
        self._retry_after = retry_after
        self._clock = clock
        self._failed_at: float | None = None
        self._lock = Lock()

    @property
    def away(self) -> bool:
        """Whether the server failed when it was last asked."""
        return self._failed_at is not None

    def ask(self, server: Callable[[], _Answer], stand_in: Callable[[], _Answer]) -> _Answer:
        """Returns the server's answer, or the stand-in's."""
        failed_at = self._failed_at
        if failed_at is not None and self._clock() - failed_at < self._retry_after:
            return stand_in()
        try:
            answer = server()
        except self._failure as error:
            self._went(error)
            return stand_in()
        if failed_at is not None:
            self._came_back()
        return answer

    def _went(self, error: TastemakerError) -> None:
        with self._lock:
            if self._failed_at is None:
                _log.warning("away", server=self._name, reason=str(error))
            self._failed_at = self._clock()

    def _came_back(self) -> None:
        with self._lock:
            if self._failed_at is not None:
                _log.warning("back", server=self._name)
            self._failed_at = None
