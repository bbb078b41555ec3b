"""The tuned bundled model, asked within a deadline."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import structlog

from bot.language_model import Engine, Owner, Pulse, Stopped
from bot.understanding.model import copying, lines, weighing
from bot.understanding.reading import Reading, Span
from bot.understanding.types import Context
from kg.errors import ModelError

log = structlog.get_logger(__name__)
ADAPTER = Path(__file__).parent.parent / "weights" / "understanding.lora.gguf"
T = TypeVar("T")
LANE = "understanding"
"""The name of its adapter, and of its lane in the model's queue."""


class SmallReader:
    """Reads with the model of an owner whose adapter was trained for it. Never waits for the model to load."""

    def __init__(self, owner: Owner, seconds: float = 0.7, weighing_seconds: float = 0.4) -> None:
        """The longest that one reading, or one weighing of attitudes, may take, waiting included."""
        self._owner = owner
        self._seconds = seconds
        self._weighing_seconds = weighing_seconds
        self._vocabulary: copying.Vocabulary | None = None
        owner.warm()

    def wait(self, seconds: float = 60.0) -> "SmallReader":
        """Waits until the model is loaded, at most so long; for measuring, never in a talk. Returns itself."""
        self._owner.run(lambda *_: None, Pulse(seconds), LANE)
        return self

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns a reading of `text` (made readable); None while the model loads, is busy, late or broken."""
        if not self._owner.ready:
            return None
        shown = text[: lines.LONGEST]

        def work(engine: Engine, pulse: Pulse) -> Reading:
            if self._vocabulary is None:
                self._vocabulary = copying.Vocabulary(engine)
            return copying.decode(engine, self._vocabulary, lines.prompt(text, context), shown, pulse)

        return self._run(work, self._seconds)

    def weigh(self, text: str, context: Context, spans: Sequence[Span]) -> Mapping[Span, Sequence[float]]:
        """Returns the probabilities of the attitudes to those spans that there was time for."""
        weighed: dict[Span, Sequence[float]] = {}
        if self._owner.ready:

            def work(engine: Engine, pulse: Pulse) -> None:
                for span, chances in weighing.weigh(engine, text, context, spans, pulse):
                    weighed[span] = chances

            self._run(work, self._weighing_seconds)
        return dict(weighed)

    def _run(self, work: Callable[[Engine, Pulse], T], seconds: float) -> T | None:
        try:
            return self._owner.run(work, Pulse(seconds), LANE, adapter=LANE)
        except Stopped:
            log.info("model.late", seconds=seconds)
        except ModelError as error:
            log.warning("model.failed", reason=str(error))
        return None
