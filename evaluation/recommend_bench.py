"""What is measured: a catalogue with all that ranks it, and one row of a benchmark judged.

A row's context becomes a wish, the wish candidates, these features and scores, by the parts that serve. The response
is never read, and the targets are only compared with the finished list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from evaluation.recommend_leaks import Record
from kg.catalogue import Catalogue
from retrieval.candidates import Knowledge, Pool, find_candidates
from retrieval.columns import Floats, Rows
from retrieval.encoder import Encoder
from retrieval.features import feature_matrix
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from retrieval.request import Request
from retrieval.scorer import Scorer
from retrieval.tables import rows_by_id
from retrieval.wish import Wish
from training.scorer_benchmark import Facts, benchmark_index, learned_talks
from training.scorer_dialogues import Row
from training.scorer_metrics import Hits
from training.scorer_wish import Lexicon, wish_of

# Trained on ReDial's training dialogues alone, and on its validation dialogues too.
TRAINING, ALL = (Path(__file__).parent / "weights" / name for name in ("training", "all"))
SHOWN = 10
# `full`: repeats count, nothing is filtered. `dedup`: what was named is neither a target nor in the list.
Protocol = Literal["full", "dedup"]


@dataclass(frozen=True)
class Scored:
    """A row's candidates, and their features (k, f), before they are ordered."""

    pool: Pool
    features: Floats

    def ordered(self, logits: Floats) -> Rows:
        """Returns the candidates' rows, best first."""
        best: Rows = self.pool.rows[np.argsort(-logits, kind="stable")]
        return best


@dataclass(frozen=True)
class Judged:
    """A row's list against its targets.

    `targets` are catalogue rows (-1: not in the catalogue), `shown` the ten best of the list, `chances` theirs.
    """

    row: Row
    hits: Hits
    targets: tuple[int, ...]
    shown: Rows
    chances: Floats


@dataclass(frozen=True)
class Bench:
    """A catalogue with all that ranks it.

    `item_of` maps the movies of the benchmark's rows to the catalogue's ids. `learned_from` are the conversations that
    the weights have seen.
    """

    known: Knowledge
    encoder: Encoder
    scorer: Scorer
    lexicon: Lexicon
    item_of: Mapping[str, str]
    learned_from: frozenset[int] = frozenset()

    @staticmethod
    def of(known: Knowledge, encoder: Encoder, scorer: Scorer, item_of: Mapping[str, str] | None = None) -> "Bench":
        """Returns the bench; without `item_of` the movies are the catalogue's own."""
        columns = known.index.columns
        ids = item_of if item_of is not None else {movie: movie for movie in columns.ids}
        return Bench(known, encoder, scorer, Lexicon.of(columns), ids)

    def wish(self, row: Row, protocol: Protocol) -> Wish:
        """Returns the wish of a row's context."""
        return wish_of(replace(row, targets=()), self.item_of, self.lexicon, repeats=protocol == "full")

    def scored(self, row: Row, protocol: Protocol) -> Scored:
        """Returns the candidates of a row with their features. Only the row's context is read."""
        request = Request.of(self.known.index, self.wish(row, protocol), self.encoder)
        pool = find_candidates(self.known, request)
        return Scored(pool, feature_matrix(self.known, request, pool))

    def ranked(self, row: Row, protocol: Protocol) -> list[str]:
        """Returns the ids of the candidates of a row, best first."""
        scored = self.scored(row, protocol)
        columns = self.known.index.columns
        return [columns.ids[place] for place in scored.ordered(self.scorer.logits(scored.features))]

    def judged(self, row: Row, scored: Scored, logits: Floats, protocol: Protocol) -> Judged:
        """Returns what the order by `logits` is worth."""
        row_of = self.known.index.columns.row_of
        wanted = row.targets if protocol == "full" else row.fresh
        targets = tuple(row_of.get(self.item_of.get(target, ""), -1) for target in wanted)
        order = scored.ordered(logits)
        chances = np.sort(self.scorer.chances(logits))[::-1]
        return Judged(row, hits_of(order, targets, row.conversation), targets, order[:SHOWN], chances[:SHOWN])


def hits_of(order: Rows, targets: Sequence[int], group: int) -> Hits:
    """Returns the places of target rows in an order of rows; a target of -1 is never found."""
    where = {int(row): place for place, row in enumerate(order, start=1)}
    return Hits(tuple(where.get(target) for target in targets), group)


def honest_weights(records: Sequence[Record]) -> Path:
    """Returns the weights that learned from the most conversations and from none of the records'.

    Where all have seen some of them, those of the training dialogues alone, with which the leak check then fails.
    """
    measured = {int(record["conversationId"]) for record in records}
    return TRAINING if measured & learned_talks(ALL) else ALL


def open_bench(
    data: Path,
    own: Catalogue,
    encoder: Encoder,
    cache: Path,
    weights: Path,
    *,
    facts: Facts = "all",
    progress: Progress = silent,
) -> Bench:
    """Returns ReDial's benchmark made ready, with `weights` that were trained for it.

    Item vectors are kept in the folder `cache`.
    """
    index = benchmark_index(data, own, encoder, cache, facts, progress)
    learned = Learned.load(tuple(index.catalogue), weights, rows_by_id)
    bench = Bench.of(Knowledge.of(index, learned.cotaste, learned.talk), encoder, learned.scorer)
    return replace(bench, learned_from=learned_talks(weights))


def product_bench(index: Index, encoder: Encoder, item_of: Mapping[str, str]) -> Bench:
    """Returns a bench over the product's own catalogue, with the weights that the product ships."""
    learned = Learned.load(tuple(index.catalogue))
    return Bench.of(Knowledge.of(index, learned.cotaste, learned.talk), encoder, learned.scorer, item_of)
