"""What the scorer is compared with on a log of use: popularity, and `implicit`'s ALS and BPR, tuned in the same run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.bpr import BayesianPersonalizedRanking
from implicit.cpu.bpr import BayesianPersonalizedRanking as FittedRanking
from scipy import sparse

from retrieval.columns import Floats
from training.interactions_log import Decision, Log
from training.interactions_tables import matrix_of
from training.scorer_metrics import Hits

# What is tried for each library's model; the best by NDCG@10 on the last-but-one choices is compared.
ALS_GRID: Sequence[Mapping[str, Any]] = (
    {"factors": 64, "regularization": 8.0, "alpha": 5.0},
    {"factors": 64, "regularization": 20.0, "alpha": 3.0},
    {"factors": 64, "regularization": 20.0, "alpha": 5.0},
    {"factors": 128, "regularization": 20.0, "alpha": 5.0},
    {"factors": 32, "regularization": 8.0, "alpha": 5.0},
)
BPR_GRID: Sequence[Mapping[str, Any]] = (
    {"factors": 64, "learning_rate": 0.05, "regularization": 0.01, "iterations": 150},
    {"factors": 64, "learning_rate": 0.03, "regularization": 0.03, "iterations": 150},
    {"factors": 128, "learning_rate": 0.03, "regularization": 0.05, "iterations": 150},
)
SEED = 1


class Rival(Protocol):
    """Scores every item of a catalogue for a decision."""

    def scores(self, decision: Decision) -> Floats:
        """Returns (n,): the more, the better."""
        ...


@dataclass(frozen=True)
class Popularity:
    """Everybody is shown what most people chose."""

    counts: Floats

    def scores(self, decision: Decision) -> Floats:
        """Returns (n,) how many people chose each item."""
        return self.counts


@dataclass(frozen=True)
class Factors:
    """A model of `implicit`. A person who was not learned from is folded in where the library can (ALS), else is the
    mean of the liked items' vectors."""

    model: Any
    places: Mapping[int, int]
    size: int

    def scores(self, decision: Decision) -> Floats:
        """Returns (n,) the product of the person's and every item's vector."""
        found: Floats = self.model.item_factors @ self._person(decision)
        return found

    def _person(self, decision: Decision) -> Floats:
        place = self.places.get(decision.person)
        if place is not None:
            known: Floats = self.model.user_factors[place]
            return known
        liked = np.array(decision.liked, dtype=np.int64)
        if isinstance(self.model, FittedRanking):
            mean: Floats = self.model.item_factors[liked].mean(axis=0)
            return mean
        row = sparse.csr_matrix((np.ones(len(liked), np.float32), (np.zeros_like(liked), liked)), shape=(1, self.size))
        folded: Floats = self.model.recalculate_user(0, row)
        return folded


def popularity(log: Log, size: int) -> Popularity:
    """Returns the popularity of a log's items."""
    return Popularity(np.bincount(log.items, minlength=size).astype(np.float32))


def als(log: Log, size: int, settings: Mapping[str, Any]) -> Factors:
    """Returns ALS (Hu, Koren & Volinsky 2008), fitted."""
    return _fitted(AlternatingLeastSquares(**settings, num_threads=1, random_state=SEED), log, size)


def bpr(log: Log, size: int, settings: Mapping[str, Any]) -> Factors:
    """Returns BPR (Rendle et al. 2009), fitted."""
    return _fitted(BayesianPersonalizedRanking(**settings, num_threads=1, random_state=SEED), log, size)


def best(
    make: Callable[[Mapping[str, Any]], Rival], grid: Sequence[Mapping[str, Any]], decisions: Sequence[Decision]
) -> Mapping[str, Any]:
    """Returns the settings with the best NDCG@10 on the decisions."""

    def worth(settings: Mapping[str, Any]) -> float:
        rival = make(settings)
        return float(np.mean([place_in(rival.scores(one), one).metrics()["ndcg@10"] for one in decisions]))

    return max(grid, key=worth)


def place_in(scores: Floats, decision: Decision) -> Hits:
    """Returns the target's place among all items but those met before; of equals it takes the middle place."""
    open_items = np.ones(len(scores), dtype=np.bool_)
    open_items[[*decision.liked, *decision.disliked, *decision.excluded]] = False
    others = scores[open_items]
    mine = scores[decision.target]
    return Hits((1 + int((others > mine).sum()) + (int((others == mine).sum()) - 1) // 2,), decision.person)


def _fitted(model: Any, log: Log, size: int) -> Factors:
    model.fit(sparse.csr_matrix(matrix_of(log, size)), show_progress=False)
    return Factors(model, {person: place for place, person in enumerate(np.unique(log.people).tolist())}, size)
