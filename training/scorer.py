"""`tastemaker train scorer`: the scorer, the co-taste table and the talk network, learned from ReDial's dialogues.

Chosen and measured on a split by time and worker; then trained again on everything and written, with a model card.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.errors import CatalogueError
from retrieval.candidates import Knowledge
from retrieval.columns import Floats
from retrieval.encoder import Encoder
from retrieval.features import NAMES
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from retrieval.scorer import WEIGHTS, LearnedScorer, PlainScorer
from retrieval.tables import key_of
from training.scorer_card import Figures, write_card
from training.scorer_dialogues import Row, dialogue_rows, named_in, read_lines, sequences
from training.scorer_examples import Example, Maker, Remembering, Tables, Teacher, joined
from training.scorer_metrics import Hits, intervals, macro
from training.scorer_network import Recipe, calibration, calibration_error, fit
from training.scorer_talk import TalkRecipe, Turn
from training.scorer_wish import Lexicon

# The last dialogues, by their running number, are kept out to choose and to measure on.
HELD_OUT = 0.15
CHOSEN = Recipe()
CHOSEN_TALK = TalkRecipe()


@dataclass(frozen=True)
class Material:
    """The rows and histories that a scorer is learned from, joined to one catalogue."""

    rows: Sequence[Row]
    teacher: Teacher
    maker: Maker

    def examples(self, rows: Sequence[Row], tables: Callable[[Row], Tables], tell: Progress) -> list[Example]:
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
    """Trains on `data`/redial over the index's catalogue and writes the weights and MODEL_CARD.md into `out`.

    Returns the figures on the held-out dialogues. Seeded: the same data and recipe give the same weights on one
    machine. Raises CatalogueError when the data is missing.
    """
    material = gather(data / "redial", index, encoder, progress)
    figures, measured = _measured(material, recipe, progress)
    learned = learn_all(material, recipe, progress)
    assert isinstance(learned.scorer, LearnedScorer)
    learned = replace(learned, scorer=replace(learned.scorer, calibration=measured.calibration))
    learned.save(out, [key_of(item) for item in index.catalogue])
    write_card(out / "MODEL_CARD.md", figures, recipe)
    return figures


def gather(
    folder: Path,
    index: Index,
    encoder: Encoder,
    progress: Progress = silent,
    *,
    files: Sequence[str] = ("train.jsonl", "valid.jsonl"),
    item_of: dict[str, str] | None = None,
    repeats: bool = False,
) -> Material:
    """Returns the dialogues of `files` and all histories, joined to the index's catalogue.

    `item_of` maps ReDial ids to the catalogue's; without it films are joined by title and year.
    """
    dialogues = [dialogue for name in files for dialogue in read_lines(folder / name)]
    if item_of is None:
        names = candidate_names(folder / "movies.csv")
        for dialogue in dialogues:
            names |= named_in(dialogue)
        item_of = joined(names, index.catalogue)
    rows = sorted(dialogue_rows(dialogues), key=lambda row: (row.conversation, row.turn))
    talks = dict(sequences(folder / "train_sequences.jsonl"))
    talks |= {row.conversation: (*row.named, *row.targets) for row in rows}
    row_of = index.columns.row_of
    histories = [
        (talk, [row_of[item_of[movie]] for movie in movies if movie in item_of]) for talk, movies in talks.items()
    ]
    maker = Maker(Knowledge.of(index), Remembering(encoder), item_of, Lexicon.of(index.columns), repeats=repeats)
    return Material(rows, Teacher(histories, _turns(maker, rows, progress), index.matrix, CHOSEN_TALK), maker)


def _turns(maker: Maker, rows: Sequence[Row], progress: Progress) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = {}
    for place, row in enumerate(rows):
        if place % 100 == 0:
            progress("reading the talks", place, len(rows))
        turn = maker.turn(row)
        if turn is not None:
            turns.setdefault(row.conversation, []).append(turn)
    progress("reading the talks", len(rows), len(rows))
    return turns


def split_by_time(rows: Sequence[Row], share: float = HELD_OUT) -> tuple[list[Row], list[Row]]:
    """Returns (early, late): the last `share` of the dialogues, and those before them by other recommenders."""
    talks = sorted({row.conversation for row in rows})
    border = talks[int(len(talks) * (1 - share))]
    late = [row for row in rows if row.conversation >= border]
    workers = {row.worker for row in late}
    return [row for row in rows if row.conversation < border and row.worker not in workers], late


def learn_all(material: Material, recipe: Recipe, progress: Progress) -> Learned:
    """Returns everything learned from all rows, the scorer not calibrated."""
    teacher, rows = material.teacher, material.rows
    examples = material.examples(rows, teacher.cross_fitted(rows, lambda talk: True, progress), progress)
    scorer = fit(examples, recipe, _telling(progress, recipe))
    tables = teacher.learn(lambda talk: True)
    return Learned(scorer, tables.cotaste, tables.talk)


def _measured(material: Material, recipe: Recipe, progress: Progress) -> tuple[Figures, LearnedScorer]:
    early, late = split_by_time(material.rows)
    border = min(row.conversation for row in late)
    fitted = material.teacher.cross_fitted(early, lambda talk: talk < border, progress)
    training = material.examples(early, fitted, progress)
    before = material.teacher.learn(lambda talk: talk < border)
    testing = material.examples(late, lambda row: before, progress)
    scorer = fit(training, recipe, _telling(progress, recipe))
    # Calibrated on every other held-out dialogue, its error measured on the rest.
    even = [example for example in testing if example.row.conversation % 2 == 0]
    odd = [example for example in testing if example.row.conversation % 2 == 1]
    scorer = replace(scorer, calibration=calibration(scorer, even))
    return _figures(training, testing, scorer, calibration_error(scorer, odd)), scorer


def _figures(training: Sequence[Example], testing: Sequence[Example], scorer: LearnedScorer, error: float) -> Figures:
    plain = PlainScorer()
    ways: dict[str, Callable[[Example], Floats]] = {
        "popularity": lambda example: _column(example, "popularity"),
        "conversations that speak of it": lambda example: _column(example, "spoken_of"),
        "text similarity": lambda example: _column(example, "text_similarity"),
        "similarity to liked films": lambda example: _column(example, "taste_similarity"),
        "co-taste": lambda example: _column(example, "co_taste"),
        "talk network": lambda example: _column(example, "talk"),
        "rank fusion": lambda example: _column(example, "rrf"),
        "hand-set sum": lambda example: plain.logits(example.features.astype(np.float32)),
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
        calibration_error=error,
    )


def _telling(progress: Progress, recipe: Recipe) -> Callable[[int, float], None]:
    return lambda epoch, loss: progress("training", epoch, recipe.epochs)


def _column(example: Example, name: str) -> Floats:
    return example.features[:, NAMES.index(name)].astype(np.float32)


def _hits(example: Example, scores: Floats) -> Hits:
    order = example.candidates[np.argsort(-scores, kind="stable")]
    where = {int(row): place for place, row in enumerate(order, start=1)}
    return Hits(tuple(where.get(target) for target in example.targets), example.row.conversation)


def candidate_names(path: Path) -> dict[str, str]:
    """Returns id → name of the benchmark's candidates. Raises CatalogueError when the file cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {record["movieId"]: record["movieName"] for record in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}). Is --data the folder that holds redial/?") from error
