"""The rows and histories of ReDial that a scorer is learned from, joined to one catalogue, and how they are split."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.errors import CatalogueError
from retrieval.candidates import Knowledge
from retrieval.encoder import Encoder, Vectors
from retrieval.index import Index
from retrieval.progress import Progress, silent
from training.scorer_dialogues import Row, dialogue_rows, named_in, read_lines, sequences
from training.scorer_examples import Example, Maker, Remembering, Tables, Teacher, joined
from training.scorer_stages import NOTHING_KEPT, Stages
from training.scorer_talk import TalkRecipe, Turn
from training.scorer_wish import Lexicon

# The last dialogues, by their running number, are kept out to choose and to measure on.
HELD_OUT = 0.15
# Rows of which the examples are kept together when a run is resumed.
SHARD = 1000
SEQUENCES, MOVIES = "train_sequences.jsonl", "movies.csv"


@dataclass(frozen=True)
class Material:
    """The rows and histories, and what makes examples and tables of them. Finished stages are kept in `stages`."""

    rows: Sequence[Row]
    teacher: Teacher
    maker: Maker
    stages: Stages

    def examples(
        self, name: str, rows: Sequence[Row], tables: Callable[[Row], Tables], tell: Progress
    ) -> list[Example]:
        """Returns the examples of the rows that have a target in the catalogue; `name` is that of their stages."""
        found: list[Example] = []
        for start in range(0, len(rows), SHARD):
            part = rows[start : start + SHARD]
            tell("features", start, len(rows))
            found += self.stages.kept(f"examples-{name}-{start}", partial(self._made, part, tables))
        tell("features", len(rows), len(rows))
        return found

    def _made(self, rows: Sequence[Row], tables: Callable[[Row], Tables]) -> list[Example]:
        made = (self.maker.example(row, tables(row)) for row in rows)
        return [example for example in made if example is not None]


def gather(
    folder: Path,
    index: Index,
    encoder: Encoder,
    recipe: TalkRecipe,
    progress: Progress = silent,
    *,
    files: Sequence[str] = ("train.jsonl", "valid.jsonl"),
    item_of: dict[str, str] | None = None,
    repeats: bool = False,
    stages: Stages = NOTHING_KEPT,
) -> Material:
    """Returns the dialogues of `files` and all histories, joined to the index's catalogue.

    `item_of` maps ReDial ids to the catalogue's; without it films are joined by title and year.
    """
    dialogues = [dialogue for name in files for dialogue in read_lines(folder / name)]
    if item_of is None:
        names = candidate_names(folder / MOVIES)
        for dialogue in dialogues:
            names |= named_in(dialogue)
        item_of = joined(names, index.catalogue)
    rows = sorted(dialogue_rows(dialogues), key=lambda row: (row.conversation, row.turn))
    talks = dict(sequences(folder / SEQUENCES))
    talks |= {row.conversation: (*row.named, *row.targets) for row in rows}
    row_of = index.columns.row_of
    histories = [
        (talk, [row_of[item_of[movie]] for movie in movies if movie in item_of]) for talk, movies in talks.items()
    ]
    remembering = Remembering(encoder)
    maker = Maker(Knowledge.of(index), remembering, item_of, Lexicon.of(index.columns), repeats=repeats)
    remembering.known.update(stages.kept("texts", lambda: _encoded(maker, remembering, rows, progress)))
    return Material(rows, Teacher(histories, _turns(maker, rows), index.matrix, recipe, stages), maker, stages)


def _encoded(maker: Maker, encoder: Remembering, rows: Sequence[Row], progress: Progress) -> dict[str, Vectors]:
    """Reads every row once, so that the encoder has seen all texts; returns what it remembers."""
    for place, row in enumerate(rows):
        if place % 100 == 0:
            progress("reading the talks", place, len(rows))
        maker.turn(row)
    progress("reading the talks", len(rows), len(rows))
    return encoder.known


def _turns(maker: Maker, rows: Sequence[Row]) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = {}
    for row in rows:
        turn = maker.turn(row)
        if turn is not None:
            turns.setdefault(row.conversation, []).append(turn)
    return turns


def split_by_time(rows: Sequence[Row], share: float = HELD_OUT) -> tuple[list[Row], list[Row]]:
    """Returns (early, late): the last `share` of the dialogues, and those before them by other recommenders."""
    talks = sorted({row.conversation for row in rows})
    border = talks[int(len(talks) * (1 - share))]
    late = [row for row in rows if row.conversation >= border]
    workers = {row.worker for row in late}
    return [row for row in rows if row.conversation < border and row.worker not in workers], late


def candidate_names(path: Path) -> dict[str, str]:
    """Returns id → name of the benchmark's candidates. Raises CatalogueError when the file cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {record["movieId"]: record["movieName"] for record in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}). Is --data the folder that holds redial/?") from error
