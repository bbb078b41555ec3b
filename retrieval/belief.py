"""Which candidate is wanted, as chances: what a question can be chosen by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.columns import Floats, Rows
from retrieval.scorer import log_softmax


@dataclass(frozen=True, slots=True)
class Belief:
    """`rows` (k,) of the index's columns and their `chances` (k,), which sum to 1; both empty without candidates.

    `shown` is the share of the belief that the items shown hold together.
    """

    rows: Rows
    chances: Floats
    shown: float

    @staticmethod
    def of(rows: Rows, logits: Floats, shown: Sequence[int]) -> "Belief":
        """Returns the softmax of the logits, as the scorer was trained (listwise); `shown` are places in `rows`."""
        chances: Floats = np.exp(log_softmax(logits))
        return Belief(rows, chances, float(chances[list(shown)].sum()))
