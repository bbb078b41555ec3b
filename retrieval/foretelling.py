"""Which items a liked item foretells, beside all others: a regression of every item on all others of a history.

Co-taste counts what is spoken of together; the regression asks what an item adds to all others of the history, so that
what two items tell alike is counted once. In closed form (EASE: Steck 2019), the strongest weights kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.columns import Floats, Rows

KEPT = 100
# How strongly the weights are held near zero (chosen on the split by time and worker).
RIDGE = 100.0


@dataclass(frozen=True)
class Foretelling:
    """For each of n rows: the rows that it foretells (n, k; -1 is none), and how strongly (n, k)."""

    foretold: Rows
    weights: Floats

    @staticmethod
    def learn(histories: Sequence[Sequence[int]], size: int, kept: int = KEPT, ridge: float = RIDGE) -> "Foretelling":
        """Returns the regression over histories, each the rows one person spoke of; a row counts once a history.

        Takes the cube of the number of rows spoken of: some 10 s for 4,700.
        """
        sets = [np.unique(np.asarray(history, dtype=np.int64)) for history in histories]
        spoken = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *sets]))
        k = min(kept, len(spoken))
        foretold = np.full((size, max(k, 1)), -1, dtype=np.int32)
        weights = np.zeros(foretold.shape, dtype=np.float32)
        if not k:
            return Foretelling(foretold, weights)
        gram = np.zeros((len(spoken), len(spoken)), dtype=np.float32)
        for rows in sets:
            places = np.searchsorted(spoken, rows)
            gram[np.ix_(places, places)] += 1
        gram[np.diag_indices(len(spoken))] += ridge
        inverse = np.linalg.inv(gram)
        matrix = -inverse / np.diag(inverse)
        np.fill_diagonal(matrix, 0)
        order = np.argpartition(-matrix, k - 1, axis=1)[:, :k]
        weights[spoken] = np.maximum(np.take_along_axis(matrix, order, axis=1), 0)
        foretold[spoken] = np.where(weights[spoken] > 0, spoken[order], -1)
        return Foretelling(foretold, weights)

    def scores(self, liked: Rows) -> Floats:
        """Returns (n,) how strongly the liked rows together foretell every row."""
        scores = np.zeros(len(self.foretold) + 1, dtype=np.float32)
        np.add.at(scores, self.foretold[liked].ravel(), self.weights[liked].ravel())
        return scores[:-1]
