"""The parts that understand, each alone and all together, on the gold rows that were kept from training."""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.language_model import open_owner
from bot.understanding.links import Links
from bot.understanding.merge import Reads, Understander
from bot.understanding.model import ADAPTER, LANE, SmallReader
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.gazetteer import Gazetteer
from evaluation.understanding import Report, Row, evaluate_rows
from kg.items import Item
from kg.linking import Linker
from training import gold

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


def measured(folder: Path, items: Iterable[Item], rows: dict[str, list[gold.GoldRow]]) -> list[str]:
    """Returns a line of figures for every combination of the parts and every kind of rows; writes them as JSON too."""
    films = list(items)
    linker, hints = Linker(films), Gazetteer.of(films)
    read = Tagger(hints, folder / WEIGHTS.name) if (folder / WEIGHTS.name).exists() else None
    adapter = folder / ADAPTER.name
    owner = open_owner(adapters={LANE: adapter}) if adapter.exists() else None
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
