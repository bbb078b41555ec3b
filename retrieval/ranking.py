"""The way from a wish to a ranked list: request → candidates → features → scores → a varied choice."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.errors import IndexNotReadyError
from kg.items import Item
from retrieval.belief import Belief
from retrieval.candidates import POOL, Knowledge, Pool, find_candidates
from retrieval.columns import Floats, Rows
from retrieval.constraints import allowed_rows, broken, relaxations
from retrieval.diversity import novel, varied
from retrieval.encoder import Encoder
from retrieval.exploring import RUNNERS_UP, Exploring, explored
from retrieval.features import NAMES, feature_matrix, share_of
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.moves import Move
from retrieval.ranked import Fit, Pick, Ranked, Standing
from retrieval.request import Request
from retrieval.scorer import WEIGHTS, Scorer
from retrieval.steering import gains, openings, steered_rows
from retrieval.together import Combine, satisfaction
from retrieval.wish import Limits, Wish

# Weights, in logits, that are set by hand. No training conversation shows a critique or something to shun softly; and
# what is preferred was found there by a lexicon, where a conversation knows that it was asked for.
MOVE_WEIGHT = 2.0
SHUNNED_WEIGHT = 3.0
ASKED_WEIGHT = 3.0
KNOWN_LIFT = 0.15
"""What being known by all is worth beside the cosine of a description: people ask for what they have heard of."""
IDEAL_WEIGHT = 6.0
"""Logits off what breaks a limit that is only leaned to: such an item comes where little else is left."""


# The scorer learned what people name in talk: mostly what everyone knows. This much of what anyone would be told is
# taken off a film's score, at novelty 0, and more at novelty 1, so that the picks are this person's. Chosen by reading
# lists; the benchmark's order is the scorer's own.
LIFT, NOVEL_LIFT = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates as scored for a wish: their logits, calibrated chances, and what the list is ordered by; each (k,)."""

    pool: Pool
    features: Floats
    logits: Floats
    chances: Floats
    worth: Floats


