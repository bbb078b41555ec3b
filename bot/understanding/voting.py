"""How several readings of one utterance become one: acts by joined probabilities, spans by votes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.types import Intent

MODEL_WEIGHT = 0.5
"""How much the model's say counts beside the tagger's; chosen on the dev part of the gold rows."""
FLOOR = 0.01
ACCEPTED = 0.45
"""Votes a span needs, where one sure reader counts 1."""


def joined(tagger: Reading, model: Reading) -> Reading:
    """Returns one reading of two: the tagger's, corrected where the model is surer of something else."""
    scores = joined_scores(tagger.scores, model.scores)
    best = max(scores, key=lambda name: scores[name]) if scores else tagger.intents[0]
    others = [name for name in dict.fromkeys((*tagger.intents, *model.intents[:1])) if name != best]
    doubtful = tagger.doubts.get("attribute", 1.0) < 0.6
    return replace(
        tagger,
        intents=(best, *others),
        spans=joined_spans(tagger.spans, model.spans),
        reference=model.reference if tagger.doubts.get("reference", 1.0) < 0.6 else tagger.reference,
        attribute=model.attribute if doubtful and model.attribute else tagger.attribute,
        confidence=scores.get(best, tagger.confidence),
        scores=scores,
    )


def joined_scores(tagger: Mapping[Intent, float], model: Mapping[Intent, float]) -> dict[Intent, float]:
    """Returns the normalised product of the two readers' probabilities, the model's to the power of its weight."""
    if not model:
        return dict(tagger)
    weights = {
        name: math.log(max(p, FLOOR / 10)) + MODEL_WEIGHT * math.log(max(model.get(name, 0.0), FLOOR))
        for name, p in tagger.items()
    }
    top = max(weights.values(), default=0.0)
    powers = {name: math.exp(weight - top) for name, weight in weights.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def joined_spans(tagger: Sequence[Span], model: Sequence[Span]) -> tuple[Span, ...]:
    """Returns spans with enough votes; the tagger's attitude stands unless it is unsure and the model is not."""
    places: dict[tuple[int, int, str], list[tuple[Span, float]]] = {}
    for spans, weight in ((tagger, 1.0), (model, MODEL_WEIGHT)):
        for span in spans:
            places.setdefault((span.start, span.end, span.kind), []).append((span, weight * span.confidence))
    kept = []
    for votes in places.values():
        total = sum(vote for _, vote in votes)
        if total < ACCEPTED:
            continue
        first = votes[0][0]
        other = votes[-1][0]
        attitude = other.attitude if first.sure < 0.55 and other.sure > first.sure else first.attitude
        kept.append(replace(first, attitude=attitude, confidence=min(1.0, total)))
    return without_overlaps(kept)
