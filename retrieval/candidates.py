"""Candidates: several generators, each with its own idea of what fits, merged by reciprocal rank fusion.

Every generator looks only among the rows that keep the hard constraints, so a narrow wish is filled as well as a wide
one: the nearest rows are found by an exact product (0.9 ms for 19,000 × 384), and Chroma serves the open question; in a
catalogue too large for that, the open taste as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.behaviour import SIGNALS, Behaviour
from retrieval.columns import Columns, Floats, Mask, Rows
from retrieval.cotaste import CoTaste
from retrieval.encoder import Vectors
from retrieval.index import Index
from retrieval.namesakes import Namesakes
from retrieval.neighbours import Neighbourhoods
from retrieval.request import Request
from retrieval.talk import STRANGER, Talk

POOL = 300
DEPTH = 150
# The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009).
FUSION = 60.0
# From this share of the catalogue on, the nearest in Chroma hold enough rows that are allowed.
OPEN = 0.5
# From this share on, multiplying all rows takes less time than copying those that are allowed.
WIDE = 0.2
# A product over more items than this takes longer than Chroma does (22 ms here, growing with every item).
EXACT = 200_000


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

    def with_rows(self, rows: Rows) -> "Pool":
        """Returns the pool with the rows that it lacks at its end."""
        known = set(self.rows.tolist())
        more = np.array([row for row in dict.fromkeys(rows.tolist()) if row not in known], dtype=np.int32)
        return self.over(np.concatenate([self.rows, more]))

    def over(self, rows: Rows) -> "Pool":
        """Returns the pool over these rows, in their order; one that it lacks was found by no generator."""
        place = {row: at for at, row in enumerate(self.rows.tolist())}
        at = np.array([place.get(row, -1) for row in rows.tolist()], dtype=np.int64)
        found = at >= 0
        ranks = np.zeros((len(rows), self.ranks.shape[1]), dtype=self.ranks.dtype)
        rrf = np.zeros(len(rows), dtype=np.float32)
        ranks[found], rrf[found] = self.ranks[at[found]], self.rrf[at[found]]
        return Pool(rows, ranks, rrf)


@dataclass(frozen=True)
class Knowledge:
    """What the generators know of a catalogue, whatever is asked. `behaviour` is None where there is no log of use."""

    index: Index
    cotaste: CoTaste
    talk: Talk
    neighbourhoods: Neighbourhoods
    namesakes: Namesakes
    behaviour: Behaviour | None = None

    @staticmethod
    def of(
        index: Index, cotaste: CoTaste | None = None, talk: Talk | None = None, behaviour: Behaviour | None = None
    ) -> "Knowledge":
        """Returns the knowledge of an index, with or without what was learned from talks and from use."""
        size = len(index.columns)
        hoods = Neighbourhoods(index.graph, index.columns)
        names = Namesakes.of(index.catalogue)
        return Knowledge(index, cotaste or CoTaste.nothing(size), talk or Talk.nothing(size), hoods, names, behaviour)


@dataclass(frozen=True)
class Search:
    """One search: what is known, what is asked, and the rows that may be returned."""

    known: Knowledge
    request: Request
    within: Mask

    @property
    def columns(self) -> Columns:
        """The catalogue's columns."""
        return self.known.index.columns


def find_candidates(known: Knowledge, request: Request, size: int = POOL) -> Pool:
    """Returns up to `size` candidates that keep every hard constraint, best first.

    With moves ("newer", "lighter" …), those that go their way come first, and others only where these are too few.
    Raises GraphError when the graph's engine is away.
    """
    pool = _fused(Search(known, request, request.steered), size)
    if len(pool.rows) >= request.wish.count or not request.steers:
        return pool
    rest = _fused(Search(known, request, request.allowed & ~request.steered), size - len(pool.rows))
    return Pool(
        np.concatenate([pool.rows, rest.rows]),
        np.concatenate([pool.ranks, rest.ranks]),
        np.concatenate([pool.rrf, rest.rrf]),
    )


def _fused(search: Search, size: int) -> Pool:
    lists = [generate(search) for generate in GENERATORS.values()]
    count = len(search.within)
    weight = np.zeros(count, dtype=np.float32)
    for rows in lists:
        weight[rows] += 1.0 / (FUSION + 1.0 + np.arange(len(rows), dtype=np.float32))
    found = np.flatnonzero(weight)
    order = np.lexsort((-search.columns.popularity[found], -weight[found]))
    chosen = found[order][:size].astype(np.int32)
    return Pool(chosen, _ranks(lists, chosen, count), weight[chosen])


