"""`tastemaker evaluate interactions`: the scorer that a log teaches, against popularity, ALS and BPR, on MovieLens.

Leave-one-out: each person's last choice by time is to be found among all items, from all choices before it. Then
people and items that were hidden from all learning, and the stars that people give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from evaluation.interactions_ratings import rating_figures
from evaluation.interactions_rivals import ALS_GRID, BPR_GRID, Rival, als, best, bpr, place_in, popularity
from retrieval.adapted import AdaptedScorer
from retrieval.behaviour import Behaviour
from retrieval.candidates import Knowledge
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from training.adapting import AdaptingRecipe, adapt
from training.interactions import column, hits_of, shipped
from training.interactions_choices import Maker, cross_fitted, decisions_of
from training.interactions_log import Decision, Log, decision_at
from training.interactions_tables import TableRecipe, as_of
from training.scorer_metrics import Hits, intervals, macro

OURS, PARTS = "tastemaker", ("use_next", "use_lately", "use_vectors", "taste_similarity")
HIDDEN_PEOPLE, HIDDEN_ITEMS = 0.2, 0.1
FIRST_CHOICES = (1, 3, 5)


@dataclass(frozen=True)
class Ours:
    """Our scorer, taught by a log, as it serves: candidates, features, scores."""

    maker: Maker
    scorer: AdaptedScorer
    behaviour: Behaviour
    log: Log

    def lists(self, decisions: Sequence[Decision], tell: Progress) -> dict[str, list[Hits]]:
        """Returns the places of the targets in our lists, and in the lists that single features make."""
        ways: dict[str, Callable[[Any], Any]] = {OURS: self.scorer.logits}
        ways |= {name: column(name) for name in PARTS}
        found: dict[str, list[Hits]] = {name: [] for name in ways}
        found["in the candidates"] = []
        for place, decision in enumerate(decisions):
            if place % 25 == 0:
                tell("our lists", place, len(decisions))
            then = as_of(self.behaviour, self.log, decision.now, self.maker.recipe)
            _, choice = self.maker.choice(decision, then)
            for name, way in ways.items():
                found[name].append(hits_of(choice, way))
            found["in the candidates"].append(Hits((None if choice.missed else 1,), decision.person))
        return found


def evaluate_interactions(
    log: Log, index: Index, encoder: Encoder, learned: Learned, tell: Progress = silent
) -> dict[str, Any]:
    """Returns the report. `learned` is what was learned from talks; nothing of the log is in it."""
    maker = Maker(Knowledge.of(index, learned.cotaste, learned.talk), encoder, TableRecipe())
    recipe = AdaptingRecipe()
    return {
        "people": len(np.unique(log.people)),
        "items": maker.size,
        "ratings": len(log),
        "recipes": {"tables": asdict(maker.recipe), "network": asdict(recipe)},
        "leave_one_out": leave_one_out(maker, log, learned, recipe, tell),
        "cold": cold_start(maker, log, learned, recipe, tell),
        "stars": rating_figures(log, index.matrix, tell),
    }


def taught(maker: Maker, log: Log, learned: Learned, recipe: AdaptingRecipe, tell: Progress) -> Ours:
    """Returns our scorer, taught by the log alone beside what it knew from talks."""
    choices, whole = cross_fitted(maker, log, decisions_of(log, recipe.seed), tell)
    scorer = adapt(shipped(learned), choices, recipe, lambda epoch, _: tell("training", epoch, recipe.epochs))
    return Ours(maker, scorer, whole(), log)


def leave_one_out(maker: Maker, log: Log, learned: Learned, recipe: AdaptingRecipe, tell: Progress) -> dict[str, Any]:
    """Returns each way's metrics on everybody's last choice, and what ours adds to the rivals', person by person."""
    before = log.where(~log.last_of_each())
    earlier = before.where(~before.last_of_each())
    validation, test = last_decisions(before), last_decisions(log)
    settings = {
        "als": best(lambda chosen: als(earlier, maker.size, chosen), ALS_GRID, validation),
        "bpr": best(lambda chosen: bpr(earlier, maker.size, chosen), BPR_GRID, validation),
    }
    tell("rivals", 1, 2)
    rivals: dict[str, Rival] = {
        "popularity": popularity(before, maker.size),
        "als": als(before, maker.size, settings["als"]),
        "bpr": bpr(before, maker.size, settings["bpr"]),
    }
    lists = {name: [place_in(rival.scores(one), one) for one in test] for name, rival in rivals.items()}
    tell("rivals", 2, 2)
    lists |= taught(maker, before, learned, recipe, tell).lists(test, tell)
    known = set(before.items.tolist())
    unseen = np.array([one.target not in known for one in test])
    return {
        "decisions": len(test),
        "settings": settings,
        "ways": {name: figures(hits) for name, hits in lists.items()},
        "ours_minus": {name: added(lists[OURS], lists[name]) for name in rivals},
        "targets_nobody_chose_before": int(unseen.sum()),
    }


