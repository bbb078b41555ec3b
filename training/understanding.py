"""The whole training of the readers of utterances: gold and made data → tagger and adapter."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.model import ADAPTER
from bot.understanding.tagger import WEIGHTS
from bot.understanding.tagger.encode import Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from kg.sources.default import default_catalogue
from training import gold, lora, tagger
from training.made_data import Names
from training.understanding_examples import examples

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Parts:
    """The gold rows' parts, real and written kept apart for the figures."""

    train: list[gold.GoldRow]
    dev: dict[str, list[gold.GoldRow]]
    held: dict[str, list[gold.GoldRow]]

    @staticmethod
    def load(data: Path) -> "Parts":
        """Returns the rows of `data` and of the project. Raises KeyError for a row whose dialogue is not in `data`."""
        real, written = gold.split(gold.load_real(data)), gold.split(gold.load_written())
        return Parts(
            [*real.train, *written.train],
            {"real": real.dev, "written": written.dev},
            {"real": real.held, "written": written.held},
        )


def train_understanding(
    data: Path, out: Path | None = None, tell: Tell = print, *, recipe: tagger.Recipe | None = None, tuned: bool = True
) -> Path:
    """Trains the tagger, then the adapter (unless not `tuned`), and writes both; returns their folder.

    `data` holds the dialogues of the real rows; `out` is the folder of the weights (the project's own if None).
    Two hours on one core, most of it the adapter. Raises ModelError when a base model's package is missing.
    """
    folder = out or WEIGHTS.parent
    folder.mkdir(parents=True, exist_ok=True)
    items = default_catalogue().items
    names, hints = Names.of(items), Gazetteer.of(items)
    parts = Parts.load(data)
    known = examples(parts.train)
    tell(f"Training the tagger on {len(known):,} gold rows, varied anew in every epoch …")
    model = tagger.train(known, Encoder(hints), names, recipe or tagger.Recipe())
    with tempfile.TemporaryDirectory() as aside:
        fresh = Path(aside) / WEIGHTS.name
        tagger.export(model, fresh)
        shutil.copy(fresh, folder / WEIGHTS.name)
    if tuned:
        tell("Tuning the language model …")
        with tempfile.TemporaryDirectory() as aside:
            adapter = Path(aside) / ADAPTER.name
            lora.train(known, names, lora.Recipe(), adapter)
            shutil.copy(adapter, folder / ADAPTER.name)
    return folder
