"""The seam of the knowledge graph: what the rest of the system may ask of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.items import Fact


@dataclass(frozen=True, slots=True)
class Related:
    """An item found through the graph, with the ids of the entities that led to it, and its weight (more is nearer)."""

    item_id: str
    through: tuple[str, ...]
    weight: float


def in_common(works: Iterable[Sequence[Fact]], shared: Collection[str]) -> tuple[Fact, ...]:
    """Returns the facts of several people's works whose items are shared, item by item in the first one's order."""
    told = [fact for facts in works for fact in facts if fact.subject.id in shared]
    order = {item: place for place, item in enumerate(dict.fromkeys(fact.subject.id for fact in told))}
    return tuple(sorted(told, key=lambda fact: order[fact.subject.id]))


class KnowledgeGraph(Protocol):
    """Read access to the graph. `CypherGraph` (Ladybug, Neo4j) and `MemoryGraph` (the fake) pass one test suite.

    So does `AsyncCypherGraph`, whose same methods are awaited.
    """

    @property
    def away(self) -> bool:
        """Whether the engine failed when it was last asked, so that answers are not the whole graph's."""
        ...

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns all facts about the item; () for an unknown id. Raises GraphError when the engine is away."""
        ...

    def holds(self, fact: Fact) -> bool:
        """Returns whether the graph holds the fact, compared by ids and relation."""
        ...

    def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns items joined to any of the entities, those joined to most of them first, then the more popular."""
        ...

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns items that share people, themes, genres … with the given ones (which are left out), nearest first.

        The weight of a shared entity falls with the number of items that have it: 1 / log(2 + degree), summed.
        """
        ...

    def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the first item's facts whose object the second item is joined to as well (any relation)."""
        ...

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns the facts that join items to a person (directed, wrote, features), the most popular item first."""
        ...

    def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the facts that join the items of both people to either, the most popular item first."""
        ...

    def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        ...