class Retriever:
    """Recommends from an index. It keeps no state between calls, and calls may come from several threads."""

    def __init__(self, index: Index, encoder: Encoder, learned: Learned) -> None:
        self.index = index
        self._encoder = encoder
        self._scorer = learned.scorer
        self._known = Knowledge.of(index, learned.cotaste, learned.talk, learned.behaviour)
        self._nobody = Request.of(index, Wish(), encoder)

    @staticmethod
    def open(index: Index, encoder: Encoder, scorer: Scorer | None = None, weights: Path = WEIGHTS) -> "Retriever":
        """Returns a retriever with the weights of a folder, the project's own at first, or another scorer over them.

        Raises ModelError when a file of the weights is damaged, IndexNotReadyError when another encoder made the index.
        """
        if index.encoder_name != encoder.name:
            raise IndexNotReadyError(
                f"The index was made by another text encoder ({index.encoder_name}). Run `tastemaker ingest`."
            )
        learned = Learned.load(tuple(index.catalogue), weights)
        return Retriever(index, encoder, replace(learned, scorer=scorer) if scorer else learned)

    def talked_of_with(self, item_id: str, other_id: str, places: int) -> bool:
        """Returns whether `other` is among the items that people who talk of `item` most often talk of as well."""
        rows, cotaste = self.index.columns.row_of, self._known.cotaste
        row, other = rows.get(item_id), rows.get(other_id)
        if row is None or other is None:
            return False
        near = np.argsort(-cotaste.weights[row], kind="stable")[:places]
        return bool(((cotaste.neighbours[row][near] == other) & (cotaste.weights[row][near] > 0)).any())

    def recommend(self, wish: Wish, exploring: Exploring | None = None) -> Ranked:
        """Returns up to `wish.count` items that keep every hard constraint, best first, unlike each other.

        Items in `wish.liked` are known to the person and never returned. With `exploring` the last place is given to
        one of the next best now and then.
        Raises GraphError when the graph's engine is away.
        """
        started = time.perf_counter()
        request = Request.of(self.index, replace(wish, exclude=wish.exclude.union(wish.liked)), self._encoder)
        encoded = time.perf_counter()
        pool, features = self._retrieved(request)
        retrieved = time.perf_counter()
        return self._chosen(request, self._judged(request, pool, features), (started, encoded, retrieved), exploring)

    def recommend_to_all(self, wishes: Sequence[Wish], combine: Combine) -> Ranked:
        """Returns up to `count` items for several people, best first by their satisfactions as `combine` joins them.

        No item breaks a hard constraint of anyone, nor is it one that anyone is known to like. The first wish says how
        many are wanted, and how varied. The chances of a pick are joined in the same way.
        Raises GraphError when the graph's engine is away, ValueError when there is no wish.
        """
        started = time.perf_counter()
        requests = [Request.of(self.index, wish, self._encoder) for wish in _kept_by_all(wishes)]
        encoded = time.perf_counter()
        pools = [find_candidates(self._known, request, POOL) for request in requests]
        rows = np.unique(np.concatenate([pool.rows for pool in pools]))
        own = [pool.over(rows) for pool in pools]
        features = [feature_matrix(self._known, request, pool) for request, pool in zip(requests, own, strict=True)]
        retrieved = time.perf_counter()
        judged = [self._judged(*each) for each in zip(requests, own, features, strict=True)]
        for_all = Judged(
            pool=own[0],
            features=features[0],
            logits=np.mean([each.logits for each in judged], axis=0),
            chances=combine(np.stack([each.chances for each in judged])),
            worth=combine(np.stack([satisfaction(each.worth) for each in judged])),
        )
        return self._chosen(requests[0], for_all, (started, encoded, retrieved))

    def described(self, text: str, count: int) -> tuple[Item, ...]:
        """Returns the items whose texts are nearest to a description, the better known of equals first."""
        if not text.strip() or not len(self.index.columns):
            return ()
        near = self.index.matrix @ self._encoder.encode([text])[0] + KNOWN_LIFT * self.index.columns.popularity
        return tuple(self._item(int(row)) for row in np.argsort(-near, kind="stable")[:count])

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

    def weigh(self, item_ids: Sequence[str], wish: Wish) -> tuple[Fit, ...]:
        """Returns how well each known item fits the wish, in the order given, whatever its hard constraints say.

        What is required counts as preferred, and what is banned as shunned. Items that no generator finds are weighed
        beside the candidates.
        """
        required = tuple(entity for group in wish.must for entity in sorted(group))
        open_wish = replace(
            wish,
            must=(),
            avoid=frozenset(),
            exclude=frozenset(),
            limits=Limits(),
            prefer=tuple(dict.fromkeys((*wish.prefer, *required))),
            disprefer=tuple(dict.fromkeys((*wish.disprefer, *sorted(wish.avoid)))),
        )
        request = Request.of(self.index, open_wish, self._encoder)
        rows = self.index.columns.rows(item_ids)
        pool = find_candidates(self._known, request, POOL).with_rows(rows)
        logits = self._logits(request, pool, feature_matrix(self._known, request, pool))
        own, chances = self._own(open_wish, pool, logits), self._scorer.chances(logits)
        fits = []
        for row in rows.tolist():
            at = int(np.flatnonzero(pool.rows == row)[0])
            item = self._item(row)
            fits.append(Fit(item.id, float(chances[at]), 1 + int((own > own[at]).sum()), broken(item, wish)))
        return tuple(fits)

    def against(self, item_id: str, wish: Wish) -> tuple[Move, ...]:
        """Returns the moves of the wish that a known item does not follow; of similar and different nothing is said."""
        columns = self.index.columns
        row = columns.row_of[item_id]
        steers = [(s.move, columns.rows(s.base)) for s in wish.steers if s.move not in ("similar", "different")]
        kept = [bool(steered_rows(columns, self.index.matrix, [steer])[row]) for steer in steers]
        return tuple(move for (move, _), follows in zip(steers, kept, strict=True) if not follows)

    def openings(self, wish: Wish, shown: Sequence[str]) -> dict[Move, int]:
        """Returns how many items each move from those shown would still leave, in the order of the moves."""
        columns = self.index.columns
        within = allowed_rows(columns, replace(wish, exclude=wish.exclude.union(wish.liked, shown)))
        standing = [(steer.move, columns.rows(steer.base)) for steer in wish.standing]
        return openings(columns, self.index.matrix, within, columns.rows(shown), standing)

    def _retrieved(self, request: Request) -> tuple[Pool, Floats]:
        pool = find_candidates(self._known, request, POOL)
        return pool, feature_matrix(self._known, request, pool)

    def _logits(self, request: Request, pool: Pool, features: Floats) -> Floats:
        """The learned logits, steered by what no training conversation shows."""
        moved = gains(self.index.columns, self.index.matrix, request.steers)[:, pool.rows]
        steer = MOVE_WEIGHT * np.clip(moved, -3.0, 1.0).sum(axis=0)
        shunned = SHUNNED_WEIGHT * features[:, NAMES.index("dispreferred")]
        asked = ASKED_WEIGHT * share_of(self.index.columns, pool.rows, request.wish.prefer)
        for entity, weight in request.wish.leanings:
            asked = asked + ASKED_WEIGHT * np.float32(weight) * share_of(self.index.columns, pool.rows, (entity,))
        if request.wish.ideally != Limits():
            shunned = (
                shunned + IDEAL_WEIGHT * ~allowed_rows(self.index.columns, Wish(limits=request.wish.ideally))[pool.rows]
            )
        steered: Floats = (self._scorer.logits(features) + steer + asked - shunned).astype(np.float32)
        return steered

    def _own(self, wish: Wish, pool: Pool, logits: Floats) -> Floats:
        """The logits less what the candidates would get from somebody of whom nothing is known."""
        everyones = self._scorer.logits(feature_matrix(self._known, self._nobody, pool))
        own: Floats = logits - np.float32(LIFT + NOVEL_LIFT * wish.novelty) * everyones
        return own

    def _judged(self, request: Request, pool: Pool, features: Floats) -> Judged:
        logits = self._logits(request, pool, features)
        worth = self._novel(request.wish, pool, self._own(request.wish, pool, logits))
        return Judged(pool, features, logits, self._scorer.chances(logits), worth)

    def _chosen(
        self,
        request: Request,
        judged: Judged,
        clock: tuple[float, float, float],
        exploring: Exploring | None = None,
    ) -> Ranked:
        """A varied choice; `clock` tells when the search began, the text was encoded, the features were there."""
        wish, pool = request.wish, judged.pool
        series = self._series(wish, pool)
        most = wish.count + (RUNNERS_UP if exploring else 0)
        picked = varied(pool.rows, judged.worth, self.index.matrix, series, wish.novelty, most)
        propensities = [1.0] * len(picked)
        if exploring:
            picked, propensities = explored(picked, wish.count, judged.worth, exploring)
        items = tuple(self._pick(judged, place) for place in picked)
        started, encoded, retrieved = clock
        score = time.perf_counter() - retrieved
        return Ranked(
            items=items,
            relaxations=tuple(relaxations(self.index.columns, wish)) if len(items) < wish.count else (),
            allowed=int(request.allowed.sum()),
            pool=len(pool.rows),
            timings={"encode": encoded - started, "retrieve": retrieved - encoded, "score": score},
            belief=Belief.of(pool.rows, judged.logits, picked),
            propensities=tuple(propensities),
        )

    def _novel(self, wish: Wish, pool: Pool, logits: Floats) -> Floats:
        spoken_of = np.log1p(self._known.cotaste.counts[pool.rows])
        return novel(logits, self.index.columns.popularity[pool.rows], spoken_of, wish.novelty)

    def _series(self, wish: Wish, pool: Pool) -> Rows:
        """The candidates' series, of which only one film each is shown, unless more of the same was asked for."""
        series = self.index.columns.series[pool.rows]
        return np.full_like(series, -1) if "similar" in wish.moves else series

    def _pick(self, judged: Judged, place: int) -> Pick:
        item = self._item(int(judged.pool.rows[place]))
        return Pick(item, float(judged.chances[place]), dict(zip(NAMES, judged.features[place].tolist(), strict=True)))

    def _item(self, row: int) -> Item:
        item = self.index.catalogue.get(self.index.columns.ids[row])
        assert item is not None
        return item


def _kept_by_all(wishes: Sequence[Wish]) -> list[Wish]:
    """Returns the wishes, each with what every one of them rules out."""
    avoid = frozenset[str]().union(*(wish.avoid for wish in wishes))
    exclude = frozenset[str]().union(*(wish.exclude.union(wish.liked) for wish in wishes))
    return [replace(wish, avoid=avoid, exclude=exclude) for wish in wishes]
