"""What a language model proposes from its own knowledge, linked to the catalogue and filtered by the wish.

The model writes titles, the best first, and a line of moods. A title that the catalogue lacks, or that a hard
constraint forbids, is dropped: nothing is ever shown because a model made it up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.catalogue import Catalogue
from kg.text import fold
from retrieval.columns import Columns, Floats, Mask

MOOD_KINDS = ("mood", "theme", "genre")
# The moods of all proposals together weigh as much as this many first places.
MOOD_WEIGHT = 0.5
_LINE = re.compile(r"^[\s\-*•\d.)\"“]*(?P<title>[^(\n]+?)[\"”]?\s*(?:\((?P<year>\d{4})\))?[\s.,;]*(?<!:)$")
_MOOD = re.compile(r"^\W*moods?\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Proposals:
    """`written` titles in order with the years given, and `moods` in the model's words."""

    written: tuple[tuple[str, int | None], ...]
    moods: tuple[str, ...]

    @staticmethod
    def read(text: str) -> "Proposals":
        """Returns what a model wrote; lines that are neither a title nor the moods are left out. Never raises."""
        written: dict[tuple[str, int | None], None] = {}
        moods: tuple[str, ...] = ()
        for line in text.splitlines():
            if mood := _MOOD.match(line):
                moods = tuple(word.strip(" .").casefold() for word in line[mood.end() :].split(",") if word.strip(" ."))
            elif match := _LINE.match(line):
                written[match["title"].strip(), int(match["year"]) if match["year"] else None] = None
        return Proposals(tuple(written), moods)

    def linked(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Returns the ids of the titles that the catalogue has, each once, in order; a wrong year is forgiven."""
        found = (catalogue.find(title, year) or catalogue.find(title) for title, year in self.written)
        return tuple(dict.fromkeys(item.id for item in found if item is not None))

    def shares(self, catalogue: Catalogue, columns: Columns, allowed: Mask) -> Floats:
        """Returns (n,) each item's share of the belief of the model, 0 for what is not allowed; sums to 1 or is all 0.

        The item at place p counts 1 / p; items that have the moods share a fixed weight.
        """
        weights = np.zeros(len(columns), dtype=np.float32)
        rows = [row for row in columns.rows(self.linked(catalogue)).tolist() if allowed[row]]
        weights[rows] = 1.0 / np.arange(1, len(rows) + 1)
        moods = _having(columns, self.moods) * allowed
        if moods.any():
            weights += MOOD_WEIGHT * moods / moods.sum()
        total = float(weights.sum())
        return weights / np.float32(total) if total else weights


def _having(columns: Columns, words: Sequence[str]) -> Floats:
    """How many of the words each item has as a mood, theme or genre, each weighing less the more items have it."""
    found = np.zeros(len(columns), dtype=np.float32)
    wanted = {fold(word) for word in words}
    for entity, rows in columns.having.items():
        kind, _, name = entity.partition(":")
        if kind in MOOD_KINDS and fold(name) in wanted:
            found[rows] += 1.0 / np.log(2.0 + len(rows))
    return found
