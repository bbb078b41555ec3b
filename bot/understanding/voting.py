"""How several readings of one utterance become one: acts by joined probabilities, spans by votes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.tagger import labels
from bot.understanding.types import Intent

MODEL_WEIGHT = 0.5
"""How much the model's say counts beside the tagger's; chosen on the dev part of the gold rows."""
ATTITUDE_WEIGHT = 0.25
"""The same for the attitude to a thing."""
FLOOR = 0.01
ACCEPTED = 0.25
"""Votes a span needs, where a sure tagger counts 1."""
UNSURE = 0.55
"""Below this the tagger's attitude gives way to a surer one of the model."""


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
    """Returns the tagger's spans that have enough votes.

    What the model alone sees is not believed (it would cost more than it brings); its vote saves a span of which the
    tagger is unsure, and its attitude is taken where it is the surer of the two.
    """
    seconded = {(span.start, span.end, span.kind): span for span in model}
    kept = []
    for span in tagger:
        other = seconded.get((span.start, span.end, span.kind))
        votes = span.confidence + (MODEL_WEIGHT * other.confidence if other else 0.0)
        if votes >= ACCEPTED:
            turned = other is not None and span.sure < UNSURE and other.sure > span.sure
            attitude = other.attitude if other and turned else span.attitude
            kept.append(replace(span, attitude=attitude, confidence=min(1.0, votes)))
    return without_overlaps(kept)


def joined_attitude(span: Span, chances: Sequence[float]) -> Span:
    """Returns the span with the attitude that its leanings and the model's `chances` make likeliest together."""
    if not span.leanings:
        return span
    powers = [
        max(leaning, FLOOR / 10) * max(chance, FLOOR) ** ATTITUDE_WEIGHT
        for leaning, chance in zip(span.leanings, chances, strict=True)
    ]
    total = sum(powers)
    leanings = tuple(power / total for power in powers)
    best = max(range(len(leanings)), key=leanings.__getitem__)
    return replace(span, attitude=labels.ATTITUDES[best], sure=leanings[best], leanings=leanings)
