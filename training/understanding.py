"""The whole training of the readers of utterances: gold and made data → tagger and adapter."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from bot.understanding.model import ADAPTER
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.encode import Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from kg.linking import Linker
from kg.sources.default import default_catalogue
from training import gold, lora, tagger
from training.made_data import Names
from training.tagger_export import export
from training.tagger_model import TaggerModel
from training.understanding_examples import examples
from training.understanding_weak import weak_examples

Tell = Callable[[str], None]
GOLD = tagger.Recipe()
BOTH = tagger.Recipe(epochs=8, rate=7e-5, head_rate=4e-4, weak=1_200, minutes=35.0)
ADAPTED = lora.Recipe()


@dataclass(frozen=True)
class Stages:
    """The trainings: the tagger's on gold, from MiniLM or the weights `start`, and on weak rows too; the adapter's."""

    gold: tagger.Recipe = GOLD
    both: tagger.Recipe = BOTH
    adapter: lora.Recipe = ADAPTED
    start: Path | None = None

    @staticmethod
    def within(minutes: float) -> "Stages":
        """Returns the stages shortened alike, so that together they train for so long (115 minutes as they are)."""
        share = minutes / (GOLD.minutes + BOTH.minutes + ADAPTED.minutes)
        return Stages(
            replace(GOLD, minutes=GOLD.minutes * share),
            replace(BOTH, minutes=BOTH.minutes * share),
            replace(ADAPTED, minutes=ADAPTED.minutes * share),
        )


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
    data: Path, out: Path | None = None, tell: Tell = print, stages: Stages | None = None, *, tuned: bool = True
) -> Path:
    """Trains the tagger, then the adapter (unless not `tuned`), and writes both; returns their folder.

    `data` holds the dialogues of the real rows; `out` is the folder of the weights (the project's own if None), in
    which a training that is broken off leaves what it has, and from which the next goes on. Under two hours on two
    cores. Raises ModelError when a base model's package is missing.
    """
    folder = out or WEIGHTS.parent
    unfinished = folder / "unfinished"
    unfinished.mkdir(parents=True, exist_ok=True)
    items = default_catalogue().items
    names, hints = Names.of(items), Gazetteer.of(items)
    parts, stages = Parts.load(data), stages or Stages()
    fresh = _tagger(data, parts, Linker(items), hints, names, stages, unfinished, tell)
    shutil.copy(fresh, folder / WEIGHTS.name)
    if tuned:
        tell("Tuning the language model …")
        adapter = unfinished / ADAPTER.name
        lora.train(examples(parts.train), names, stages.adapter, adapter)
        shutil.copy(adapter, folder / ADAPTER.name)
    shutil.rmtree(unfinished)
    return folder


def _tagger(
    data: Path, parts: Parts, linker: Linker, hints: Gazetteer, names: Names, stages: Stages, aside: Path, tell: Tell
) -> Path:
    """Trains the tagger on gold, lets it read the other dialogues, trains it on both; returns the exported file."""
    encoder, known = Encoder(hints), examples(parts.train)
    first, second = aside / "gold.onnx", aside / WEIGHTS.name
    if not first.exists():
        tell(f"Training the tagger on {len(known):,} gold rows, varied anew in every pass …")
        _stage(first, tagger.train(known, encoder, names, stages.gold, stages.start, keep=aside / "gold.state"))
    if not second.exists():
        measuring = [row for rows in (*parts.dev.values(), *parts.held.values()) for row in rows]
        weak = weak_examples(data, parts.train, measuring, Tagger(hints, first), linker)
        tell(f"Training it on, with {len(weak):,} turns that it has read …")
        begun, keep = first.with_suffix(".pt"), aside / "both.state"
        _stage(second, tagger.train(known, encoder, names, stages.both, begun, weak, keep))
    return second


def _stage(file: Path, model: TaggerModel) -> None:
    """Writes a trained model's weights and, last, its exported form."""
    torch.save(model.state_dict(), file.with_suffix(".pt"))
    export(model, file)
