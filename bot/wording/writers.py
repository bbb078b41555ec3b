"""Who writes a wording: the bundled model, tuned for it, token by token; or any other model, asked for several."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Protocol

import structlog
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import HumanMessage

from bot.language_model import Engine, Owner, Pulse, Stopped
from bot.wording.grammar import Grammar
from bot.wording.shapes import Shape
from bot.wording.words import allowed, sound
from bot.wording.writing import written
from kg.errors import ModelError
from prompts import load

log = structlog.get_logger(__name__)
ADAPTER = Path(__file__).parent / "weights" / "wording.lora.gguf"
LANE = "wording"
"""The name of the adapter, and of the lane in the model's queue."""
TRIES = 2
_WARMTH = 0.9
_SEVERAL, _MOST_TOKENS = 12, 400
_FAULTS = (ModelError, OSError, RuntimeError, ValueError)
SAYS = {
    "shared": "it has this in common with what the user likes",
    "wanted": "this is what the user asked for",
    "liked_kind": "this is to the user's taste",
    "limit": "it fits what the user asked for",
    "plain": "what it is",
    "together": "people who talk of the one often talk of the other",
}
"""What a reason says, by its kind."""


Write = Callable[[Shape], Sequence[str]]
Fill = Callable[[Write], bool]
"""Given who writes, has one wording written that is lacking; returns whether more are."""
Compose = Callable[[Engine, Shape, Pulse], tuple[str, ...]]


class Writer(Protocol):
    """Writes wordings of shapes; what it returns is sound."""

    def write(self, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
        """Returns wordings; none where the model is not ready, fails twice, or the pulse ends first."""
        ...

    def ahead(self, fill: Fill) -> None:
        """Does `fill` over and over until it returns False, without being in anybody's way."""
        ...

    def close(self) -> None:
        """Writes no more."""
        ...


class OwnerWriter:
    """Writes with a local model: now, within a pulse, or ahead, while nobody wants the model."""

    def __init__(self, owner: Owner, compose: Compose) -> None:
        self._owner, self._compose = owner, compose

    def write(self, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
        """Returns wordings, or none. Never waits for the model to load."""
        if not self._owner.ready:
            return ()
        try:
            return self._owner.run(lambda engine, own: self._compose(engine, shape, own), pulse, LANE, adapter=LANE)
        except Stopped:
            log.info("wording.late", shape=shape.key)
        except ModelError as error:
            log.warning("wording.failed", reason=str(error))
        return ()

    def ahead(self, fill: Fill) -> None:
        """Fills on the owner's thread while it is idle; any job stops it at its next token."""

        def step(engine: Engine, pulse: Pulse) -> bool:
            return fill(lambda shape: self._compose(engine, shape, pulse))

        self._owner.when_idle(step, adapter=LANE)

    def close(self) -> None:
        """Takes the idle work from the owner, which others may still use."""
        self._owner.when_idle(lambda *_: False)


class ServerWriter:
    """Writes with the model of a server, in a thread of its own."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wording")
        self._filling: Future[None] | None = None
        self._closed = Event()

    def write(self, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
        """Returns wordings if the server answers within the pulse."""
        try:
            return self._thread.submit(self._asked, shape).result(pulse.left)
        except (TimeoutError, CancelledError):
            log.info("wording.late", shape=shape.key)
        except _FAULTS as error:
            log.warning("wording.failed", reason=type(error).__name__)
        return ()

    def ahead(self, fill: Fill) -> None:
        """Fills in the thread, unless it is at it; a server that fails ends it until the next time."""

        def work() -> None:
            try:
                while not self._closed.is_set() and fill(self._asked):
                    pass
            except _FAULTS as error:
                log.warning("wording.failed", reason=type(error).__name__)

        if self._filling is None or self._filling.done():
            self._filling = self._thread.submit(work)

    def close(self) -> None:
        """Ends the thread after the request that is under way."""
        self._closed.set()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _asked(self, shape: Shape) -> tuple[str, ...]:
        for _ in range(TRIES):
            answer = self._model.invoke([HumanMessage(request(shape))], temperature=_WARMTH).text
            if found := sound_lines(answer, shape):
                return found
        return ()


def tuned(grammar: Grammar, seed: int | None = None) -> Compose:
    """Returns how the bundled model writes: one wording; one that is not sound is tried once more."""
    chance = random.Random(seed)

    def compose(engine: Engine, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
        for _ in range(TRIES):
            if sound(text := written(engine, grammar, shape, pulse, chance), shape):
                return (text,)
        return ()

    return compose


def asked(engine: Engine, shape: Shape, pulse: Pulse) -> tuple[str, ...]:
    """Writes with a larger local model: several wordings at once. Raises Stopped when the pulse ends."""
    for _ in range(TRIES):
        pieces = []
        messages = [{"role": "user", "content": request(shape)}]
        for piece in engine.chat(messages, max_tokens=_MOST_TOKENS, temperature=_WARMTH):
            pulse.check()
            pieces.append(piece)
        if found := sound_lines("".join(pieces), shape):
            return found
    return ()


def request(shape: Shape) -> str:
    """Returns what a model is asked that was not tuned for wording."""
    return load("wording").format(
        several=_SEVERAL,
        language={"en": "English", "zh": "Chinese"}[shape.language],
        says=SAYS[shape.kind],
        told=shape.told,
        slots=", ".join(f"{{{slot}}}" for slot in shape.slots) or "(none)",
        words=", ".join(sorted(allowed(shape))),
    )


def sound_lines(answer: str, shape: Shape) -> tuple[str, ...]:
    """Returns the lines of an answer that are sound wordings, each once."""
    lines = (line.strip(" -*\t") for line in answer.splitlines())
    return tuple(dict.fromkeys(line for line in lines if sound(line, shape)))
