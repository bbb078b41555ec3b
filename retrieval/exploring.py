"""A little chance in what is shown, with its odds: without it a log cannot say how another scorer would have done.

Only the last place of a list is ever given away, to one of the next best; the places above are what they would be.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.columns import Floats

# The runners-up among whom the last place is drawn.
RUNNERS_UP = 20


@dataclass(frozen=True, slots=True)
class Exploring:
    """How often the last place is given away, 0 … 1, and what decides when: the same seed shows the same list."""

    share: float
    seed: str


def explored(picked: Sequence[int], count: int, logits: Floats, exploring: Exploring) -> tuple[list[int], list[float]]:
    """Returns up to `count` of the picks (places of candidates, best first), and how likely each was to be shown.

    The runners-up are drawn by the softmax of their logits (Plackett–Luce over one place). A list of one is never
    touched, nor one without runners-up.
    """
    shown, others = list(picked[:count]), list(picked[count : count + RUNNERS_UP])
    if exploring.share <= 0 or count < 2 or not others:
        return shown, [1.0] * len(shown)
    chance = random.Random(exploring.seed)
    odds = np.exp(logits[others].astype(np.float64) - float(logits[others].max()))
    odds /= odds.sum()
    sure = [1.0] * (count - 1)
    if chance.random() >= exploring.share:
        return shown, [*sure, 1.0 - exploring.share]
    drawn = chance.choices(range(len(others)), odds.tolist())[0]
    return [*shown[:-1], others[drawn]], [*sure, exploring.share * float(odds[drawn])]
