"""From the best candidates to a list worth reading: unlike each other, and one film a series."""

import numpy as np

from retrieval.columns import Floats, Rows
from retrieval.encoder import Vectors

# The weight of being unlike the films already picked, at novelty 0 and at novelty 1.
LEAST_VARIED, MOST_VARIED = 0.1, 0.6
# How many logits being the best-known film of all costs at novelty 1; nothing at the default novelty.
FAME_PRICE = 4.0
USUAL_NOVELTY = 0.2
# The share of a film's log-frequency in talks that is taken off its logit at novelty 1. The talks that were learned
# from were held in 2017 and praise that year's films whatever is asked (logit adjustment, Menon et al. 2021).
FASHION_PRICE = 1.0


def novel(logits: Floats, popularity: Floats, spoken_of: Floats, novelty: float) -> Floats:
    """Returns the logits (k,) with fame made dearer above the usual novelty and cheaper below it, less fashion.

    `spoken_of` (k,) is log(1 + talks that speak of the item). At novelty 0 fashion costs nothing.
    """
    fame, fashion = FAME_PRICE * (novelty - USUAL_NOVELTY), FASHION_PRICE * novelty
    cheaper: Floats = logits - np.float32(fame) * popularity - np.float32(fashion) * spoken_of
    return cheaper


def varied(rows: Rows, logits: Floats, matrix: Vectors, series: Rows, novelty: float, count: int) -> list[int]:
    """Returns the places (0 … k-1) of up to `count` picks, in order: maximal marginal relevance.

    `series` (k,) numbers the candidates' series, -1 for none; of one series only the best is picked.
    Relevance is the logit, scaled to 0 … 1 over the list; likeness is cosine (Carbonell & Goldstein 1998).
    """
    if not len(rows):
        return []
    spread = float(logits.max() - logits.min()) or 1.0
    relevance = (logits - logits.min()) / spread
    weight = LEAST_VARIED + (MOST_VARIED - LEAST_VARIED) * novelty
    alike = np.zeros(len(rows), dtype=np.float32)
    open_places = np.ones(len(rows), dtype=np.bool_)
    picked: list[int] = []
    while len(picked) < count and open_places.any():
        worth = np.where(open_places, (1 - weight) * relevance - weight * alike, -np.inf)
        best = int(worth.argmax())
        picked.append(best)
        open_places[best] = False
        if series[best] >= 0:
            open_places &= series != series[best]
        alike = np.maximum(alike, matrix[rows] @ matrix[rows[best]])
    return picked
