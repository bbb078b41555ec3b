"""A graph whose engine may go away in the middle of a talk: the catalogue's own facts stand in until it is back."""

import time
from collections.abc import Callable, Sequence

from kg.away import RETRY_AFTER, MayBeAway
from kg.catalogue import Catalogue
from kg.errors import GraphError
from kg.graph import KnowledgeGraph, Related, in_common
from kg.items import Fact, facts_of


class StandbyGraph:
    """Implements `kg.graph.KnowledgeGraph` over another one.

    While the other one fails, facts and works come from the catalogue, which holds the same facts; what only the
    graph can find (neighbours, items joined to entities) is empty, so that candidates come from the vectors alone.
    The engine is asked again `retry_after` seconds after it failed, by the first call that needs it.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        catalogue: Catalogue,
        retry_after: float = RETRY_AFTER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._engine = MayBeAway("graph", GraphError, retry_after, clock)

    @property
    def away(self) -> bool:
        """Whether the engine failed when it was last asked."""
        return self._engine.away

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns the item's facts; () for an unknown id."""
        return self._engine.ask(lambda: self._graph.facts(item_id), lambda: self._own_facts(item_id))

    def holds(self, fact: Fact) -> bool:
        """Returns whether the subject has this fact; names do not count."""
        return self._engine.ask(lambda: self._graph.holds(fact), lambda: self._own_holds(fact))

    def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the items; [] while the engine is away."""
        return self._engine.ask(lambda: self._graph.items_with(entity_ids, limit), list)

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the neighbours; [] while the engine is away."""
        return self._engine.ask(lambda: self._graph.neighbours(item_ids, limit), list)

    def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges whose object the other item has by any edge."""
        return self._engine.ask(
            lambda: self._graph.connections(item_id, other_id), lambda: self._own_connections(item_id, other_id)
        )

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns `item relation person`, the most popular item first."""
        return self._engine.ask(lambda: self._graph.works_of(person_id), lambda: self._own_works(person_id))

    def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the works of the one and of the other among the items that join both."""
        return self._engine.ask(
            lambda: self._graph.together(person_id, other_id), lambda: self._own_together(person_id, other_id)
        )

    def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        self._graph.close()

    def _own_facts(self, item_id: str) -> tuple[Fact, ...]:
        item = self._catalogue.get(item_id)
        return facts_of(item) if item else ()

    def _own_holds(self, fact: Fact) -> bool:
        known = {(other.relation, other.object.id) for other in self._own_facts(fact.subject.id)}
        return (fact.relation, fact.object.id) in known

    def _own_together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        works = self._own_works(person_id), self._own_works(other_id)
        one, other = ({fact.subject.id for fact in facts} for facts in works)
        return in_common(works, one & other)

    def _own_connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        shared = {fact.object.id for fact in self._own_facts(other_id) if fact.object.kind != "value"}
        return tuple(fact for fact in self._own_facts(item_id) if fact.object.id in shared)

    def _own_works(self, person_id: str) -> tuple[Fact, ...]:
        # the most popular first, and an item's facts are in the order of the relations already
        items = sorted(self._catalogue, key=lambda item: (-item.popularity, item.id))
        facts = (fact for item in items for fact in facts_of(item))
        return tuple(fact for fact in facts if fact.object.id == person_id and fact.object.kind == "person")
