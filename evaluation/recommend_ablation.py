"""What each signal is worth: the lists made again without it.

Without a signal, its generators find nothing (candidates that only they found fall out, and the fused weights are
reckoned anew) and its features say the same of every candidate: the list's mean. The scorer is not trained again, so a
loss is what the scorer as it is owes to the signal; `bench/signals.py` trains again without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evaluation.recommend_bench import Bench, Protocol, Scored
from retrieval.candidates import FUSION, GENERATORS, Pool
from retrieval.features import NAMES
from training.scorer_dialogues import Row
from training.scorer_metrics import Hits, bootstrapped, mean_of


@dataclass(frozen=True, slots=True)
class Signal:
    """One source of knowledge: the generators and the features that live on it."""

    generators: tuple[str, ...]
    features: tuple[str, ...]


def _starting(*starts: str) -> tuple[str, ...]:
    return tuple(name for name in NAMES if name.startswith(starts))


SIGNALS: Mapping[str, Signal] = {
    "what was said": Signal(("said",), ("text_similarity", "text_length")),
    "vectors of named films": Signal(
        ("taste",), ("taste_similarity", "liked_nearest", "liked_mean", "liked_last", "disliked_nearest")
    ),
    "knowledge graph": Signal(
        ("graph", "joined"),
        _starting("shared_", "preferred_", "dispreferred", "must_hits", "series_of_liked", "axes_", "noted"),
    ),
    "co-taste": Signal(("co_taste",), _starting("co_taste")),
    "regression over histories": Signal(("foretold",), _starting("foretold")),
    "talk network": Signal(("talk",), ("talk",)),
    "films of the same title": Signal(("namesakes",), (*_starting("namesake_"), "title_share")),
    "how much it is spoken of": Signal(("spoken_of",), ("spoken_of",)),
    "how known and good it is": Signal(("popular",), ("popularity", "rating", "rating_known", "oscars")),
    "years and runtime": Signal((), ("recency", "year_distance", "newer_than_liked", "runtime")),
    "what was named before": Signal(("named",), ("named_before", "named_last", "liked_count")),
    "log of use": Signal(tuple(name for name in GENERATORS if name.startswith("use_")), _starting("use_")),
}

TALKS = (
    "co-taste",
    "regression over histories",
    "talk network",
    "films of the same title",
    "how much it is spoken of",
)
# What is weighed: each signal, and those together of which one can stand in for most of what another knows.
WEIGHED: Mapping[str, Signal] = {
    **SIGNALS,
    "all that talks teach": Signal(
        tuple(generator for name in TALKS for generator in SIGNALS[name].generators),
        tuple(feature for name in TALKS for feature in SIGNALS[name].features),
    ),
}


@dataclass
class Ablation:
    """Gathers, row by row, what the lists would be without each signal."""

    bench: Bench
    protocol: Protocol
    whole: list[Hits] = field(default_factory=list)
    reduced: dict[str, list[Hits]] = field(default_factory=lambda: {name: [] for name in WEIGHED})

    def add(self, row: Row, scored: Scored, hits: Hits) -> None:
        """Takes a row, its candidates and the places with all signals."""
        self.whole.append(hits)
        for name, signal in WEIGHED.items():
            less = without(scored, signal)
            logits = self.bench.scorer.logits(less.features)
            self.reduced[name].append(self.bench.judged(row, less, logits, self.protocol).hits)

    def report(self) -> dict[str, Any]:
        """Returns for each signal the figures without it and the loss, with the loss's 95% interval."""
        return {name: compared(self.whole, hits) for name, hits in self.reduced.items()}


def without(scored: Scored, signal: Signal) -> Scored:
    """Returns the candidates and features as they are without a signal."""
    pool = scored.pool
    dropped = [place for place, name in enumerate(GENERATORS) if name in signal.generators]
    ranks = pool.ranks.copy()
    ranks[:, dropped] = 0
    kept = ranks.any(axis=1)
    ranks = ranks[kept]
    rrf = np.where(ranks > 0, 1.0 / (FUSION + ranks), 0.0).sum(axis=1).astype(np.float32)
    features = scored.features[kept].copy()
    features[:, [NAMES.index(f"rank_{name}") for name in signal.generators]] = 0.0
    if dropped:
        features[:, NAMES.index("rrf")] = rrf * 60.0
    mute = [NAMES.index(name) for name in signal.features]
    features[:, mute] = features[:, mute].mean(axis=0) if len(features) else 0.0
    return Scored(Pool(pool.rows[kept], ranks, rrf), features)


def compared(whole: Sequence[Hits], less: Sequence[Hits]) -> dict[str, Any]:
    """Returns the means of `less`, and how much lower they are than `whole`, row by row, with 95% intervals."""
    pairs = [(every.metrics(), part.metrics()) for every, part in zip(whole, less, strict=True)]
    losses = [{name: every[name] - part[name] for name in every} for every, part in pairs]
    return {
        "macro": mean_of([part for _, part in pairs]),
        "loss": mean_of(losses),
        "interval_95": bootstrapped(losses, [hits.group for hits in whole]),
    }