def _ranks(lists: Sequence[Rows], chosen: Rows, count: int) -> Rows:
    ranks = np.zeros((len(chosen), len(lists)), dtype=np.int32)
    for column, rows in enumerate(lists):
        places = np.zeros(count, dtype=np.int32)
        places[rows] = np.arange(1, len(rows) + 1)
        ranks[:, column] = places[chosen]
    return ranks


def _nearest(search: Search, vector: Vectors | None) -> Rows:
    if vector is None:
        return _NOTHING
    rows, matrix = np.flatnonzero(search.within), search.known.index.matrix
    wide = len(rows) > WIDE * len(matrix)
    return _best(rows, (matrix @ vector)[rows] if wide else matrix[rows] @ vector)


def _near(search: Search, vector: Vectors | None) -> Rows:
    """The nearest in Chroma, unless too few of them would be allowed."""
    if vector is None or search.within.mean() < OPEN:
        return _nearest(search, vector)
    found = search.known.index.vectors.nearest(vector, 2 * DEPTH)
    return _within(search, search.columns.rows(item for item, _ in found))


def _best(rows: Rows, scores: Floats) -> Rows:
    if len(rows) > DEPTH:
        kept = np.argpartition(-scores, DEPTH)[:DEPTH]
        rows, scores = rows[kept], scores[kept]
    return rows[np.argsort(-scores, kind="stable")].astype(np.int32)


def _said(search: Search) -> Rows:
    return _near(search, search.request.text)


def _taste(search: Search) -> Rows:
    nearest = _nearest if len(search.columns) <= EXACT else _near
    return nearest(search, search.request.taste)


def _graph(search: Search) -> Rows:
    return _weightiest(search, search.known.neighbourhoods.weights(search.request.wish.liked))


def _joined(search: Search) -> Rows:
    # The columns hold the graph's own edges; asking the engine for all items of a genre would take 50 ms.
    wish, columns = search.request.wish, search.columns
    weights = np.zeros(len(columns), dtype=np.float32)
    leanings = (entity for entity, _ in wish.leanings)
    for entity in {*wish.prefer, *leanings, *(entity for group in wish.must for entity in group)}:
        rows = columns.having.get(entity)
        if rows is not None:
            weights[rows] += 1.0 / np.log(2.0 + len(rows))
    # Among items that have as much of what is wanted, the better known first.
    return _weightiest(search, np.where(weights > 0, weights + 0.1 * columns.popularity, 0))


def _co_taste(search: Search) -> Rows:
    if not len(search.request.liked):
        return _NOTHING
    return _weightiest(search, search.known.cotaste.scores(search.request.liked))


def _foretold(search: Search) -> Rows:
    return _weightiest(search, search.known.cotaste.foretold(search.request.liked))


def _talk(search: Search) -> Rows:
    request = search.request
    scores = search.known.talk.scores(request.text, request.liked)
    return _weightiest(search, scores - STRANGER)


def _namesakes(search: Search) -> Rows:
    # What shares its title with something better known to talk: few films do, and they are hidden otherwise.
    scores = search.known.talk.scores(search.request.text, search.request.liked)
    best = search.known.namesakes.best(scores)
    return _weightiest(search, np.where(best > scores, best - STRANGER, 0))


def _named(search: Search) -> Rows:
    # A recommender never returns them (it excludes them); a benchmark that counts repeats does.
    return _within(search, search.request.liked[::-1])


def _popular(search: Search) -> Rows:
    return _within(search, search.columns.by_popularity)


def _spoken_of(search: Search) -> Rows:
    return _weightiest(search, search.known.cotaste.counts)


def _used(signal: Callable[[Behaviour, Rows], Floats]) -> Callable[[Search], Rows]:
    """The generator of a signal of the log of use; it finds nothing where there is no log."""

    def generate(search: Search) -> Rows:
        behaviour, liked = search.known.behaviour, search.request.liked
        return _NOTHING if behaviour is None else _weightiest(search, signal(behaviour, liked))

    return generate


def _weightiest(search: Search, weights: Floats) -> Rows:
    rows = np.flatnonzero((weights > 0) & search.within)
    return _best(rows, weights[rows])


def _within(search: Search, rows: Rows) -> Rows:
    return rows[search.within[rows]][:DEPTH]


_NOTHING: Rows = np.zeros(0, dtype=np.int32)
# Name → generator; each returns up to DEPTH allowed rows, best first.
GENERATORS: dict[str, Callable[[Search], Rows]] = {
    "said": _said,
    "taste": _taste,
    "graph": _graph,
    "joined": _joined,
    "co_taste": _co_taste,
    "foretold": _foretold,
    "talk": _talk,
    "namesakes": _namesakes,
    "popular": _popular,
    "spoken_of": _spoken_of,
    "named": _named,
    **{name: _used(signal) for name, signal in SIGNALS.items()},
}
