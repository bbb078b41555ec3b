"""Several people's scores put together: what pleases them on average, or whoever is pleased least. Pure.

Masthoff (2011), Group recommender systems: combining individual models.
"""

from collections.abc import Callable

import numpy as np

from retrieval.columns import Floats

Combine = Callable[[Floats], Floats]
"""From (people, k) satisfactions to (k,): what a list for all of them is ordered by, the more the better."""


def average(satisfaction: Floats) -> Floats:
    """Returns (k,) the mean over the people."""
    mean: Floats = satisfaction.mean(axis=0)
    return mean


def least_misery(satisfaction: Floats) -> Floats:
    """Returns (k,) the satisfaction of whoever likes each item least: what one person hates is never ahead."""
    least: Floats = satisfaction.min(axis=0)
    return least


def satisfaction(logits: Floats) -> Floats:
    """Returns (k,) how well a person is served by each candidate, 0 … 1: the share of the others that it beats.

    Places, unlike logits, mean the same for somebody of whom much is known as for somebody of whom little is.
    """
    places = np.searchsorted(np.sort(logits), logits, side="left") + np.searchsorted(np.sort(logits), logits, "right")
    share: Floats = ((places - 1) / (2 * max(len(logits) - 1, 1))).astype(np.float32)
    return share
