"""Turns for channels that live in an event loop: each runs in a thread, those of one talk one after another.

The conversation is synchronous and may take seconds; the loop has to acknowledge the next message meanwhile.
"""

import asyncio
import hashlib
import threading
import weakref
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, runtime_checkable

from bot import Done, Reply, ReplyEvent

_AT_ONCE = 8  # turns of different talks; the model answers one after another anyway
_LOOK = 0.2  # seconds between two looks at a recommender that is being opened
READY = "Ready."  # `Opening.words` once it is open
FAILED = "Something went wrong on my side. Please say it once more; if it happens again, tell whoever runs me."
LONGEST_TALK, LONGEST_USER = 64, 200  # characters that the store keeps of the two ids


class Talk(Protocol):
    """What a channel needs of `bot.Conversation`."""

    def stream(self, utterance: str, *, speaker: str = ...) -> Iterator[ReplyEvent]:
        """Yields the reply as events, `Done` last. `speaker` is the name of who talks, where several do."""
        ...


@runtime_checkable
class Talks(Protocol):
    """What a channel needs of `bot.Recommender`."""

    def conversation(self, user: str = ..., id: str | None = ...) -> Talk:
        """Returns the conversation of a user with this id, new or resumed."""
        ...

    def put_bookmark(self, history: str, talk: str, user: str) -> None:
        """Remembers which talk goes on after a history (its digest)."""
        ...

    def take_bookmark(self, history: str) -> str | None:
        """Returns the talk that goes on after a history, once; None for none."""
        ...


class Opening(Protocol):
    """What a channel needs of `bot.background.Background`: a recommender that may still be opening."""

    @property
    def words(self) -> str:
        """How far it is, in a sentence."""
        ...

    def start(self) -> None:
        """Begins to open."""
        ...

    def wait(self, seconds: float | None = ...) -> Talks | None:
        """Returns the recommender, None while it is opening; raises the TastemakerError that it failed with."""
        ...


class Opened:
    """A recommender that is open already, as an `Opening`."""

    words = READY

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    def start(self) -> None:
        """Nothing is left to do."""

    def wait(self, seconds: float | None = None) -> Talks:
        """Returns the recommender."""
        return self._talks


def opening_of(source: Opening | Talks) -> Opening:
    """Returns a source of either kind as an `Opening`."""
    return Opened(source) if isinstance(source, Talks) else source


def short_id(*parts: str, most: int) -> str:
    """Returns the parts joined by colons; the end becomes a digest where that is longer than `most` characters."""
    whole = ":".join(parts)
    if len(whole) <= most:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:40]
    return f"{parts[0][: most - 41]}:{digest}"


class Turns:
    """Takes turns for users. One instance serves a whole channel; use it in one event loop only."""

    def __init__(self, source: Opening | Talks) -> None:
        self.opening = opening_of(source)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="turn")
        self._locks: weakref.WeakValueDictionary[tuple[str, str], asyncio.Lock] = weakref.WeakValueDictionary()

    async def talks(self) -> Talks:
        """Returns the recommender as soon as it is open. Raises the TastemakerError that the opening ended with."""
        while (found := self.opening.wait(0)) is None:
            await asyncio.sleep(_LOOK)
        return found

    async def say(self, user: str, talk: str, utterance: str, speaker: str = "") -> Reply:
        """Returns the whole reply. Raises a TastemakerError when the talk cannot be opened or taken on."""
        events = self.stream(user, talk, utterance, speaker)
        return [event.reply async for event in events if isinstance(event, Done)][-1]

    async def stream(self, user: str, talk: str, utterance: str, speaker: str = "") -> AsyncGenerator[ReplyEvent, None]:
        """Yields the reply's events. Closing this, or cancelling who reads it, stops the turn at its next event."""
        talks = await self.talks()
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[ReplyEvent | None] = asyncio.Queue()
        stopped = threading.Event()

        def tell(event: ReplyEvent | None) -> None:
            loop.call_soon_threadsafe(events.put_nowait, event)

        def work() -> None:
            try:
                for event in talks.conversation(user, talk).stream(utterance, speaker=speaker):
                    if stopped.is_set():
                        break  # lets go of the stream, which closes it
                    tell(event)
            finally:
                tell(None)

        lock = self._locks.setdefault((user, talk), asyncio.Lock())
        await lock.acquire()
        turn = self._pool.submit(work)
        # The thread frees the talk, not the reader: who leaves early leaves a thread that is still at it.
        turn.add_done_callback(lambda _: loop.call_soon_threadsafe(lock.release))
        try:
            while (event := await events.get()) is not None:
                yield event
            await asyncio.wrap_future(turn)  # raises what the turn raised
        finally:
            stopped.set()
            turn.cancel()  # where no thread has taken it yet
