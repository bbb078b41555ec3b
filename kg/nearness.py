"""How near two items are in the graph: the one rule that every implementation of `KnowledgeGraph` follows."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from kg.graph import Related

# An entity that more items have than this leads to no neighbours: it says little ("English", "Drama"), and following
# it would touch the whole catalogue.
HUB = 1000


def weight_of(degree: int) -> float:
    """Returns what a shared entity counts that `degree` items have: .91 for one, .28 for 35, .14 for 1,000.

    Adamic and Adar's measure (Friends and neighbors on the Web, 2003), with 2 added against log 1 = 0.
    """
    return 1 / math.log(2 + degree)


@dataclass(slots=True)
class Nearness:
    """Gathers what joins each item to the question, and ranks the items at the end."""

    _weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _through: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    _popularity: dict[str, float] = field(default_factory=dict)

    def add(self, entity_id: str, weight: float, items: Mapping[str, float]) -> None:
        """Notes that these items (id → popularity) are reached through the entity, which counts `weight`."""
        self._popularity.update(items)
        for item_id in items:
            self._weights[item_id] += weight
            self._through[item_id][entity_id] = weight

    def nearest(self, limit: int) -> list[Related]:
        """Returns the heaviest items, the more popular first among equals; each one's strongest entities first."""
        order = ((-weight, -self._popularity[item_id], item_id) for item_id, weight in self._weights.items())
        return [Related(item_id, self._strongest(item_id), -weight) for weight, _, item_id in nsmallest(limit, order)]

    def _strongest(self, item_id: str) -> tuple[str, ...]:
        through = self._through[item_id]
        return tuple(sorted(through, key=lambda entity_id: (-through[entity_id], entity_id)))
