"""Rows turned into lists of features with labels, by the very candidates and features that serve."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.catalogue import Catalogue
from retrieval.candidates import Knowledge, find_candidates
from retrieval.columns import Rows
from retrieval.cotaste import CoTaste
from retrieval.encoder import Encoder, Vectors
from retrieval.features import feature_matrix
from retrieval.request import Request
from training.scorer_dialogues import Row, title_and_year
from training.scorer_wish import Lexicon, wish_of

FOLDS = 5


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
    """An encoder that keeps what it has encoded: the same rows are read for several models."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self.name = encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384)."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode([text])[0]
        return np.stack([self._known[text] for text in texts])


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


def cross_fitted(
    rows: Sequence[Row], histories: Sequence[tuple[int, Sequence[int]]], size: int
) -> Callable[[Row], CoTaste]:
    """Returns which co-taste table a row may see: the one learned without the dialogues of its worker's fold.

    `histories` are (conversation, rows of the catalogue) of all dialogues.
    """
    fold_by_conversation = {row.conversation: fold_of(row.worker) for row in rows}
    tables = [
        CoTaste.learn([items for talk, items in histories if fold_by_conversation.get(talk) != fold], size)
        for fold in range(FOLDS)
    ]
    return lambda row: tables[fold_of(row.worker)]


@dataclass(frozen=True)
class Maker:
    """Makes examples over one catalogue."""

    known: Knowledge
    encoder: Encoder
    item_of: Mapping[str, str]
    lexicon: Lexicon
    repeats: bool = False
    forms: bool = False

    def example(self, row: Row, cotaste: CoTaste) -> Example | None:
        """Returns the row's example, or None when none of its targets is in the catalogue."""
        wanted = row.targets if self.repeats else row.fresh
        row_of = self.known.index.columns.row_of
        targets = tuple(dict.fromkeys(row_of[self.item_of[movie]] for movie in wanted if movie in self.item_of))
        if not targets:
            return None
        wish = wish_of(row, self.item_of, self.lexicon, repeats=self.repeats, forms=self.forms)
        known = Knowledge(self.known.index, cotaste, self.known.neighbourhoods)
        request = Request.of(known.index, wish, self.encoder)
        pool = find_candidates(known, request)
        return Example(row, pool.rows, feature_matrix(known, request, pool).astype(np.float16), targets)
