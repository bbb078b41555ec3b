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
from bot.pulse import Pulse, Stopped
from kg.errors import ModelError

log = structlog.get_logger(__name__)
T = TypeVar("T")
IDLE_AFTER = 1.5
"""Seconds without a job after which idle work may begin: a talk under way is not slowed."""
_ENDING = 60.0
"""Seconds that closing waits at most: loading cannot be stopped, and to end the process in its middle crashes it."""
_END = object()
_FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)


@dataclass
class _Job(Generic[T]):
    work: Callable[[Engine, Pulse], T]
    pulse: Pulse
    adapter: str | None
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
        self._idle: tuple[Callable[[Engine, Pulse], bool], str | None] | None = None
        self._idling = Pulse()
        self._rest_until = 0.0

    def warm(self) -> None:
        """Begins to load the model in the background."""
        self._start()

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._ready.is_set() and self._failure is None

    def run(
        self,
        work: Callable[[Engine, Pulse], T],
        pulse: Pulse | None = None,
        lane: str = "",
        adapter: str | None = None,
    ) -> T:
        """Returns what `work` returns, run on the owner thread with the named adapter on, or with none.

        Raises Stopped when the pulse ends first, also while waiting, and ModelError when the model cannot be loaded.
        """
        job = _Job(work, pulse or Pulse(), adapter)
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
        adapter: str | None = None,
    ) -> Iterator[T]:
        """Yields what `work` yields, run on the owner thread. Leaving the loop early cancels the work."""
        items: Queue[Any] = Queue()
        pulse = pulse or Pulse()

        def produce(engine: Engine, pulse: Pulse) -> None:
            for item in work(engine, pulse):
                items.put(item)
                pulse.check()

        job = _Job(produce, pulse, adapter)
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

    def when_idle(self, step: Callable[[Engine, Pulse], bool], adapter: str | None = None) -> None:
        """Has `step` done over and over while nobody wants the model, until it returns False; replaces an earlier one.

        A job that comes stops the step at its next token (its pulse), and is done first.
        """
        with self._wake:
            self._idle = (step, adapter)
            self._wake.notify()

    def close(self) -> None:
        """Ends the thread after the running job is stopped; waiting jobs fail with Stopped."""
        with self._wake:
            self._closed = True
            self._idling.cancel()
            for lane in self._lanes.values():
                for job in lane:
                    job.pulse.cancel()
            self._wake.notify_all()
        if self._thread:
            self._thread.join(timeout=_ENDING)

    def _put(self, lane: str, job: _Job[Any]) -> None:
        self._start()
        with self._wake:
            if self._closed:
                raise ModelError("The language model was closed: open a new recommender.")
            if lane not in self._lanes:
                self._lanes[lane] = deque()
                self._order.append(lane)
            self._lanes[lane].append(job)
            self._rest_until = time.monotonic() + IDLE_AFTER
            self._idling.cancel()
            self._wake.notify()

    def _start(self) -> None:
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="language-model", daemon=True)
                self._thread.start()

    def _take(self) -> _Job[Any] | None:
        """Waits for a job, or for the time of idle work; the lanes take turns. None when closed."""
        with self._wake:
            while not self._order and not self._closed:
                rest = max(0.0, self._rest_until - time.monotonic()) if self._idle else None
                if rest == 0.0:
                    return self._idle_job()
                self._wake.wait(rest)
            if not self._order:
                return None
            lane = self._order.popleft()
            job = self._lanes[lane].popleft()
            if self._lanes[lane]:
                self._order.append(lane)
            else:
                del self._lanes[lane]
            return job

    def _idle_job(self) -> _Job[Any]:
        """One step of the idle work as a job; a step that fails is the last. Called with the lock held."""
        assert self._idle
        current, (step, adapter) = self._idle, self._idle
        self._idling = Pulse()

        def work(engine: Engine, pulse: Pulse) -> None:
            more = False
            engine.spare(True)
            try:
                more = step(engine, pulse)
            except Stopped:
                more = True
            finally:
                engine.spare(False)
                if not more and self._idle is current:
                    self._idle = None

        return _Job(work, self._idling, adapter)

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
            engine.adapt(job.adapter)
            job.future.set_result(job.work(engine, job.pulse))
        except ModelError as error:
            job.future.set_exception(error)
        except _FAULTS as error:  # the thread outlives any job; the caller gets the reason
            failure = ModelError(f"The language model failed ({type(error).__name__}): start the program again.")
            failure.__cause__ = error
            job.future.set_exception(failure)
