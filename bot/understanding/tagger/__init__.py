"""The tagger: a small encoder (MiniLM, tuned, eight bits) that reads an utterance in some ten milliseconds."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime

from bot.understanding.reading import Reading, Span
from bot.understanding.tagger import decode
from bot.understanding.tagger.encode import Encoded, Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context
from kg.errors import ModelError

WEIGHTS = Path(__file__).parent.parent / "weights" / "tagger.onnx"
MOST_MARKED = 8
"""Spans of one utterance that are read a second time, each by itself."""
_OUTPUTS = ("intent", "acts", "reference", "attribute", "critique", "tags", "attitudes")


class Tagger:
    """Reads utterances with exported weights. Any number of threads may read at once."""

    def __init__(self, gazetteer: Gazetteer, weights: Path = WEIGHTS, threads: int = 1) -> None:
        """Raises ModelError when the weights are missing or damaged."""
        if not weights.exists():
            raise ModelError(f"The tagger's weights {weights.name} are missing: run `tastemaker train understanding`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"The tagger's weights {weights.name} are damaged: run `tastemaker train understanding`."
            ) from error
        self._encoder = Encoder(gazetteer)
        self._inputs = [given.name for given in self._session.get_inputs()]

    def read(self, text: str, context: Context) -> Reading:
        """Returns a reading of `text` (made readable); raises nothing for any text."""
        windows = self._encoder.encode(text, context)
        outputs = [self._run([window])[0] for window in windows]
        reading = decode.reading(outputs, [window.offsets for window in windows], text)
        return replace(reading, spans=self._weighed(windows, reading.spans))

    def weighed(self, text: str, context: Context, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Returns spans of `text` with their attitudes weighed anew: each is marked in the text and read by itself."""
        return self._weighed(self._encoder.encode(text, context), spans)

    def _weighed(self, windows: Sequence[Encoded], spans: Sequence[Span]) -> tuple[Span, ...]:
        """Returns the spans with their attitudes weighed anew: each is marked in the text and read once more."""
        weighed: list[Span] = []
        for window in windows if "mark" in self._inputs else ():
            own = [span for span in spans if span not in weighed and window.holds(span.start, span.end)]
            batch = own[: MOST_MARKED - len(weighed)]
            marked = [window.marked(span.start, span.end) for span in batch]
            outputs = self._run(marked) if marked else []
            weighed += [decode.weighed(*each) for each in zip(batch, outputs, marked, strict=True)]
        known = {(span.start, span.end): span for span in weighed}
        return tuple(known.get((span.start, span.end), span) for span in spans)

    def _run(self, windows: Sequence[Encoded]) -> list[dict[str, decode.Scores]]:
        """Returns the outputs for windows of one length."""
        feed = {name: np.stack([getattr(window, name) for window in windows]) for name in self._inputs}
        values = self._session.run(list(_OUTPUTS), feed)
        named = dict(zip(_OUTPUTS, (np.asarray(value) for value in values), strict=True))
        return [{name: value[index] for name, value in named.items()} for index in range(len(windows))]
