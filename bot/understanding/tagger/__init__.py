"""The tagger: a small encoder (MiniLM, tuned, eight bits) that reads an utterance in some ten milliseconds."""

from pathlib import Path

import numpy as np
import onnxruntime

from bot.understanding.reading import Reading
from bot.understanding.tagger import decode
from bot.understanding.tagger.encode import Encoded, Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context
from kg.errors import ModelError

WEIGHTS = Path(__file__).parent.parent / "weights" / "tagger.onnx"
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

    def read(self, text: str, context: Context) -> Reading:
        """Returns a reading of `text` (made readable); raises nothing for any text."""
        windows = self._encoder.encode(text, context)
        outputs = [self._run(window) for window in windows]
        return decode.reading(outputs, [window.offsets for window in windows], text)

    def _run(self, window: Encoded) -> dict[str, decode.Scores]:
        names = ("ids", "segment", "shape", "title", "person")
        feed = {name: np.asarray(getattr(window, name))[None] for name in names}
        values = self._session.run(list(_OUTPUTS), feed)
        return {name: np.asarray(value)[0] for name, value in zip(_OUTPUTS, values, strict=True)}
