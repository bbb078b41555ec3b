"""The parts that understand, each alone and all together, on the gold rows that were kept from training."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.language_model import open_owner
from bot.understanding.links import Links, NoLinks
from bot.understanding.merge import Understander
from bot.understanding.model import ADAPTER, LANE, SmallReader
from bot.understanding.reading import Reading, Span
from bot.understanding.tagger import WEIGHTS, Tagger
from bot.understanding.tagger.gazetteer import Gazetteer
from bot.understanding.types import Context
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
    "rows",
)
SECONDS = ("p50_seconds", "p95_seconds")
"""Told of "all" alone: a part is asked once for several combinations."""


def measured(folder: Path, items: Iterable[Item], rows: dict[str, list[gold.GoldRow]]) -> Iterator[str]:
    """Yields a line of figures for every combination of the parts and every kind of rows; writes them as JSON too.

    The model has as long as it needs, but for "all", which keeps to the deadlines of a talk.
    """
    films = list(items)
    linker, hints = Linker(films), Gazetteer.of(films)
    read = Tagger(hints, folder / WEIGHTS.name) if (folder / WEIGHTS.name).exists() else None
    adapter = folder / ADAPTER.name
    owner = open_owner(adapters={LANE: adapter}) if adapter.exists() else None
    figures: dict[str, dict[str, float | int]] = {}
    try:
        model = Remembering(SmallReader(owner, 30.0, 30.0).wait()) if owner else None
        for name, understander in combinations(linker, read, model, SmallReader(owner) if owner else None):
            for kind, gold_rows in rows.items():
                values = report(gold_rows, understander).metrics
                shown = SHOWN if name != "all" else (*SHOWN, *SECONDS)
                figures[f"{name}, {kind}"] = {key: values[key] for key in shown}
                yield f"{name}, {kind}: " + "  ".join(f"{key} {values[key]}" for key in shown)
    finally:
        if owner:
            owner.close()
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


class Remembering:
    """A model that reads no utterance twice."""

    def __init__(self, model: SmallReader) -> None:
        self._model = model
        self._read: dict[tuple[str, Context], Reading | None] = {}

    def read(self, text: str, context: Context) -> Reading | None:
        """Returns the model's reading."""
        if (text, context) not in self._read:
            self._read[text, context] = self._model.read(text, context)
        return self._read[text, context]

    def weigh(self, text: str, context: Context, spans: Sequence[Span]) -> Mapping[Span, Sequence[float]]:
        """Returns what the model says of the spans."""
        return self._model.weigh(text, context, spans)


def combinations(
    linker: Links, tagger: Tagger | None, model: Remembering | None, hurried: SmallReader | None
) -> Iterator[tuple[str, Understander]]:
    """Yields every combination of the parts that there are, by name; `hurried` is the model with a deadline."""
    for name, links in (("rules", NoLinks()), ("rules + linker", linker)):
        yield name, Understander(links)
        if tagger:
            yield f"{name} + tagger", Understander(links, tagger)
        if model:
            yield f"{name} + model", Understander(links, None, model)
        if tagger and model and links is not linker:
            yield f"{name} + tagger + model", Understander(links, tagger, model, model)
    if tagger and hurried:
        yield "all", Understander(linker, tagger, hurried, hurried)


def report(rows: Iterable[gold.GoldRow], understander: Understander) -> Report:
    """Returns the report of gold rows."""
    return evaluate_rows([Row.of(row.model_dump()) for row in rows], understander)
