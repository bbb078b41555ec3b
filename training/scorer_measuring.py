"""A scorer measured on dialogues it has not seen, beside each of its signals alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from retrieval.columns import Floats
from retrieval.features import NAMES
from retrieval.progress import Progress
from retrieval.scorer import LearnedScorer, PlainScorer
from training.scorer_examples import Example
from training.scorer_material import Material, split_by_time
from training.scorer_metrics import Hits, intervals, macro
from training.scorer_network import Recipe, calibration, calibration_error, fit

# Ways of ordering the same candidates by one feature.
ALONE = {
    "popularity": "popularity",
    "conversations that speak of it": "spoken_of",
    "text similarity": "text_similarity",
    "similarity to liked films": "taste_similarity",
    "co-taste": "co_taste",
    "regression over histories": "foretold",
    "talk network": "talk",
    "rank fusion": "rrf",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on the held-out dialogues, macro, each way of ordering over the same candidates.

    `search` is the table of the search for hyper-parameters, where there was one.
    """

    training_rows: int
    training_dialogues: int
    testing_rows: int
    testing_dialogues: int
    candidate_recall: float
    ways: dict[str, dict[str, float]]
    intervals: dict[str, tuple[float, float]]
    calibration_error: float
    search: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """Examples by time and worker: the early ones to learn from, the late ones by other recommenders to measure on."""

    training: Sequence[Example]
    testing: Sequence[Example]

    @staticmethod
    def of(material: Material, progress: Progress) -> "Split":
        """Returns the split; the late examples see only what was learned before them."""
        early, late = split_by_time(material.rows)
        border = min(row.conversation for row in late)
        fitted = material.teacher.cross_fitted("early", early, lambda talk: talk < border, progress)
        before = material.teacher.learn("before", lambda talk: talk < border)
        return Split(
            material.examples("early", early, fitted, progress),
            material.examples("late", late, lambda row: before, progress),
        )


def measured(material: Material, recipe: Recipe, progress: Progress) -> tuple[Figures, tuple[float, float]]:
    """Returns the figures on the split by time and worker, and the calibration fitted there."""
    split = Split.of(material, progress)
    learn = partial(fit, split.training, recipe, telling(progress, recipe))
    scorer = material.stages.kept("scorer-early", learn, recipe)
    # Calibrated on every other held-out dialogue, its error measured on the rest.
    even = [example for example in split.testing if example.row.conversation % 2 == 0]
    odd = [example for example in split.testing if example.row.conversation % 2 == 1]
    scorer = replace(scorer, calibration=calibration(scorer, even))
    return _figures(material, split, scorer, calibration_error(scorer, odd)), scorer.calibration


def telling(progress: Progress, recipe: Recipe) -> Callable[[int, float], None]:
    """Returns how the network's epochs are told."""
    return lambda epoch, loss: progress("training", epoch, recipe.epochs)


def _figures(material: Material, split: Split, scorer: LearnedScorer, error: float) -> Figures:
    plain, training, testing = PlainScorer(), split.training, split.testing
    ways: dict[str, Callable[[Floats], Floats]] = {
        **{name: _column(feature) for name, feature in ALONE.items()},
        "hand-set sum": plain.logits,
        "learned scorer": scorer.logits,
    }
    lists = {name: hits_by(material, testing, way) for name, way in ways.items()}
    return Figures(
        training_rows=len(training),
        training_dialogues=len({example.row.conversation for example in training}),
        testing_rows=len(lists["learned scorer"]),
        testing_dialogues=len({hits.group for hits in lists["learned scorer"]}),
        candidate_recall=float(np.mean([_found(hits) for hits in lists["learned scorer"]])),
        ways={name: macro(rows) for name, rows in lists.items()},
        intervals=intervals(lists["learned scorer"]),
        calibration_error=error,
    )


def _column(feature: str) -> Callable[[Floats], Floats]:
    place = NAMES.index(feature)
    return lambda features: features[:, place]


def _found(hits: Hits) -> float:
    return sum(place is not None for place in hits.places) / len(hits.places)


def hits_by(material: Material, examples: Sequence[Example], way: Callable[[Floats], Floats]) -> list[Hits]:
    """Returns the places of the fresh targets that the catalogue has, what was named before left out of the lists."""
    found = []
    for example in examples:
        targets, named = material.maker.places(example.row.fresh), material.maker.places(example.row.named)
        if not targets:
            continue
        order = example.candidates[np.argsort(-way(example.features.astype(np.float32)), kind="stable")]
        kept = order[~np.isin(order, named)]
        where = {int(row): place for place, row in enumerate(kept, start=1)}
        found.append(Hits(tuple(where.get(target) for target in targets), example.row.conversation))
    return found
