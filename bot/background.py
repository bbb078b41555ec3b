"""A recommender opened behind a page that is already up: progress in a sentence, then it, or the error."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.errors import TastemakerError

if TYPE_CHECKING:
    from bot.recommender import Recommender

Opener = Callable[[Callable[[str], None]], "Recommender"]


class Background:
    """Opens a recommender in a thread of its own. `words` always says, in one sentence, how far it is."""

    def __init__(self, opener: Opener) -> None:
        self.words = "Starting …"
        self._opener = opener
        self._ready = threading.Event()
        self._recommender: Recommender | None = None
        self._error: TastemakerError | None = None
        self._thread = threading.Thread(target=self._open, name="opening", daemon=True)

    def start(self) -> None:
        """Begins to open; returns at once."""
        self._thread.start()

    @property
    def ready(self) -> bool:
        """Whether the opening has ended, well or with an error."""
        return self._ready.is_set()

    def wait(self, seconds: float | None = None) -> "Recommender | None":
        """Returns the recommender, or None when it is not open after `seconds` (None: for as long as it takes).

        Raises the TastemakerError that the opening ended with.
        """
        if not self._ready.wait(seconds):
            return None
        if self._error:
            raise self._error
        return self._recommender

    def close(self) -> None:
        """Frees the recommender, if it was opened."""
        if self._recommender:
            self._recommender.close()

    def _open(self) -> None:
        try:
            self._recommender = self._opener(self._tell)
            self._tell("Ready.")
        except TastemakerError as error:
            self._error = error
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - the thread's end must be seen on the page, whatever it was
            self._error = TastemakerError(f"Starting failed ({error}). `tastemaker doctor` says what is wrong.")
            self._tell(str(self._error))
        finally:
            self._ready.set()

    def _tell(self, words: str) -> None:
        self.words = words
