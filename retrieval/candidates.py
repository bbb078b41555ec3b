"""Candidates: several generators, each with its own idea of what fits, merged by reciprocal rank fusion.

Every generator looks only among the rows that keep the hard constraints, so a narrow wish is filled as well as a wide
one: the nearest rows are found by an exact product (0.9 ms for 19,000 × 384), and Chroma serves the open question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.graph import Related
from retrieval.columns import Floats, Mask, Rows
from retrieval.cotaste import CoTaste
from retrieval.encoder import Vectors
from retrieval.index import Index
from retrieval.request import Request

POOL = 300
DEPTH = 150
# The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009).
FUSION = 60.0
# From this share of the catalogue on, the nearest in Chroma hold enough rows that are allowed.
OPEN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with its place (from 1) in the list of each generator that found it, and its fused weight."""

    item_id: str
    ranks: dict[str, int]
    rrf: float


@dataclass(frozen=True)
class Pool:
    """Candidates as arrays: rows (k,), best first; ranks (k, generators), 0 where not found; fused weights (k,)."""

    rows: Rows
    ranks: Rows
    rrf: Floats

    def candidates(self, index: Index) -> list[Candidate]:
        """Returns the candidates as values, best first."""
        return [
            Candidate(
                index.columns.ids[row],
                {name: int(rank) for name, rank in zip(GENERATORS, ranks, strict=True) if rank},
                float(rrf),
            )
            for row, ranks, rrf in zip(self.rows, self.ranks, self.rrf, strict=True)
        ]


@dataclass(frozen=True)
class Source:
    """What a generator reads: the index, the co-taste table, the request, and the rows it may return."""

    index: Index
    cotaste: CoTaste
    request: Request
    within: Mask


def find_candidates(index: Index, cotaste: CoTaste, request: Request, size: int = POOL) -> Pool:
    """Returns up to `size` candidates that keep every hard constraint, best first.

    With moves ("newer", "lighter" …), those that go their way come first, and the others fill the pool only where
    there are fewer than the wish counts.
    """
    pool = _fused(Source(index, cotaste, request, request.steered), size)
    if len(pool.rows) >= request.wish.count or request.steered is request.allowed:
        return pool
    rest = _fused(Source(index, cotaste, request, request.allowed & ~request.steered), size - len(pool.rows))
    return Pool(
        np.concatenate([pool.rows, rest.rows]),
        np.concatenate([pool.ranks, rest.ranks]),
        np.concatenate([pool.rrf, rest.rrf]),
    )


def _fused(source: Source, size: int) -> Pool:
    lists = [generate(source) for generate in GENERATORS.values()]
    count = len(source.within)
    weight = np.zeros(count, dtype=np.float32)
    for rows in lists:
        weight[rows] += 1.0 / (FUSION + 1.0 + np.arange(len(rows), dtype=np.float32))
    found = np.flatnonzero(weight)
    order = np.lexsort((-source.index.columns.popularity[found], -weight[found]))
    chosen = found[order][:size].astype(np.int32)
    return Pool(chosen, _ranks(lists, chosen, count), weight[chosen])


def _ranks(lists: Sequence[Rows], chosen: Rows, count: int) -> Rows:
    ranks = np.zeros((len(chosen), len(lists)), dtype=np.int32)
    for column, rows in enumerate(lists):
        places = np.zeros(count, dtype=np.int32)
        places[rows] = np.arange(1, len(rows) + 1)
        ranks[:, column] = places[chosen]
    return ranks


def _nearest(source: Source, vector: Vectors | None) -> Rows:
    if vector is None:
        return _NOTHING
    rows = np.flatnonzero(source.within)
    return _best(rows, source.index.matrix[rows] @ vector)


def _best(rows: Rows, scores: Floats) -> Rows:
    if len(rows) > DEPTH:
        kept = np.argpartition(-scores, DEPTH)[:DEPTH]
        rows, scores = rows[kept], scores[kept]
    return rows[np.argsort(-scores, kind="stable")].astype(np.int32)


def _said(source: Source) -> Rows:
    vector = source.request.text
    if vector is None or source.within.mean() < OPEN:
        return _nearest(source, vector)
    found = source.index.vectors.nearest(vector, 2 * DEPTH)
    return _within(source, source.index.columns.rows(item for item, _ in found))


def _taste(source: Source) -> Rows:
    return _nearest(source, source.request.taste)


def _graph(source: Source) -> Rows:
    liked = source.request.wish.liked
    return _related(source, source.index.graph.neighbours(liked, 2 * DEPTH) if liked else [])


def _joined(source: Source) -> Rows:
    wish = source.request.wish
    wanted = tuple(dict.fromkeys((*wish.prefer, *(entity for group in wish.must for entity in sorted(group)))))
    return _related(source, source.index.graph.items_with(wanted, 2 * DEPTH) if wanted else [])


def _co_taste(source: Source) -> Rows:
    if not len(source.request.liked):
        return _NOTHING
    scores = source.cotaste.scores(source.request.liked)
    rows = np.flatnonzero((scores > 0) & source.within)
    return _best(rows, scores[rows])


def _popular(source: Source) -> Rows:
    return _within(source, source.index.columns.by_popularity)


def _spoken_of(source: Source) -> Rows:
    counts = source.cotaste.counts
    rows = np.flatnonzero((counts > 0) & source.within)
    return _best(rows, counts[rows])


def _related(source: Source, found: Sequence[Related]) -> Rows:
    return _within(source, source.index.columns.rows(related.item_id for related in found))


def _within(source: Source, rows: Rows) -> Rows:
    return rows[source.within[rows]][:DEPTH]


_NOTHING: Rows = np.zeros(0, dtype=np.int32)
# Name → generator; each returns up to DEPTH allowed rows, best first.
GENERATORS: dict[str, Callable[[Source], Rows]] = {
    "said": _said,
    "taste": _taste,
    "graph": _graph,
    "joined": _joined,
    "co_taste": _co_taste,
    "popular": _popular,
    "spoken_of": _spoken_of,
}