def cold_start(maker: Maker, log: Log, learned: Learned, recipe: AdaptingRecipe, tell: Progress) -> dict[str, Any]:
    """Returns figures for people and items that were hidden from all learning.

    New people: the choice after their first 1, 3, 5. New items: the last choice of one by the other people, to be
    found among the new items alone; whoever learns from choices only has nothing to say there.
    """
    random = np.random.default_rng(recipe.seed)
    everyone, items = np.unique(log.people), np.unique(log.items)
    new_people = np.isin(log.people, random.choice(everyone, int(len(everyone) * HIDDEN_PEOPLE), replace=False))
    hidden = random.choice(items, int(len(items) * HIDDEN_ITEMS), replace=False)
    new_items = np.isin(log.items, hidden)
    warm = log.where(~new_people & ~new_items)
    ours = taught(maker, warm, learned, recipe, tell)
    rivals: dict[str, Rival] = {
        "popularity": popularity(warm, maker.size),
        "als": als(warm, maker.size, ALS_GRID[1]),
        "bpr": bpr(warm, maker.size, BPR_GRID[1]),
    }
    report: dict[str, Any] = {}
    for first in FIRST_CHOICES:
        decisions = first_decisions(log.where(new_people & ~new_items), first)
        lists = {name: [place_in(rival.scores(one), one) for one in decisions] for name, rival in rivals.items()}
        report[f"new people after {first}"] = _rows(decisions, lists | ours.lists(decisions, tell))
    others = tuple(np.setdiff1d(np.arange(maker.size), hidden).tolist())
    decisions = [replace(one, excluded=others) for one in decisions_with(log.where(~new_people), hidden)]
    lists = {name: [place_in(rival.scores(one), one) for one in decisions] for name, rival in rivals.items()}
    report["new items, among themselves"] = _rows(decisions, lists | ours.lists(decisions, tell))
    return report


def last_decisions(log: Log) -> list[Decision]:
    """Returns everybody's last choice as a decision."""
    found = (decision_at(log, span, span.stop - 1) for _, span in log.spans())
    return [decision for decision in found if decision is not None]


def first_decisions(log: Log, first: int) -> list[Decision]:
    """Returns everybody's choice after their first few."""
    found = (decision_at(log, span, span.start + first) for _, span in log.spans() if span.stop - span.start > first)
    return [decision for decision in found if decision is not None]


def decisions_with(log: Log, items: Any) -> list[Decision]:
    """Returns everybody's last choice of one of the items, their choices of the others of these left out."""
    wanted = np.isin(log.items, items)
    found = []
    for _, span in log.spans():
        places = np.flatnonzero(wanted[span])
        if len(places):
            kept = ~wanted
            kept[span.start + places[-1]] = True
            mine = log.where(kept & (log.people == log.people[span.start]))
            place = int(np.flatnonzero(np.isin(mine.items, items))[0])
            decision = decision_at(mine, slice(0, len(mine)), place)
            found += [decision] if decision else []
    return found


def figures(hits: Sequence[Hits]) -> dict[str, Any]:
    """Returns the means with 95% intervals, people drawn with replacement."""
    return {"mean": macro(hits), "interval_95": intervals(hits)}


def added(ours: Sequence[Hits], other: Sequence[Hits], draws: int = 2000) -> dict[str, dict[str, float]]:
    """Returns what ours adds for the same people, with 95% intervals (Efron 1979)."""
    found = {}
    drawn = np.random.default_rng(0).integers(0, len(ours), size=(draws, len(ours)))
    for name in ("ndcg@10", "recall@10"):
        gain = np.array([a.metrics()[name] - b.metrics()[name] for a, b in zip(ours, other, strict=True)])
        low, high = np.percentile(gain[drawn].mean(axis=1), [2.5, 97.5])
        found[name] = {"mean": float(gain.mean()), "low": float(low), "high": float(high)}
    return found


def _rows(decisions: Sequence[Decision], lists: Mapping[str, Sequence[Hits]]) -> dict[str, Any]:
    return {"decisions": len(decisions), "ways": {name: figures(hits) for name, hits in lists.items()}}
