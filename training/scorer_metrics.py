"""Ranking metrics of one list, and their means with bootstrap intervals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CUTOFFS = (1, 10, 50)
NDCG_AT = 10


@dataclass(frozen=True, slots=True)
class Hits:
    """The places (from 1) at which a row's targets stand; None for a target that was not listed."""

    places: tuple[int | None, ...]
    group: int

    def metrics(self) -> dict[str, float]:
        """Returns recall@1/10/50, ndcg@10 (Järvelin & Kekäläinen 2002) and the reciprocal rank of the first hit."""
        count = len(self.places)
        found = sorted(place for place in self.places if place is not None)
        ideal = sum(1.0 / math.log2(1 + place) for place in range(1, min(count, NDCG_AT) + 1))
        gain = sum(1.0 / math.log2(1 + place) for place in found if place <= NDCG_AT)
        recalls = {f"recall@{cut}": sum(place <= cut for place in found) / count for cut in CUTOFFS}
        return recalls | {f"ndcg@{NDCG_AT}": gain / ideal, "mrr": 1.0 / found[0] if found else 0.0}


def places_of(ranked: Sequence[str], targets: Sequence[str], group: int) -> Hits:
    """Returns the targets' places in a ranked list. `group` is the dialogue, the unit of the bootstrap."""
    where = {item: place for place, item in enumerate(ranked, start=1)}
    return Hits(tuple(where.get(target) for target in targets), group)


def macro(rows: Sequence[Hits]) -> dict[str, float]:
    """Returns the mean over rows."""
    tables = [row.metrics() for row in rows]
    return {name: float(np.mean([table[name] for table in tables])) for name in tables[0]} if tables else {}


def micro(rows: Sequence[Hits]) -> dict[str, float]:
    """Returns recall over all targets, each counting once."""
    places = [place for row in rows for place in row.places]
    return {
        f"recall@{cut}": sum(place is not None and place <= cut for place in places) / max(len(places), 1)
        for cut in CUTOFFS
    }


def intervals(rows: Sequence[Hits], seed: int = 0, draws: int = 1000) -> dict[str, tuple[float, float]]:
    """Returns the 95% interval of each macro metric, whole dialogues drawn with replacement (Efron 1979)."""
    groups: dict[int, list[Mapping[str, float]]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row.metrics())
    names = list(rows[0].metrics()) if rows else []
    sums = np.array([[sum(table[name] for table in tables) for name in names] for tables in groups.values()])
    sizes = np.array([len(tables) for tables in groups.values()])
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(groups), size=(draws, len(groups))) if groups else np.zeros((draws, 0), dtype=int)
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1, keepdims=True) if groups else np.zeros((draws, 0))
    low, high = np.percentile(means, [2.5, 97.5], axis=0) if names else ((), ())
    return {name: (float(low[place]), float(high[place])) for place, name in enumerate(names)}
