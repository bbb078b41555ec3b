"""How near two items are in the graph: the one rule that every implementation of `KnowledgeGraph` follows."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

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

    def add(self, entity_id: str, weight: float, items: Iterable[tuple[str, float]]) -> None:
        """Notes that these items (id, popularity) are reached through the entity, which counts `weight`."""
        for item_id, popularity in items:
            self._weights[item_id] += weight
            self._through[item_id][entity_id] = weight
            self._popularity[item_id] = popularity

    def nearest(self, limit: int) -> list[Related]:
        """Returns the heaviest items, the more popular first among equals; each one's strongest entities first."""
        order = sorted(
            self._weights, key=lambda item_id: (-self._weights[item_id], -self._popularity[item_id], item_id)
        )
        return [
            Related(item_id, tuple(sorted(through, key=lambda id: (-through[id], id))), self._weights[item_id])
            for item_id in order[:limit]
            for through in (self._through[item_id],)
        ]
