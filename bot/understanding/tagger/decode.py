"""From the tagger's numbers to a Reading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.understanding.reading import Reading, Span, without_overlaps
from bot.understanding.tagger import labels
from bot.understanding.tagger.encode import Encoded
from bot.understanding.types import Intent

Scores = NDArray[np.float32]
PRESENT = 0.5
"""A further act is taken from this probability on."""
CHANGED = 0.6
"""A critique is taken from this probability on."""


def softmax(scores: Scores) -> Scores:
    """Returns probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Scores) -> Scores:
    """Returns probabilities, each by itself."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def reading(
    outputs: Sequence[Mapping[str, Scores]], offsets: Sequence[Sequence[tuple[int, int]]], text: str
) -> Reading:
    """Returns the reading of one utterance from the outputs of its windows.

    A window's outputs: `intent` (14,), `acts` (14,), `reference` (3,), `attribute` (12,), `critique` (10,),
    `tags` (pieces, 13), `attitudes` (pieces, 6). Acts are averaged over windows, spans joined.
    """
    mean = {
        name: np.mean([output[name] for output in outputs], axis=0)
        for name in ("intent", "acts", "reference", "attribute", "critique")
    }
    intent = softmax(mean["intent"])
    best = int(intent.argmax())
    acts = sigmoid(mean["acts"])
    others = [i for i in np.argsort(-acts) if acts[i] > PRESENT and i != best]
    reference, attribute = softmax(mean["reference"]), softmax(mean["attribute"])
    named = int(attribute.argmax())
    critique = sigmoid(mean["critique"])
    spans = [
        span
        for output, places in zip(outputs, offsets, strict=True)
        for span in spans_of(output["tags"], output["attitudes"], places, text)
    ]
    return Reading(
        intents=(labels.INTENTS[best], *(_name(i) for i in others)),
        spans=without_overlaps(spans),
        reference=0 if int(reference.argmax()) == 1 else None,
        attribute=labels.ATTRIBUTES[named - 1] if named else None,
        critique=tuple(name for name, p in zip(labels.CRITIQUES, critique, strict=True) if p > CHANGED),
        confidence=float(intent[best]),
        scores={name: float(p) for name, p in zip(labels.INTENTS, intent, strict=True)},
        doubts={
            "intent": float(intent[best]),
            "reference": float(reference.max()),
            "place": float(reference[2]),
            "attribute": float(attribute.max()),
            "critique": float(np.maximum(critique, 1 - critique).min()),
            **{f"move {name}": float(p) for name, p in zip(labels.CRITIQUES, critique, strict=True)},
        },
    )


def weighed(span: Span, output: Mapping[str, Scores], window: Encoded) -> Span:
    """Returns the span with its attitude by both readings: the unmarked one (its `leanings`) and the marked one."""
    chances = softmax(output["attitudes"][window.mark == 1]).mean(axis=0)
    both = chances if not span.leanings else np.sqrt(chances * np.asarray(span.leanings, dtype=np.float32))
    both /= both.sum()
    best = int(both.argmax())
    leanings = tuple(map(float, both))
    return replace(span, attitude=labels.ATTITUDES[best], sure=leanings[best], leanings=leanings)


def _name(index: int) -> Intent:
    return labels.INTENTS[index]


def spans_of(tags: Scores, attitudes: Scores, offsets: Sequence[tuple[int, int]], text: str) -> list[Span]:
    """Returns the spans of the best valid tag sequence; a span covers whole words."""
    inside = [index for index, (start, end) in enumerate(offsets) if end > start]
    if not inside:
        return []
    scores = np.log(softmax(tags[inside]) + 1e-9)
    path = viterbi(scores)
    probabilities = softmax(attitudes[inside])
    spans = []
    at = 0
    while at < len(path):
        tag = path[at]
        if tag == labels.OUTSIDE:
            at += 1
            continue
        kind = (tag - 1) // 2
        stop = at + 1
        while stop < len(path) and path[stop] == labels.inside(kind):
            stop += 1
        attitude = probabilities[at:stop].mean(axis=0)
        confidence = float(np.exp(np.mean([scores[i, path[i]] for i in range(at, stop)])))
        start, end = offsets[inside[at]][0], offsets[inside[stop - 1]][1]
        named, manner = labels.KINDS[kind], labels.ATTITUDES[int(attitude.argmax())]
        leanings = tuple(map(float, attitude))
        spans.append(Span(start, _word_end(text, end), named, manner, confidence, max(leanings), leanings))
        at = stop
    return spans


def viterbi(scores: Scores) -> list[int]:
    """Returns the best tag sequence in which a span's later pieces follow one of its own kind."""
    kinds = len(labels.KINDS)
    allowed = np.zeros((labels.TAGS, labels.TAGS), dtype=bool)
    allowed[:, labels.OUTSIDE] = True
    for kind in range(kinds):
        allowed[:, labels.begin(kind)] = True
        allowed[labels.begin(kind), labels.inside(kind)] = True
        allowed[labels.inside(kind), labels.inside(kind)] = True
    barrier = np.where(allowed, 0.0, -1e9)
    best = scores[0].copy()
    best[2::2] -= 1e9
    back = np.zeros(scores.shape, dtype=np.int64)
    for at in range(1, len(scores)):
        paths = best[:, None] + barrier
        back[at] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[at]
    tag = int(best.argmax())
    path = [tag]
    for at in range(len(scores) - 1, 0, -1):
        tag = int(back[at, tag])
        path.append(tag)
    return path[::-1]


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and text[end].isascii():
        end += 1
    return end
