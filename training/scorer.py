"""`tastemaker train scorer`: the scorer and the co-taste table, learned from ReDial's dialogues.

Chosen and measured on a split by time and worker; then trained again on everything and written, with a model card.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.candidates import Knowledge
from retrieval.columns import Floats
from retrieval.cotaste import CoTaste, key_of
from retrieval.encoder import Encoder
from retrieval.features import NAMES
from retrieval.index import Index
from retrieval.progress import Progress, silent
from retrieval.scorer import COTASTE_FILE, SCORER_FILE, WEIGHTS, LearnedScorer, PlainScorer
from training.scorer_card import Figures, write_card
from training.scorer_dialogues import Row, dialogue_rows, named_in, read_lines, sequences
from training.scorer_examples import Example, Maker, Remembering, cross_fitted, joined
from training.scorer_metrics import Hits, intervals, macro
from training.scorer_network import Recipe, calibration, calibration_error, fit
from training.scorer_wish import Lexicon

# The last dialogues, by their running number, are kept out to choose and to measure on.
HELD_OUT = 0.15
CHOSEN = Recipe()


@dataclass(frozen=True)
class Material:
    """The rows and histories that a scorer is learned from, joined to one catalogue."""

    rows: Sequence[Row]
    histories: Sequence[tuple[int, Sequence[int]]]
    maker: Maker

    def examples(self, rows: Sequence[Row], tables: Callable[[Row], CoTaste], tell: Progress) -> list[Example]:
        """Returns the examples of the rows that have a target in the catalogue."""
        found = []
        for place, row in enumerate(rows):
            if place % 100 == 0:
                tell("features", place, len(rows))
            example = self.maker.example(row, tables(row))
            if example is not None:
                found.append(example)
        tell("features", len(rows), len(rows))
        return found


def train_scorer(
    data: Path,
    index: Index,
    encoder: Encoder,
    out: Path = WEIGHTS,
    progress: Progress = silent,
    recipe: Recipe = CHOSEN,
) -> Figures:
    """Trains on `data`/redial over the index's catalogue and writes scorer.npz, cotaste.npz and MODEL_CARD.md to `out`.

    Returns the figures on the held-out dialogues. Seeded: the same data and recipe give the same weights on one
    machine. Raises CatalogueError when the data is missing.
    """
    material = gather(data / "redial", index, encoder)
    early, late = split_by_time(material.rows)
    figures, fitted = _measured(material, early, late, recipe, progress)
    scorer, cotaste = _final(material, fitted.calibration, recipe, progress)
    out.mkdir(parents=True, exist_ok=True)
    scorer.save(out / SCORER_FILE.name)
    cotaste.save(out / COTASTE_FILE.name, [key_of(item.title, item.year) for item in index.catalogue])
    write_card(out / "MODEL_CARD.md", figures, recipe)
    return figures


def gather(folder: Path, index: Index, encoder: Encoder) -> Material:
    """Returns ReDial's training and validation dialogues joined to the index's catalogue by title and year."""
    dialogues = [*read_lines(folder / "train.jsonl"), *read_lines(folder / "valid.jsonl")]
    names: dict[str, str] = {}
    for dialogue in dialogues:
        names |= named_in(dialogue)
    names |= _candidate_names(folder / "movies.csv")
    item_of = joined(names, index.catalogue)
    row_of = index.columns.row_of
    rows = sorted(dialogue_rows(dialogues), key=lambda row: (row.conversation, row.turn))
    spoken = dict(sequences(folder / "train_sequences.jsonl"))
    spoken |= {row.conversation: (*row.named, *row.targets) for row in rows}
    histories = [
        (talk, [row_of[item_of[movie]] for movie in movies if movie in item_of]) for talk, movies in spoken.items()
    ]
    maker = Maker(Knowledge.of(index), Remembering(encoder), item_of, Lexicon.of(index.columns))
    return Material(rows, histories, maker)


def split_by_time(rows: Sequence[Row], share: float = HELD_OUT) -> tuple[list[Row], list[Row]]:
    """Returns (early, late): the last `share` of the dialogues, and those before them by other recommenders."""
    talks = sorted({row.conversation for row in rows})
    border = talks[int(len(talks) * (1 - share))]
    late = [row for row in rows if row.conversation >= border]
    workers = {row.worker for row in late}
    return [row for row in rows if row.conversation < border and row.worker not in workers], late


def _measured(
    material: Material, early: Sequence[Row], late: Sequence[Row], recipe: Recipe, progress: Progress
) -> tuple[Figures, LearnedScorer]:
    size = len(material.maker.known.index.columns)
    kept_out = {row.conversation for row in late}
    border = min(kept_out)
    before = [(talk, items) for talk, items in material.histories if talk < border]
    training = material.examples(early, cross_fitted(early, before, size), progress)
    table = CoTaste.learn([items for _, items in before], size)
    testing = material.examples(late, lambda row: table, progress)
    scorer = fit(training, recipe, _telling(progress, recipe))
    # Calibrated on every other held-out dialogue, its error measured on the rest.
    groups = np.array([example.row.conversation % 2 for example in testing], dtype=bool)
    halves = [[example for example, odd in zip(testing, groups, strict=True) if odd == side] for side in (False, True)]
    scorer = LearnedScorer(scorer.mean, scorer.scale, scorer.layers, calibration(scorer, halves[0]))
    ways: dict[str, Callable[[Example], Floats]] = {
        "popularity": lambda example: _column(example, "popularity"),
        "conversations that speak of it": lambda example: _column(example, "spoken_of"),
        "text similarity": lambda example: _column(example, "text_similarity"),
        "similarity to liked films": lambda example: _column(example, "taste_similarity"),
        "co-taste": lambda example: _column(example, "co_taste"),
        "rank fusion": lambda example: _column(example, "rrf"),
        "hand-set sum": lambda example: PlainScorer().logits(example.features.astype(np.float32)),
        "learned scorer": lambda example: scorer.logits(example.features.astype(np.float32)),
    }
    lists = {name: [_hits(example, way(example)) for example in testing] for name, way in ways.items()}
    return Figures(
        training_rows=len(training),
        training_dialogues=len({example.row.conversation for example in training}),
        testing_rows=len(testing),
        testing_dialogues=len({example.row.conversation for example in testing}),
        candidate_recall=float(np.mean([example.labels.sum() / len(example.targets) for example in testing])),
        ways={name: macro(rows) for name, rows in lists.items()},
        intervals=intervals(lists["learned scorer"]),
        calibration_error=calibration_error(scorer, halves[1]),
    ), scorer


def _final(
    material: Material, fitted: tuple[float, float], recipe: Recipe, progress: Progress
) -> tuple[LearnedScorer, CoTaste]:
    size = len(material.maker.known.index.columns)
    examples = material.examples(material.rows, cross_fitted(material.rows, material.histories, size), progress)
    scorer = fit(
        examples, recipe, lambda epoch, loss: progress(f"training on all, loss {loss:.3f}", epoch, recipe.epochs)
    )
    table = CoTaste.learn([items for _, items in material.histories], size)
    return LearnedScorer(scorer.mean, scorer.scale, scorer.layers, fitted), table


def _telling(progress: Progress, recipe: Recipe) -> Callable[[int, float], None]:
    return lambda epoch, loss: progress("training", epoch, recipe.epochs)


def _column(example: Example, name: str) -> Floats:
    return example.features[:, NAMES.index(name)].astype(np.float32)


def _hits(example: Example, scores: Floats) -> Hits:
    order = example.candidates[np.argsort(-scores, kind="stable")]
    where = {int(row): place for place, row in enumerate(order, start=1)}
    return Hits(tuple(where.get(target) for target in example.targets), example.row.conversation)


def _candidate_names(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {record["movieId"]: record["movieName"] for record in csv.DictReader(file)}
