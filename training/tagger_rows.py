"""Examples as the arrays that the tagger's network learns from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from bot.understanding.tagger import labels
from bot.understanding.tagger.encode import Encoded, Encoder
from training.understanding_examples import Example

INPUTS = ("ids", "segment", "shape", "title", "person", "mark")
IGNORED = -100
SURE = 0.75
"""Attitudes less sure than this are not learned."""


@dataclass(frozen=True)
class Row:
    """An example as arrays, with its targets."""

    window: Encoded
    tags: list[int]
    attitudes: list[int]
    example: Example


def row(example: Example, encoder: Encoder, rng: random.Random, hint_off: float, marking: float) -> Row:
    """Returns the arrays of an example's first window.

    In the share `hint_off` hints are left out, so that they are not relied on. In the share `marking` of examples with
    spans one span is marked, and its attitude alone is learned, not its place. Where only the spans are known, the
    pieces away from them count as neither inside nor outside.
    """
    window = encoder.encode(example.text, example.context)[0]
    if rng.random() < hint_off:
        window.title[:] = 0
        window.person[:] = 0
    sure = [span for span in example.spans if example.whole and span.sure >= SURE]
    marked = rng.choice(sure) if sure and rng.random() < marking else None
    if marked:
        window = window.marked(marked.start, marked.end)
    tags, attitudes = [], []
    for start, end in window.offsets:
        if end <= start:
            tags.append(IGNORED)
            attitudes.append(IGNORED)
            continue
        span = next((span for span in example.spans if span.start < end and start < span.end), None)
        if span is None:
            beside = any(start - 2 < span.end and span.start < end + 2 for span in example.spans)
            tags.append(labels.OUTSIDE if example.whole or beside else IGNORED)
            attitudes.append(IGNORED)
            continue
        kind = labels.KINDS.index(span.kind)
        first = start <= span.start
        tags.append(IGNORED if span is marked else labels.begin(kind) if first else labels.inside(kind))
        asked = span in sure and marked in (None, span)
        attitudes.append(labels.ATTITUDES.index(span.attitude) if asked else IGNORED)
    return Row(window, tags, attitudes, example)


def batches(rows: list[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Yields batches of rows of like length, in random order."""
    ordered = sorted(rows, key=lambda row: len(row.window.ids) + rng.random() * 6)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    rng.shuffle(groups)
    yield from groups


def tensors(rows: Sequence[Row]) -> dict[str, Tensor]:
    """Returns the padded inputs and the mask."""
    width = max(len(row.window.ids) for row in rows)
    inputs = {name: torch.zeros(len(rows), width, dtype=torch.long) for name in (*INPUTS, "mask")}
    for index, one in enumerate(rows):
        length = len(one.window.ids)
        for name in INPUTS:
            inputs[name][index, :length] = torch.from_numpy(getattr(one.window, name))
        inputs["mask"][index, :length] = 1
    return inputs
