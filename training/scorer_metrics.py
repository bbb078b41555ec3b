"""Ranking metrics of one list, and their means with bootstrap intervals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CUTOFFS = (1, 10, 50)
NDCG_AT = 10
# What a summary shows; the rest is for the full report.
MAIN = (*(f"recall@{cut}" for cut in CUTOFFS), f"ndcg@{NDCG_AT}", "mrr")


@dataclass(frozen=True, slots=True)
class Hits:
    """The places (from 1) at which a row's targets stand; None for a target that was not listed."""

    places: tuple[int | None, ...]
    group: int

    def metrics(self) -> dict[str, float]:
        """Returns the main metrics: recall@1/10/50, ndcg@10 and the reciprocal rank of the first hit."""
        recalls = {f"recall@{cut}": self._within(cut) / len(self.places) for cut in CUTOFFS}
        first = min((place for place in self.places if place is not None), default=None)
        return recalls | {f"ndcg@{NDCG_AT}": self._ndcg(NDCG_AT), "mrr": 1.0 / first if first else 0.0}

    def all_metrics(self) -> dict[str, float]:
        """Returns the main metrics, and precision and F1 at 1/10/50 and ndcg@1/50."""
        found = self.metrics()
        for cut in CUTOFFS:
            precision, recall = self._within(cut) / cut, found[f"recall@{cut}"]
            found[f"precision@{cut}"] = precision
            found[f"f1@{cut}"] = 2 * precision * recall / (precision + recall) if recall else 0.0
            found[f"ndcg@{cut}"] = self._ndcg(cut)
        return found

    def _within(self, cut: int) -> int:
        return sum(place is not None and place <= cut for place in self.places)

    def _ndcg(self, cut: int) -> float:
        """Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002), every target worth the same."""
        ideal = sum(1.0 / math.log2(1 + place) for place in range(1, min(len(self.places), cut) + 1))
        return sum(1.0 / math.log2(1 + place) for place in self.places if place is not None and place <= cut) / ideal


def places_of(ranked: Sequence[str], targets: Sequence[str], group: int) -> Hits:
    """Returns the targets' places in a ranked list. `group` is the dialogue, the unit of the bootstrap."""
    where = {item: place for place, item in enumerate(ranked, start=1)}
    return Hits(tuple(where.get(target) for target in targets), group)


def macro(rows: Sequence[Hits]) -> dict[str, float]:
    """Returns the mean of each main metric over rows."""
    return mean_of([row.metrics() for row in rows])


def mean_of(tables: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Returns the mean of each figure over rows; {} for no rows."""
    return {name: float(np.mean([table[name] for table in tables])) for name in tables[0]} if tables else {}


def micro(rows: Sequence[Hits]) -> dict[str, float]:
    """Returns recall over all targets, each counting once."""
    places = [place for row in rows for place in row.places]
    return {
        f"recall@{cut}": sum(place is not None and place <= cut for place in places) / max(len(places), 1)
        for cut in CUTOFFS
    }


def intervals(rows: Sequence[Hits], seed: int = 0, draws: int = 1000) -> dict[str, tuple[float, float]]:
    """Returns the 95% interval of each main metric's mean, whole dialogues drawn with replacement."""
    return bootstrapped([row.metrics() for row in rows], [row.group for row in rows], seed, draws)


def bootstrapped(
    tables: Sequence[Mapping[str, float]], groups: Sequence[int], seed: int = 0, draws: int = 1000
) -> dict[str, tuple[float, float]]:
    """Returns the 95% interval of each figure's mean over rows, whole groups drawn with replacement (Efron 1979).

    Rows of one dialogue are alike, so the dialogue is what is drawn. {} for no rows.
    """
    if not tables:
        return {}
    names = list(tables[0])
    values = np.array([[table[name] for name in names] for table in tables])
    places = np.unique(np.asarray(groups), return_inverse=True)[1]
    sizes = np.bincount(places)
    sums = np.zeros((len(sizes), len(names)))
    np.add.at(sums, places, values)
    drawn = np.random.default_rng(seed).integers(0, len(sizes), size=(draws, len(sizes)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1, keepdims=True)
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return {name: (float(low[place]), float(high[place])) for place, name in enumerate(names)}
