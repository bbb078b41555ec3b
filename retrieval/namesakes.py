"""Items of one title: remakes, duplicates of a catalogue, and films that people take for each other.

Talk scatters over them ("The Notebook" of 2004 and a page of 2013 are named equally often, and mean one film), so what
is known of one is a hint at the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kg.items import Item
from kg.text import normalise_title
from retrieval.columns import Floats, Mask, Rows


@dataclass(frozen=True)
class Namesakes:
    """`title` (n,) is the number of each item's title, `shared` (n,) whether another item has it too."""

    title: Rows
    shared: Mask

    @staticmethod
    def of(items: Iterable[Item]) -> "Namesakes":
        """Returns the titles of the items, compared in one spelling."""
        numbers: dict[str, int] = {}
        titles = [numbers.setdefault(normalise_title(item.title), len(numbers)) for item in items]
        title = np.array(titles, dtype=np.int32)
        return Namesakes(title, np.bincount(title, minlength=1)[title] > 1)

    def best(self, scores: Floats) -> Floats:
        """Returns (n,) the best score among the items of each item's title, itself included."""
        best = scores.copy()
        rows = np.flatnonzero(self.shared)
        top = np.full(len(self.title), -np.inf, dtype=np.float32)
        np.maximum.at(top, self.title[rows], scores[rows])
        best[rows] = top[self.title[rows]]
        return best

    def share(self, counts: Floats) -> Floats:
        """Returns (n,) the log-share of each item in the talks that speak of its title; 0 where it has no rival."""
        found = np.zeros(len(counts), dtype=np.float32)
        rows = np.flatnonzero(self.shared)
        total = np.bincount(self.title[rows], weights=counts[rows], minlength=len(self.title))
        found[rows] = np.log((counts[rows] + 1.0) / (total[self.title[rows]] + 1.0))
        return found
