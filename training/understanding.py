"""The whole training of the readers of utterances: gold and made data → tagger and adapter → figures."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.language_model import open_owner
from bot.understanding.links import Links
from bot.understanding.merge import Reads, Understander
from bot.understanding.model import ADAPTER, SmallReader
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.encode import Encoder
from bot.understanding.tagger.gazetteer import Gazetteer
from evaluation.understanding import Report, Row, evaluate_rows
from kg.items import Item
from kg.linking import Linker
from kg.sources.default import default_catalogue
from training import gold, lora, tagger
from training.made_data import Names
from training.understanding_examples import examples

Tell = Callable[[str], None]
SHOWN = (
    "intent_accuracy",
    "mention_f1",
    "attitude_accuracy",
    "constraint_accuracy",
    "reference_accuracy",
    "attribute_accuracy",
    "critique_accuracy",
    "p50_seconds",
    "p95_seconds",
    "rows",
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
    data: Path, out: Path | None = None, tell: Tell = print, *, recipe: tagger.Recipe | None = None, tuned: bool = True
) -> list[str]:
    """Trains the tagger, then the adapter (unless not `tuned`), writes them and a card; returns the figures as lines.

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
    tell("Measuring on the dev part …")
    return measured(folder, items, parts.dev)


def measured(folder: Path, items: Iterable[Item], rows: dict[str, list[gold.GoldRow]]) -> list[str]:
    """Returns a line of figures for every combination of the parts and every kind of rows; writes them as JSON too."""
    films = list(items)
    linker, hints = Linker(films), Gazetteer.of(films)
    read = Tagger(hints, folder / WEIGHTS.name) if (folder / WEIGHTS.name).exists() else None
    adapter = folder / ADAPTER.name
    owner = open_owner(adapter=adapter) if adapter.exists() else None
    figures: dict[str, dict[str, float | int]] = {}
    try:
        model = SmallReader(owner, seconds=30.0).wait() if owner else None
        combinations: dict[str, tuple[Reads | None, Reads | None]] = {"rules and linker": (None, None)}
        if read:
            combinations["tagger"] = (read, None)
        if model:
            combinations["model"] = (None, model)
        if read and model:
            combinations["all"] = (read, model)
        for name, (first, second) in combinations.items():
            for kind, gold_rows in rows.items():
                figures[f"{name}, {kind}"] = dict(report(gold_rows, linker, first, second).metrics)
    finally:
        if owner:
            owner.close()
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return [f"{name}: " + "  ".join(f"{key} {values[key]}" for key in SHOWN) for name, values in figures.items()]


def report(
    rows: Iterable[gold.GoldRow], links: Links, tagger_part: Reads | None = None, model_part: Reads | None = None
) -> Report:
    """Returns the report of gold rows for the given parts."""
    understander = Understander(links, tagger_part, model_part)
    return evaluate_rows([Row.of(row.model_dump()) for row in rows], understander)
