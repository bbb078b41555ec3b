"""The way from a wish to a ranked list: request → candidates → features → scores → a varied choice."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from kg.errors import IndexNotReadyError
from kg.items import Item
from retrieval.belief import Belief
from retrieval.candidates import POOL, Knowledge, Pool, find_candidates
from retrieval.columns import Floats, Rows
from retrieval.constraints import Broken, Relaxation, broken, relaxations
from retrieval.diversity import novel, varied
from retrieval.encoder import Encoder
from retrieval.features import NAMES, feature_matrix, share_of
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.request import Request
from retrieval.scorer import Scorer
from retrieval.steering import gains
from retrieval.wish import Wish

# Weights, in logits, that are set by hand. No training conversation shows a critique or something to shun softly; and
# what is preferred was found there by a lexicon, where a conversation knows that it was asked for.
MOVE_WEIGHT = 2.0
SHUNNED_WEIGHT = 3.0
ASKED_WEIGHT = 3.0


# The scorer learned what people name in talk: mostly what everyone knows. This much of what anyone would be told is
# taken off a film's score, at novelty 0, and more at novelty 1, so that the picks are this person's. Chosen by reading
# lists; the benchmark's order is the scorer's own.
LIFT, NOVEL_LIFT = 0.4, 0.5


class Pick(NamedTuple):
    """One recommendation: the item, the calibrated chance (0 … 1) that it is taken, and its features by name."""

    item: Item
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The answer to a wish, best first.

    `allowed` counts the items of the catalogue that keep its hard constraints, `pool` those that were scored.
    `relaxations` is () unless fewer items were found than were wanted; then it holds the smallest changes that help.
    `belief` are the scored candidates with their chances.
    `timings` are seconds: `encode` (the text), `retrieve` (candidates and features) and `score` (to the final choice).
    """

    items: tuple[Pick, ...]
    relaxations: tuple[Relaxation, ...]
    allowed: int
    pool: int
    timings: Mapping[str, float]
    belief: Belief


@dataclass(frozen=True, slots=True)
class Standing:
    """Why an item was or was not recommended.

    `known` is false for an id that is not in the catalogue. `broken` are the hard constraints that keep it out.
    `rank` is its place among the scored candidates, from 1, or None when no generator found it.
    """

    item_id: str
    known: bool
    broken: tuple[Broken, ...]
    rank: int | None


class Retriever:
    """Recommends from an index. It keeps no state between calls, and calls may come from several threads."""

    def __init__(self, index: Index, encoder: Encoder, learned: Learned) -> None:
        self.index = index
        self._encoder = encoder
        self._scorer = learned.scorer
        self._known = Knowledge.of(index, learned.cotaste, learned.talk, learned.behaviour)
        self._nobody = Request.of(index, Wish(), encoder)

    @staticmethod
    def open(index: Index, encoder: Encoder, scorer: Scorer | None = None) -> "Retriever":
        """Returns a retriever with what the project ships, or with another scorer over it.

        Raises ModelError when a file of the weights is damaged, IndexNotReadyError when another encoder made the index.
        """
        if index.encoder_name != encoder.name:
            raise IndexNotReadyError(
                f"The index was made by another text encoder ({index.encoder_name}). Run `tastemaker ingest`."
            )
        learned = Learned.load(tuple(index.catalogue))
        return Retriever(index, encoder, replace(learned, scorer=scorer) if scorer else learned)

    def recommend(self, wish: Wish) -> Ranked:
        """Returns up to `wish.count` items that keep every hard constraint, best first, unlike each other.

        Items in `wish.liked` are known to the person and never returned.
        Raises GraphError when the graph's engine is away.
        """
        started = time.perf_counter()
        wish = replace(wish, exclude=wish.exclude.union(wish.liked))
        request = Request.of(self.index, wish, self._encoder)
        encoded = time.perf_counter()
        pool, features = self._retrieved(request)
        retrieved = time.perf_counter()
        logits = self._logits(request, pool, features)
        chances = self._scorer.chances(logits)
        own = self._own(wish, pool, logits)
        picked = varied(
            pool.rows,
            self._novel(wish, pool, own),
            self.index.matrix,
            self._series(wish, pool),
            wish.novelty,
            wish.count,
        )
        items = tuple(self._pick(pool, features, chances, place) for place in picked)
        scored = time.perf_counter()
        return Ranked(
            items=items,
            relaxations=tuple(relaxations(self.index.columns, wish)) if len(items) < wish.count else (),
            allowed=int(request.allowed.sum()),
            pool=len(pool.rows),
            timings={"encode": encoded - started, "retrieve": retrieved - encoded, "score": scored - retrieved},
            belief=Belief.of(pool.rows, logits, picked),
        )

    def explain_exclusion(self, item_id: str, wish: Wish) -> Standing:
        """Returns which hard constraints keep the item out, or its rank among the candidates of the wish."""
        item = self.index.catalogue.get(item_id)
        if item is None:
            return Standing(item_id, known=False, broken=(), rank=None)
        if kept_out := broken(item, wish):
            return Standing(item_id, known=True, broken=kept_out, rank=None)
        request = Request.of(self.index, wish, self._encoder)
        pool, features = self._retrieved(request)
        own = self._own(wish, pool, self._logits(request, pool, features))
        order = pool.rows[np.argsort(-own, kind="stable")]
        places = np.flatnonzero(order == self.index.columns.row_of[item_id])
        return Standing(item_id, known=True, broken=(), rank=int(places[0]) + 1 if len(places) else None)

    def _retrieved(self, request: Request) -> tuple[Pool, Floats]:
        pool = find_candidates(self._known, request, POOL)
        return pool, feature_matrix(self._known, request, pool)

    def _logits(self, request: Request, pool: Pool, features: Floats) -> Floats:
        """The learned logits, steered by what no training conversation shows."""
        moved = gains(self.index.columns, self.index.matrix, request.base, request.wish.moves)[:, pool.rows]
        steer = MOVE_WEIGHT * np.clip(moved, -3.0, 1.0).sum(axis=0)
        shunned = SHUNNED_WEIGHT * features[:, NAMES.index("dispreferred")]
        asked = ASKED_WEIGHT * share_of(self.index.columns, pool.rows, request.wish.prefer)
        steered: Floats = (self._scorer.logits(features) + steer + asked - shunned).astype(np.float32)
        return steered

    def _own(self, wish: Wish, pool: Pool, logits: Floats) -> Floats:
        """The logits less what the candidates would get from somebody of whom nothing is known."""
        everyones = self._scorer.logits(feature_matrix(self._known, self._nobody, pool))
        own: Floats = logits - np.float32(LIFT + NOVEL_LIFT * wish.novelty) * everyones
        return own

    def _novel(self, wish: Wish, pool: Pool, logits: Floats) -> Floats:
        spoken_of = np.log1p(self._known.cotaste.counts[pool.rows])
        return novel(logits, self.index.columns.popularity[pool.rows], spoken_of, wish.novelty)

    def _series(self, wish: Wish, pool: Pool) -> Rows:
        """The candidates' series, of which only one film each is shown, unless more of the same was asked for."""
        series = self.index.columns.series[pool.rows]
        return np.full_like(series, -1) if "similar" in wish.moves else series

    def _pick(self, pool: Pool, features: Floats, chances: Floats, place: int) -> Pick:
        item = self.index.catalogue.get(self.index.columns.ids[pool.rows[place]])
        assert item is not None
        return Pick(item, float(chances[place]), dict(zip(NAMES, features[place].tolist(), strict=True)))
