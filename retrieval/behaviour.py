"""What a log of use (views, purchases, ratings …) teaches about items. Learned by `training.interactions_tables`.

Item vectors, two tables of neighbours, and how many people chose an item, ever and lately. Served by numpy; people have
no rows here, so somebody new is served as anyone else, from what they liked so far.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kg.items import Item
from retrieval.columns import Floats, Rows
from retrieval.cotaste import CoTaste
from retrieval.tables import read_arrays, rows_by_id

# How many of the last liked items the signals of the moment read, and what one place further back weighs; how many the
# item vectors read. Chosen on MovieLens-small's last-but-one choices (docs/learning.md).
LATELY, FADING = 10, 0.8
REMEMBERED = 30
# A mean rating is drawn to the mean of all by as many ratings as these.
DOUBT = 5.0


@dataclass(frozen=True)
class Vectors:
    """Item vectors (n, d) of implicit matrix factorisation (Hu, Koren & Volinsky 2008); zeros where nothing is known.

    `confidence` is what one choice adds to an item's weight, `regularisation` keeps a person's vector small.
    """

    items: Floats
    confidence: float
    regularisation: float

    def scores(self, liked: Rows) -> Floats:
        """Returns (n,) the nearness of every item to the vector of a person who liked these: one least-squares step."""
        mine = self.items[liked[-REMEMBERED:]]
        system = self._gram + self.confidence * (mine.T @ mine)
        person = np.linalg.solve(system, (1.0 + self.confidence) * mine.sum(axis=0))
        scores: Floats = (self.items @ person).astype(np.float32)
        return scores

    @cached_property
    def _gram(self) -> Floats:
        width = self.items.shape[1]
        gram: Floats = self.items.T @ self.items + self.regularisation * np.eye(width, dtype=np.float32)
        return gram


@dataclass(frozen=True)
class Behaviour:
    """The tables, joined to a catalogue of n items.

    `together`: what the same people choose; `next`: what is chosen soon after; `trend` (n,): how many chose it lately;
    `rating` (n,): its mean rating, 0 … 1, drawn to the mean of all.
    """

    vectors: Vectors
    together: CoTaste
    next: CoTaste
    trend: Floats
    rating: Floats

    def from_vectors(self, liked: Rows) -> Floats:
        """Returns (n,) what the item vectors expect of a person who liked these rows, in order."""
        return self.vectors.scores(liked)

    def lately_together(self, liked: Rows) -> Floats:
        """Returns (n,) co-choice with the last liked rows, the last one weighing most."""
        return _faded(self.together, liked)

    def soon_after(self, liked: Rows) -> Floats:
        """Returns (n,) how often an item is chosen soon after the last liked rows."""
        return _faded(self.next, liked)

    def chosen_lately(self, liked: Rows) -> Floats:
        """Returns (n,) how many people chose an item lately, whoever asks."""
        return self.trend

    def save(self, path: Path, keys: Sequence[str]) -> None:
        """Writes the tables of the items that were ever chosen, under `keys` (n,), the items' ids."""
        chosen = np.flatnonzero(self.together.counts > 0)
        np.savez_compressed(
            path,
            keys=np.array("\n".join(keys[row] for row in chosen.tolist())),
            vectors=self.vectors.items[chosen],
            confidence=self.vectors.confidence,
            regularisation=self.vectors.regularisation,
            trend=self.trend[chosen],
            rating=self.rating[chosen],
            usual_rating=_usual(self.rating, self.together.counts),
            **_packed("together", self.together, chosen),
            **_packed("next", self.next, chosen),
        )

    @staticmethod
    def load(path: Path, items: Sequence[Item]) -> "Behaviour":
        """Returns the tables joined to the items by id. Raises ModelError when the file is damaged."""
        file = read_arrays(path)
        size = len(items)
        rows = rows_by_id(str(file["keys"]).split("\n"), items)
        known = np.flatnonzero(rows >= 0)

        def spread(values: Floats, nothing: float = 0.0) -> Floats:
            found = np.full((size, *values.shape[1:]), nothing, dtype=np.float32)
            found[rows[known]] = values[known]
            return found

        def table(name: str) -> CoTaste:
            near = np.append(rows, -1)[file[f"{name}_neighbours"]]
            weights = np.where(near >= 0, file[f"{name}_weights"], 0).astype(np.float32)
            neighbours = np.full((size, near.shape[1]), -1, dtype=np.int32)
            neighbours[rows[known]] = near[known]
            return CoTaste(neighbours, spread(weights), spread(file[f"{name}_counts"]))

        return Behaviour(
            Vectors(spread(file["vectors"]), float(file["confidence"]), float(file["regularisation"])),
            table("together"),
            table("next"),
            spread(file["trend"]),
            spread(file["rating"], float(file["usual_rating"])),
        )


# Name → what it expects of every item, given the liked rows, for those signals that also find candidates.
SIGNALS: dict[str, Callable[[Behaviour, Rows], Floats]] = {
    "use_vectors": Behaviour.from_vectors,
    "use_lately": Behaviour.lately_together,
    "use_next": Behaviour.soon_after,
    "use_trend": Behaviour.chosen_lately,
}


def _faded(table: CoTaste, liked: Rows) -> Floats:
    last = liked[::-1][:LATELY]
    scores = np.zeros(len(table.counts) + 1, dtype=np.float32)
    weights = np.float32(FADING) ** np.arange(len(last), dtype=np.float32)
    np.add.at(scores, table.neighbours[last].ravel(), (table.weights[last] * weights[:, None]).ravel())
    return scores[:-1]


def _packed(name: str, table: CoTaste, chosen: Rows) -> dict[str, Any]:
    place = np.full(len(table.counts) + 1, -1, dtype=np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    return {
        f"{name}_neighbours": place[table.neighbours[chosen]],
        f"{name}_weights": table.weights[chosen],
        f"{name}_counts": table.counts[chosen],
    }


def _usual(rating: Floats, counts: Floats) -> float:
    unknown = rating[counts == 0]
    return float(unknown[0]) if len(unknown) else float(rating.mean())
