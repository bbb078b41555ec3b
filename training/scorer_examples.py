"""Rows turned into lists of features with labels, by the very candidates and features that serve."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from kg.catalogue import Catalogue
from retrieval.candidates import Knowledge, find_candidates
from retrieval.columns import Rows
from retrieval.cotaste import CoTaste
from retrieval.encoder import Encoder, Vectors
from retrieval.features import feature_matrix
from retrieval.foretelling import Foretelling
from retrieval.progress import Progress
from retrieval.request import Request
from retrieval.talk import Talk
from training.scorer_dialogues import Row, title_and_year
from training.scorer_stages import NOTHING_KEPT, Stages
from training.scorer_talk import TalkRecipe, Turn, learn_talk, turns_of_history
from training.scorer_wish import Lexicon, wish_of

FOLDS = 4


@dataclass(frozen=True)
class Example:
    """One row's candidates: rows of the catalogue (k,), features float16 (k, f), and the rows of all its targets."""

    row: Row
    candidates: Rows
    features: npt.NDArray[np.float16]
    targets: tuple[int, ...]

    @property
    def labels(self) -> npt.NDArray[np.bool_]:
        """Which candidates are targets (k,)."""
        return np.isin(self.candidates, self.targets)


class Remembering:
    """An encoder that keeps what it has encoded (`known`): the same rows are read for several models."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.known: dict[str, Vectors] = {}
        self.name = encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384)."""
        for text in texts:
            if text not in self.known:
                self.known[text] = self._encoder.encode([text])[0]
        return np.stack([self.known[text] for text in texts])


def joined(names: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Returns the catalogue's id of each ReDial movie that it has, by title and year.

    ReDial's years are often a remake's or simply wrong; where no film of the title has the year, the best known of
    the title is meant ("Titanic (2012)", spoken of 62 times).
    """
    found = {}
    for movie, name in names.items():
        title, year = title_and_year(name)
        item = catalogue.find(title, year) or catalogue.find(title)
        if item is not None:
            found[movie] = item.id
    return found


def fold_of(worker: str) -> int:
    """Returns the fold of a worker, the same on every run: all dialogues of one recommender stay together."""
    return zlib.crc32(worker.encode()) % FOLDS


@dataclass(frozen=True)
class Tables:
    """What was learned from one set of talks."""

    cotaste: CoTaste
    talk: Talk


@dataclass(frozen=True)
class Teacher:
    """Learns tables from any part of the talks. `spoken` are the turns with words, by conversation."""

    histories: Sequence[tuple[int, Sequence[int]]]
    spoken: Mapping[int, Sequence[Turn]]
    matrix: Vectors
    recipe: TalkRecipe
    stages: Stages = NOTHING_KEPT

    def learn(self, name: str, part: Callable[[int], bool]) -> Tables:
        """Returns the tables learned from the conversations for which `part` is true; `name` is that of the stage."""
        return self.stages.kept(f"tables-{name}", lambda: self._learned(part))

    def _learned(self, part: Callable[[int], bool]) -> Tables:
        histories = [(talk, rows) for talk, rows in self.histories if part(talk)]
        sets = [rows for _, rows in histories]
        cotaste = CoTaste.learn(sets, len(self.matrix))
        cotaste = replace(cotaste, foretelling=Foretelling.learn(sets, len(self.matrix)))
        turns = [turn for talk, rows in histories for turn in self.spoken.get(talk) or turns_of_history(rows)]
        return Tables(cotaste, learn_talk(turns, self.matrix, self.recipe))

    def cross_fitted(
        self, name: str, rows: Sequence[Row], part: Callable[[int], bool], tell: Progress
    ) -> Callable[[Row], Tables]:
        """Returns which tables a row may see: those learned without any dialogue of its worker's fold."""
        fold_by_talk = {row.conversation: fold_of(row.worker) for row in rows}
        tables = []
        for fold in range(FOLDS):
            tell("cross-fitting", fold, FOLDS)
            without = partial(_without, part, fold_by_talk, fold)
            tables.append(self.learn(f"{name}-{fold}", without))
        tell("cross-fitting", FOLDS, FOLDS)
        return lambda row: tables[fold_of(row.worker)]


def _without(part: Callable[[int], bool], fold_by_talk: Mapping[int, int], fold: int, talk: int) -> bool:
    return part(talk) and fold_by_talk.get(talk) != fold


@dataclass(frozen=True)
class Maker:
    """Makes examples over one catalogue."""

    known: Knowledge
    encoder: Encoder
    item_of: Mapping[str, str]
    lexicon: Lexicon
    repeats: bool = False
    forms: bool = False

    def places(self, movies: Sequence[str]) -> tuple[int, ...]:
        """Returns the catalogue's rows of the movies that it has, each once, in order."""
        row_of = self.known.index.columns.row_of
        return tuple(dict.fromkeys(row_of[self.item_of[movie]] for movie in movies if movie in self.item_of))

    def turn(self, row: Row) -> Turn | None:
        """Returns what the talk network learns from a row: only what is fresh, with the words before it."""
        now = self.places(row.fresh)
        if not now:
            return None
        wish = wish_of(row, self.item_of, self.lexicon, repeats=True)
        request = Request.of(self.known.index, wish, self.encoder)
        return Turn(tuple(request.liked.tolist()), now, request.text)

    def example(self, row: Row, tables: Tables) -> Example | None:
        """Returns the row's example, or None when none of its targets is in the catalogue."""
        wanted = row.targets if self.repeats else row.fresh
        targets = self.places(wanted)
        if not targets:
            return None
        wish = wish_of(row, self.item_of, self.lexicon, repeats=self.repeats, forms=self.forms)
        known = replace(self.known, cotaste=tables.cotaste, talk=tables.talk)
        request = Request.of(known.index, wish, self.encoder)
        pool = find_candidates(known, request)
        return Example(row, pool.rows, feature_matrix(known, request, pool).astype(np.float16), targets)
