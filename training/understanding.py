"""The whole training of the readers of utterances: gold and made data → tagger and adapter, side by side."""

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from bot.understanding.model import ADAPTER
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.encode import Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from kg.errors import ModelError
from kg.linking import Linker
from kg.sources.default import default_catalogue
from training import gold, lora, tagger
from training.made_data import Names
from training.tagger_export import export
from training.tagger_model import TaggerModel
from training.understanding_examples import examples
from training.understanding_weak import weak_examples

Tell = Callable[[str], None]
GOLD = tagger.Recipe(minutes=65.0)
BOTH = tagger.Recipe(epochs=8, rate=7e-5, head_rate=4e-4, weak=1_200, minutes=40.0)
ADAPTED = lora.Recipe(minutes=105.0)


@dataclass(frozen=True)
class Stages:
    """The trainings: the tagger's on gold, from MiniLM or the weights `start`, and on weak rows too; the adapter's."""

    gold: tagger.Recipe = GOLD
    both: tagger.Recipe = BOTH
    adapter: lora.Recipe = ADAPTED
    start: Path | None = None

    @staticmethod
    def within(minutes: float) -> "Stages":
        """Returns the stages shortened alike, so that the tagger's two, and the adapter beside them, end in time."""
        share = minutes / max(GOLD.minutes + BOTH.minutes, ADAPTED.minutes)
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
    """Trains the tagger and beside it the adapter (unless not `tuned`), and writes both; returns their folder.

    `data` holds the dialogues of the real rows; `out` is the folder of the weights (the project's own if None), in
    which a training that is broken off leaves what it has, and from which the next goes on. Under two hours on two
    cores, one for each. Raises ModelError when a base model's package is missing.
    """
    folder = out or WEIGHTS.parent
    unfinished = folder / "unfinished"
    unfinished.mkdir(parents=True, exist_ok=True)
    items = default_catalogue().items
    names, hints = Names.of(items), Gazetteer.of(items)
    parts, stages = Parts.load(data), stages or Stages()
    adapter = unfinished / ADAPTER.name
    if tuned:
        tell("Tuning the language model, beside the tagger …")
        with _beside(lora.train, examples(parts.train), names, stages.adapter, adapter) as wait:
            fresh = _tagger(data, parts, Linker(items), hints, names, stages, unfinished, tell)
            tell("The tagger is done; waiting for the language model …")
            wait()
        shutil.copy(adapter, folder / ADAPTER.name)
    else:
        fresh = _tagger(data, parts, Linker(items), hints, names, stages, unfinished, tell)
    shutil.copy(fresh, folder / WEIGHTS.name)
    shutil.rmtree(unfinished)
    return folder


@contextmanager
def _beside(work: Callable[..., object], *arguments: object) -> Iterator[Callable[[], None]]:
    """Does the work in a second process, each with half of the cores; gives what waits for it, and ends it with us.

    What waits raises ModelError where the work failed.
    """
    threads = torch.get_num_threads()
    half = max(1, (os.cpu_count() or 2) // 2)
    torch.set_num_threads(half)
    second = multiprocessing.get_context("spawn").Process(target=_second, args=(half, work, arguments), daemon=True)
    second.start()

    def wait() -> None:
        second.join()
        if second.exitcode:
            raise ModelError("The language model could not be tuned; why stands above. Mend it and run this again.")

    try:
        yield wait
    finally:
        second.terminate()
        second.join()
        torch.set_num_threads(threads)


def _second(threads: int, work: Callable[..., object], arguments: Sequence[object]) -> None:
    """The second process: it leaves the first one its cores, and ends when that does, however that ended."""
    torch.set_num_threads(threads)
    threading.Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    work(*arguments)


def _end_with(parent: "multiprocessing.process.BaseProcess | None") -> None:
    if parent is not None:
        parent.join()
        os._exit(1)  # a next run may be writing the same state by then


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
