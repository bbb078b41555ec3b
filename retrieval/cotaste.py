"""Co-taste: which items the same people talk about or like, learned from conversations or any other histories.

The table is kept by title and year, so that one learned from other data serves any catalogue that has the films.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.items import Item
from retrieval.columns import Floats, Rows
from retrieval.foretelling import Foretelling
from retrieval.tables import Places, read_arrays, rows_by_title

NEIGHBOURS = 40
# Co-occurrence is divided by both items' counts to this power: 1 is cosine, 0 the bare count (chosen on validation).
DAMPING = 0.5
SHRINKAGE = 3.0


Join = Callable[[Sequence[str], Sequence[Item]], Places]


@dataclass(frozen=True)
class CoTaste:
    """For each of n rows: its nearest rows (n, k; -1 is none), how near (n, k), and how often it is spoken of (n,).

    `foretelling` is what a regression makes of the same histories, or None where it was not learned.
    """

    neighbours: Rows
    weights: Floats
    counts: Floats
    foretelling: Foretelling | None = None

    @staticmethod
    def nothing(size: int) -> "CoTaste":
        """Returns a table that knows nothing of `size` items."""
        none = np.full((size, 1), -1, dtype=np.int32)
        return CoTaste(none, np.zeros((size, 1), dtype=np.float32), np.zeros(size, dtype=np.float32))

    @staticmethod
    def learn(histories: Iterable[Sequence[int]], size: int, neighbours: int = NEIGHBOURS) -> "CoTaste":
        """Returns the table of histories, each the rows one person spoke of; a row counts once a history.

        The weight is co-occurrence, shrunk and damped by both counts (Deshpande & Karypis 2004).
        """
        sets = [np.unique(np.asarray(history, dtype=np.int64)) for history in histories]
        # Only what is spoken of takes part: a few thousand rows of a catalogue of any size.
        spoken = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *sets]))
        together = np.zeros((len(spoken), len(spoken)), dtype=np.float32)
        counts = np.zeros(len(spoken), dtype=np.float32)
        for rows in sets:
            places = np.searchsorted(spoken, rows)
            counts[places] += 1
            together[np.ix_(places, places)] += 1
        np.fill_diagonal(together, 0)
        damped = np.power(counts + SHRINKAGE, DAMPING)
        together /= damped[:, None] * damped[None, :]
        k = min(neighbours, len(spoken))
        table = CoTaste.nothing(size)
        near = np.full((size, max(k, 1)), -1, dtype=np.int32)
        weights = np.zeros(near.shape, dtype=np.float32)
        if k:
            order = np.argpartition(-together, k - 1, axis=1)[:, :k]
            weights[spoken] = np.take_along_axis(together, order, axis=1)
            near[spoken] = np.where(weights[spoken] > 0, spoken[order], -1)
        table.counts[spoken] = counts
        return CoTaste(near, weights, table.counts)

    def scores(self, liked: Rows) -> Floats:
        """Returns (n,) the summed nearness of every row to the liked rows."""
        scores = np.zeros(len(self.counts) + 1, dtype=np.float32)
        np.add.at(scores, self.neighbours[liked].ravel(), self.weights[liked].ravel())
        return scores[:-1]

    def foretold(self, liked: Rows) -> Floats:
        """Returns (n,) how strongly the liked rows foretell every row; zeros where no regression was learned."""
        return (
            np.zeros(len(self.counts), dtype=np.float32) if self.foretelling is None else self.foretelling.scores(liked)
        )

    def save(self, path: Path, keys: Sequence[str]) -> None:
        """Writes the rows that are spoken of, under their keys, in half precision."""
        spoken = np.flatnonzero(self.counts > 0)
        place = np.full(len(self.counts) + 1, -1, dtype=np.int16)
        place[spoken] = np.arange(len(spoken), dtype=np.int16)
        arrays: dict[str, Any] = {
            "neighbours": place[self.neighbours[spoken]],
            "weights": self.weights[spoken].astype(np.float16),
        }
        if self.foretelling is not None:
            arrays["foretold"] = place[self.foretelling.foretold[spoken]]
            arrays["foretold_weights"] = self.foretelling.weights[spoken].astype(np.float16)
        np.savez_compressed(
            path,
            keys=np.array("\n".join(keys[row] for row in spoken.tolist())),
            counts=self.counts[spoken].astype(np.float32),
            **arrays,
        )

    @staticmethod
    def load(path: Path, items: Sequence[Item], join: Join = rows_by_title) -> "CoTaste":
        """Returns the table joined to the items. Raises ModelError when the file is damaged."""
        file = read_arrays(path)
        rows = join(str(file["keys"]).split("\n"), items)
        counts = np.zeros(len(items), dtype=np.float32)
        known = np.flatnonzero(rows >= 0)
        counts[rows[known]] = file["counts"][known]
        near, strength = _joined(file["neighbours"], file["weights"], rows, len(items))
        if "foretold" not in file:
            return CoTaste(near, strength, counts)
        foretold = Foretelling(*_joined(file["foretold"], file["foretold_weights"], rows, len(items)))
        return CoTaste(near, strength, counts, foretold)


def _joined(near: Rows, weights: Floats, rows: Places, size: int) -> tuple[Rows, Floats]:
    """The table of saved keys as a table of `size` rows; `rows` are the keys' rows, -1 for keys that are not there."""
    known = np.flatnonzero(rows >= 0)
    # One more row than there are keys, so that -1 (no neighbour) stays -1.
    target = np.append(rows, -1).astype(np.int32)[near.astype(np.int64)[known]]
    found = np.full((size, target.shape[1]), -1, dtype=np.int32)
    strength = np.zeros(found.shape, dtype=np.float32)
    found[rows[known]] = target
    strength[rows[known]] = np.where(target >= 0, weights[known].astype(np.float32), 0)
    return found, strength
