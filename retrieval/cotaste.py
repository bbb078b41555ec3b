"""Co-taste: which items the same people talk about or like, learned from conversations or any other histories.

The table is kept by title and year, so that one learned from other data serves any catalogue that has the films.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.items import Item
from retrieval.columns import Floats, Rows
from retrieval.tables import Places, read_arrays, rows_by_title

NEIGHBOURS = 40
# Co-occurrence is divided by both items' counts to this power: 1 is cosine, 0 the bare count (chosen on validation).
DAMPING = 0.5
SHRINKAGE = 3.0


Join = Callable[[Sequence[str], Sequence[Item]], Places]


@dataclass(frozen=True)
class CoTaste:
    """For each of n rows: its nearest rows (n, k; -1 is none), how near (n, k), and how often it is spoken of (n,)."""

    neighbours: Rows
    weights: Floats
    counts: Floats

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

    def save(self, path: Path, keys: Sequence[str]) -> None:
        """Writes the rows that are spoken of, under their keys, in half precision."""
        spoken = np.flatnonzero(self.counts > 0)
        number = np.int16 if len(spoken) <= np.iinfo(np.int16).max else np.int32
        place = np.full(len(self.counts) + 1, -1, dtype=number)
        place[spoken] = np.arange(len(spoken), dtype=number)
        np.savez_compressed(
            path,
            keys=np.array("\n".join(keys[row] for row in spoken.tolist())),
            neighbours=place[self.neighbours[spoken]],
            weights=self.weights[spoken].astype(np.float16),
            counts=self.counts[spoken].astype(np.float32),
        )

    @staticmethod
    def load(path: Path, items: Sequence[Item], join: Join = rows_by_title) -> "CoTaste":
        """Returns the table joined to the items. Raises ModelError when the file is damaged."""
        file = read_arrays(path)
        rows = join(str(file["keys"]).split("\n"), items)
        known = np.flatnonzero(rows >= 0)
        # One more row than there are keys, so that -1 (no neighbour) stays -1.
        target = np.append(rows, -1).astype(np.int32)[file["neighbours"].astype(np.int64)[known]]
        near = np.full((len(items), target.shape[1]), -1, dtype=np.int32)
        strength = np.zeros(near.shape, dtype=np.float32)
        counts = np.zeros(len(items), dtype=np.float32)
        near[rows[known]] = target
        strength[rows[known]] = np.where(target >= 0, file["weights"][known].astype(np.float32), 0)
        counts[rows[known]] = file["counts"][known]
        return CoTaste(near, strength, counts)
