"""Opens the parts, owns their lifetime, and hands out conversations."""

import threading
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from bot.conversation import Conversation
from bot.journal import Unsaved
from bot.logs import quiet_unless_configured
from bot.parts import Parts
from bot.settings import Settings
from bot.store import Store
from kg.catalogue import Catalogue

Progress = Callable[[str], None]
"""Told a sentence about what is being opened or built."""


class Recommender:
    """The whole system, opened. Use it as a context manager; share one among threads."""

    def __init__(self, parts: Parts, store: Store, close: Callable[[], None] = lambda: None) -> None:
        self._parts = parts
        self._store = store
        self._close = close
        self._closed = threading.Event()
        self._unsaved: Unsaved = {}
        self._live: WeakValueDictionary[str, Conversation] = WeakValueDictionary()
        self._lock = threading.Lock()

    @classmethod
    def open(cls, settings: Settings | None = None, progress: Progress = lambda _: None) -> Self:
        """Returns a recommender over the index in the home folder; builds the default index where there is none.

        `progress` is told what happens. Raises a TastemakerError (a child of it) whose sentence says what to do.
        """
        # Chroma, onnxruntime and llama.cpp are imported here, so that `import bot` and the web page stay quick.
        from bot.opening import open_parts  # noqa: PLC0415

        quiet_unless_configured()
        settings = settings or Settings()
        store = Store(settings.database)
        opened = open_parts(settings, progress)
        return cls(opened.parts, store, opened.close)

    @property
    def catalogue(self) -> Catalogue:
        """All items: `.find(title, year=…)`, `.get(id)`."""
        return self._parts.catalogue

    @property
    def parts(self) -> Parts:
        """The opened parts, for evaluation and for those who swap one."""
        return self._parts

    def conversation(self, user: str = "you", id: str | None = None) -> Conversation:
        """Returns a new conversation of a user, or the one with this id, resumed.

        Raises StoreError when the id belongs to another user or the store cannot be read.
        """
        talk = id or uuid.uuid4().hex
        self._store.begin(talk, user)
        with self._lock:
            # two handles on one talk must not write the same turn twice
            live = self._live.get(talk)
            if live is None:
                live = self._live[talk] = Conversation(self._parts, self._store, user, talk, self._unsaved)
            else:
                live.refresh()
            return live

    def talks(self, user: str) -> list[str]:
        """Returns the ids of a user's conversations, the latest first."""
        return self._store.talks(user)

    def put_bookmark(self, history: str, talk: str, user: str) -> None:
        """Remembers which talk goes on after a history (its digest), for clients that send no id."""
        self._store.put_bookmark(history, talk, user)

    def take_bookmark(self, history: str) -> str | None:
        """Returns the talk that goes on after a history, once; None for none."""
        return self._store.take_bookmark(history)

    def close(self) -> None:
        """Frees the model, the graph, the vectors and the database; a second call does nothing."""
        if not self._closed.is_set():
            self._closed.set()
            self._close()
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
