"""What a log of use teaches, as tables: item vectors (by `implicit`), co-choice, what comes soon after, what is new."""

from dataclasses import dataclass, replace

import numpy as np
from implicit.als import AlternatingLeastSquares
from scipy import sparse

from retrieval.behaviour import DOUBT, Behaviour, Vectors
from retrieval.columns import Floats
from retrieval.cotaste import CoTaste
from training.interactions_log import Log

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """How the tables are learned. Chosen on MovieLens-small's last-but-one choices (docs/learning.md).

    `memory` is the share of the log's span after which a choice counts 1/e in the trend; `reach` how many choices
    further on still count as soon after; `damping` and `next_damping` the power of both items' counts that divides
    co-choice and what comes soon after.
    """

    factors: int = 64
    regularisation: float = 20.0
    confidence: float = 2.0
    sweeps: int = 15
    neighbours: int = 100
    damping: float = 0.5
    next_damping: float = 0.3
    shrinkage: float = 3.0
    reach: int = 20
    memory: float = 0.05
    seed: int = 7


def learn_behaviour(log: Log, size: int, recipe: TableRecipe) -> Behaviour:
    """Returns the tables over a catalogue of `size` items. Refusals count for nothing but ratings. Seeded."""
    chosen = log.chosen
    counts = _people_of(chosen, size)
    return Behaviour(
        vectors=_vectors(chosen, size, recipe),
        together=_table(_together(chosen, size), counts, recipe.damping, recipe),
        next=_table(_soon_after(chosen, size, recipe.reach), counts, recipe.next_damping, recipe),
        trend=trend_at(chosen, size, float(chosen.times.max(initial=0.0)), recipe),
        rating=_ratings(log, size),
    )


def trend_at(log: Log, size: int, now: float, recipe: TableRecipe) -> Floats:
    """Returns (n,) log(1 + choices up to `now`), each fading with its age."""
    memory = max((log.times.max(initial=0.0) - log.times.min(initial=now)) * recipe.memory, DAY)
    before = log.times <= now
    weights = np.exp((log.times[before] - now) / memory)
    trend: Floats = np.log1p(np.bincount(log.items[before], weights, minlength=size)).astype(np.float32)
    return trend


def as_of(behaviour: Behaviour, log: Log, now: float, recipe: TableRecipe) -> Behaviour:
    """Returns the tables with the trend as it was at a time."""
    return replace(behaviour, trend=trend_at(log, len(behaviour.trend), now, recipe))


def matrix_of(log: Log, size: int) -> sparse.csr_array:
    """Returns (people, items) with the weight of each choice; of repeated choices the greatest."""
    _, people = np.unique(log.people, return_inverse=True)
    order = np.argsort(log.weights, kind="stable")
    shape = (int(people.max(initial=-1)) + 1, size)
    keys, last = np.unique((people * size + log.items)[order][::-1], return_index=True)
    weights = log.weights[order][::-1][last]
    return sparse.csr_array((weights, (keys // size, keys % size)), shape=shape, dtype=np.float32)


def _people_of(log: Log, size: int) -> Floats:
    pairs = np.unique(np.stack([log.people, log.items]), axis=1)
    return np.bincount(pairs[1], minlength=size).astype(np.float32)


def _vectors(log: Log, size: int, recipe: TableRecipe) -> Vectors:
    model = AlternatingLeastSquares(
        factors=recipe.factors,
        regularization=recipe.regularisation,
        alpha=1.0 + recipe.confidence,
        iterations=recipe.sweeps,
        num_threads=1,
        random_state=recipe.seed,
    )
    matrix = matrix_of(log, size)
    model.fit(sparse.csr_matrix(matrix), show_progress=False)
    items = np.array(model.item_factors, dtype=np.float32)
    items[np.asarray(matrix.sum(axis=0)).ravel() == 0] = 0.0  # never chosen: noise of the start, not knowledge
    return Vectors(items, recipe.confidence, recipe.regularisation)


def _together(log: Log, size: int) -> sparse.csr_array:
    chosen = matrix_of(log, size)
    chosen.data[:] = 1.0
    # A person of a thousand choices says less of each pair than one of ten (Deshpande & Karypis 2004).
    breadth = sparse.dia_array((1.0 / np.log2(1.0 + chosen.sum(axis=1))[None, :], [0]), shape=(chosen.shape[0],) * 2)
    return sparse.csr_array(chosen.T @ breadth.tocsr() @ chosen)


def _soon_after(log: Log, size: int, reach: int) -> sparse.csr_array:
    total = sparse.csr_array((size, size), dtype=np.float32)
    for step in range(1, reach + 1):
        same = log.people[step:] == log.people[:-step]
        first, then = log.items[:-step][same], log.items[step:][same]
        weights = np.full(len(first), 1.0 / step, dtype=np.float32)
        total = total + sparse.csr_array((weights, (first, then)), shape=(size, size))
    return sparse.csr_array(total)


def _table(pairs: sparse.csr_array, counts: Floats, damping: float, recipe: TableRecipe) -> CoTaste:
    """The nearest of each row, damped by both items' counts."""
    damped = np.power(counts + recipe.shrinkage, -damping).astype(np.float32)
    size = len(counts)
    near = np.full((size, recipe.neighbours), -1, dtype=np.int32)
    weights = np.zeros(near.shape, dtype=np.float32)
    for row in np.flatnonzero(np.diff(pairs.indptr)).tolist():
        span = slice(pairs.indptr[row], pairs.indptr[row + 1])
        others, values = pairs.indices[span], pairs.data[span] * damped[pairs.indices[span]] * damped[row]
        best = np.argsort(np.where(others == row, 0, -values), kind="stable")[: recipe.neighbours]
        best = best[others[best] != row]
        near[row, : len(best)], weights[row, : len(best)] = others[best], values[best]
    return CoTaste(near, weights, counts)


def _ratings(log: Log, size: int) -> Floats:
    rated = ~np.isnan(log.ratings)
    usual = float(log.ratings[rated].mean()) if rated.any() else 0.5
    sums = np.bincount(log.items[rated], log.ratings[rated], minlength=size)
    counts = np.bincount(log.items[rated], minlength=size)
    return ((sums + DOUBT * usual) / (counts + DOUBT)).astype(np.float32)
