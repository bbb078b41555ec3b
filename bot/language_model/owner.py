"""One thread owns the model; everyone else queues. Lanes take turns: one caller's many jobs hold up no other's."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import Any, Generic, TypeVar

import structlog

from bot.language_model.engine import Engine
from kg.errors import ModelError

log = structlog.get_logger(__name__)
T = TypeVar("T")
_END = object()
_FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)


class Stopped(ModelError):
    """The work was cancelled or its time was over."""


class Pulse:
    """Tells running work, token by token, whether it may go on."""

    def __init__(self, seconds: float | None = None) -> None:
        self._cancelled = threading.Event()
        self._until = None if seconds is None else time.monotonic() + seconds

    def cancel(self) -> None:
        """Stops the work at its next token."""
        self._cancelled.set()

    @property
    def alive(self) -> bool:
        """Whether there is time left and nobody has cancelled."""
        return not self._cancelled.is_set() and (self._until is None or time.monotonic() < self._until)

    @property
    def left(self) -> float | None:
        """Seconds left, None without a deadline."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    def check(self) -> None:
        """Raises Stopped when the work must end."""
        if not self.alive:
            raise Stopped("The language model's answer was stopped: it was cancelled or took too long.")


@dataclass
class _Job(Generic[T]):
    work: Callable[[Engine, Pulse], T]
    pulse: Pulse
    adapted: bool
    future: "Future[T]" = field(default_factory=Future)


class Owner:
    """Opens the engine in its own thread and runs jobs on it, one at a time."""

    def __init__(self, open_engine: Callable[[], Engine]) -> None:
        self._open = open_engine
        self._lanes: dict[str, deque[_Job[Any]]] = {}
        self._order: deque[str] = deque()
        self._wake = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._failure: ModelError | None = None
        self._ready = threading.Event()

    def warm(self) -> None:
        """Begins to load the model in the background."""
        self._start()

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._ready.is_set() and self._failure is None

    def run(
        self, work: Callable[[Engine, Pulse], T], pulse: Pulse | None = None, lane: str = "", adapted: bool = False
    ) -> T:
        """Returns what `work` returns, run on the owner thread with the adapter on or off.

        Raises Stopped when the pulse ends first, also while waiting, and ModelError when the model cannot be loaded.
        """
        job = _Job(work, pulse or Pulse(), adapted)
        self._put(lane, job)
        try:
            return job.future.result(timeout=job.pulse.left)
        except TimeoutError:
            job.pulse.cancel()
            job.pulse.check()
            raise

    def stream(
        self,
        work: Callable[[Engine, Pulse], Iterator[T]],
        pulse: Pulse | None = None,
        lane: str = "",
        adapted: bool = False,
    ) -> Iterator[T]:
        """Yields what `work` yields, run on the owner thread. Leaving the loop early cancels the work."""
        items: Queue[Any] = Queue()
        pulse = pulse or Pulse()

        def produce(engine: Engine, pulse: Pulse) -> None:
            for item in work(engine, pulse):
                items.put(item)
                pulse.check()

        job = _Job(produce, pulse, adapted)
        job.future.add_done_callback(lambda _: items.put(_END))
        self._put(lane, job)
        try:
            while (item := self._next(items, pulse)) is not _END:
                yield item
            job.future.result()
        finally:
            pulse.cancel()

    @staticmethod
    def _next(items: "Queue[Any]", pulse: Pulse) -> Any:
        while True:
            try:
                return items.get(timeout=0.5 if pulse.left is None else min(0.5, pulse.left + 0.01))
            except Empty:
                pulse.check()

    def close(self) -> None:
        """Ends the thread after the running job is stopped; waiting jobs fail with Stopped."""
        with self._wake:
            self._closed = True
            for lane in self._lanes.values():
                for job in lane:
                    job.pulse.cancel()
            self._wake.notify_all()
        if self._thread:
            self._thread.join(timeout=5)

    def _put(self, lane: str, job: _Job[Any]) -> None:
        self._start()
        with self._wake:
            if self._closed:
                raise ModelError("The language model was closed: open a new recommender.")
            if lane not in self._lanes:
                self._lanes[lane] = deque()
                self._order.append(lane)
            self._lanes[lane].append(job)
            self._wake.notify()

    def _start(self) -> None:
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="language-model", daemon=True)
                self._thread.start()

    def _take(self) -> _Job[Any] | None:
        """Waits for a job; the lanes take turns. None when closed."""
        with self._wake:
            while not self._order and not self._closed:
                self._wake.wait()
            if not self._order:
                return None
            lane = self._order.popleft()
            job = self._lanes[lane].popleft()
            if self._lanes[lane]:
                self._order.append(lane)
            else:
                del self._lanes[lane]
            return job

    def _work(self) -> None:
        engine: Engine | None = None
        try:
            engine = self._open()
        except ModelError as error:
            self._failure = error
            log.warning("model.failed", reason=str(error))
        self._ready.set()
        while (job := self._take()) is not None:
            self._do(job, engine)
        close = getattr(engine, "close", None)
        if close:
            close()

    def _do(self, job: _Job[Any], engine: Engine | None) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            if engine is None:
                raise self._failure or ModelError("The language model is not loaded.")
            job.pulse.check()
            engine.adapt(job.adapted)
            job.future.set_result(job.work(engine, job.pulse))
        except ModelError as error:
            job.future.set_exception(error)
        except _FAULTS as error:  # the thread outlives any job; the caller gets the reason
            failure = ModelError(f"The language model failed ({type(error).__name__}): start the program again.")
            failure.__cause__ = error
            job.future.set_exception(failure)
