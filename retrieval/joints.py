"""What the items are joined to, as arrays: a million items have millions of entities, and lists would fill memory."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.items import EDGE_RELATIONS, Item, Relation, edges_of

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.integer[Any]]

# No more of an item's links of one relation are compared; films credit up to hundreds of people.
LINKS_KEPT = 24
OWN = "OWN"


@dataclass(frozen=True)
class Links:
    """One relation of all items: `entities` (n, at most 24) holds entity numbers, padded with 0, which is nobody.

    `weights` (entities + 1,) is each entity's 1 / log(2 + number of items that have it), and 0 for nobody.
    """

    entities: Rows
    weights: Floats

    def overlap(self, rows: Rows, mine: Rows) -> Floats:
        """Returns for each of `rows` the summed weight of the entities it shares with `mine`.

        An entity that several of `mine` have counts once for each: a taste that repeats itself is a stronger one.
        """
        known, often = np.unique(self.entities[mine], return_counts=True)
        if not len(known):
            return np.zeros(len(rows), dtype=np.float32)
        taste = often.astype(np.float32) * self.weights[known]
        theirs = self.entities[rows]
        places = np.minimum(np.searchsorted(known, theirs), len(known) - 1)
        shared: Floats = np.where(known[places] == theirs, taste[places], np.float32(0)).sum(axis=1)
        return shared


class Having(Mapping[str, Rows]):
    """The rows that have an entity, ascending, by the entity's id: slices of one array."""

    def __init__(self, numbers: Mapping[str, int], entities: Rows, rows: Rows) -> None:
        """`entities` are the numbers of entities, `rows` which row has them; a pair may stand there twice."""
        self._numbers = numbers
        pairs = np.unique(entities.astype(np.int64) << 32 | rows.astype(np.int64))
        self._rows = (pairs & 0xFFFFFFFF).astype(np.int32)
        self._starts = np.searchsorted(pairs, np.arange(len(numbers) + 1, dtype=np.int64) << 32)

    def __getitem__(self, entity: str) -> Rows:
        number = self._numbers[entity]
        return self._rows[self._starts[number] : self._starts[number + 1]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def joints_of(items: Iterable[Item]) -> tuple[dict[Relation, Links], Having]:
    """Returns the links of each relation, those of a catalogue's own together under `OWN`, and who has what."""
    numbers: dict[str, int] = {}
    found = {relation: (array("i"), array("i")) for relation in (*EDGE_RELATIONS, OWN)}
    count = 0
    for row, item in enumerate(items):
        count += 1
        for relation, kind, names in edges_of(item):
            rows, entities = found[relation if relation in EDGE_RELATIONS else OWN]
            for name in names:
                rows.append(row)
                entities.append(numbers.setdefault(f"{kind}:{name}", len(numbers)))
    pairs = {relation: (_numpy(rows), _numpy(entities)) for relation, (rows, entities) in found.items()}
    links = {relation: _links(*each, count) for relation, each in pairs.items()}
    having_rows, had = (np.concatenate(each) for each in zip(*pairs.values(), strict=True))
    return links, Having(numbers, had, having_rows)


def _numpy(numbers: "array[int]") -> Rows:
    return np.array(numbers, dtype=np.int32)


def _links(rows: Rows, entities: Rows, count: int) -> Links:
    """Returns the links of one relation; `rows` ascend, and the entities of a row are in the item's own order."""
    places = np.arange(len(rows)) - np.searchsorted(rows, rows)
    kept = places < LINKS_KEPT
    rows, entities, places = rows[kept], entities[kept], places[kept]
    known, own = np.unique(entities, return_inverse=True)
    table = np.zeros((count, int(places.max(initial=0)) + 1), dtype=np.int32)
    table[rows, places] = own + 1
    weights = (1.0 / np.log(2.0 + np.bincount(own + 1, minlength=len(known) + 1))).astype(np.float32)
    weights[0] = 0.0
    return Links(table, weights)
