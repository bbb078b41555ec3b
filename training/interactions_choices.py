"""From a log's decisions to lists of features, by the very candidates and features that serve; every label unseen."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.behaviour import Behaviour
from retrieval.candidates import Knowledge, find_candidates
from retrieval.columns import Rows
from retrieval.encoder import Encoder
from retrieval.features import feature_matrix
from retrieval.progress import Progress
from retrieval.request import Request
from retrieval.wish import Wish
from training.adapting import Choice
from training.interactions_log import Decision, Log, decision_at
from training.interactions_tables import TableRecipe, as_of, learn_behaviour

FOLDS = 4
# A person's decisions that are learned from: the last ones and as many from anywhere, half of these seen as if the
# person were new, after a few choices only.
LAST, ANYWHERE, NEWCOMER = 4, 4, 8


@dataclass(frozen=True)
class Maker:
    """Makes lists over one catalogue. `known` is what is known without the log."""

    known: Knowledge
    encoder: Encoder
    recipe: TableRecipe

    @property
    def size(self) -> int:
        """How many items the catalogue has."""
        return len(self.known.index.columns)

    def choice(self, decision: Decision, behaviour: Behaviour | None) -> tuple[Rows, Choice]:
        """Returns the candidates (k,) of a decision and their features; the target may not be among them."""
        known = replace(self.known, behaviour=behaviour)
        ids = known.index.columns.ids
        liked, disliked = (tuple(ids[row] for row in rows) for rows in (decision.liked, decision.disliked))
        excluded = (ids[row] for row in decision.excluded)
        wish = Wish(liked=liked, disliked=disliked, exclude=frozenset((*liked, *disliked, *excluded)))
        request = Request.of(known.index, wish, self.encoder)
        pool = find_candidates(known, request)
        wanted = (pool.rows == decision.target).astype(np.float32)
        features = feature_matrix(known, request, pool).astype(np.float16)
        return pool.rows, Choice(features, wanted, decision.person, missed=int(not wanted.any()))


def fold_of(person: int) -> int:
    """Returns the fold of a person, the same on every run."""
    return zlib.crc32(str(person).encode()) % FOLDS


def decisions_of(log: Log, seed: int, last: int = LAST, anywhere: int = ANYWHERE) -> list[Decision]:
    """Returns what is learned from each person: their last decisions, and as many from anywhere in their history."""
    random = np.random.default_rng(seed)
    found: list[Decision] = []
    for _, span in log.spans():
        places = np.arange(span.start + 1, span.stop)
        late, early = places[-last:], places[:-last]
        drawn = random.choice(early, min(anywhere, len(early)), replace=False)
        for number, place in enumerate((*late.tolist(), *sorted(drawn.tolist()))):
            seen = int(random.integers(1, NEWCOMER + 1)) if number >= last and number % 2 else None
            decision = decision_at(log, span, place, seen)
            if decision is not None:
                found.append(decision)
    return found


def cross_fitted(
    maker: Maker, log: Log, decisions: Sequence[Decision], tell: Progress
) -> tuple[list[Choice], Callable[[], Behaviour]]:
    """Returns the decisions as lists, each seeing tables learned without anybody of its person's fold.

    The second value learns the tables of the whole log, for serving.
    """
    folds = np.array([fold_of(person) for person in log.people.tolist()])
    choices: list[Choice] = []
    done = 0
    for fold in range(FOLDS):
        others = log.where(folds != fold)
        behaviour = learn_behaviour(others, maker.size, maker.recipe)
        for decision in decisions:
            if fold_of(decision.person) == fold:
                then = as_of(behaviour, others.chosen, decision.now, maker.recipe)
                choices.append(maker.choice(decision, then)[1])
                done += 1
                if done % 50 == 0:
                    tell("features", done, len(decisions))
    return choices, lambda: learn_behaviour(log, maker.size, maker.recipe)
