"""The knowledge graph in memory: the shipped fake, for tests and for catalogues that nobody stores."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.graph import Related, in_common
from kg.items import Fact, Item, Relation, facts_of, place_of
from kg.nearness import HUB, Nearness, weight_of


class MemoryGraph:
    """Implements `kg.graph.KnowledgeGraph` over the items' own facts."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}
        self._facts = {item.id: facts_of(item) for item in self._items.values()}
        # entity id → the items that have it, in the catalogue's order
        self._having: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for item in self._items.values():
            for entity_id in self._entities_of(item.id):
                self._having[entity_id][item.id] = item.popularity

    away = False

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges, then its numbers."""
        return self._facts.get(item_id, ())

    def holds(self, fact: Fact) -> bool:
        """Returns whether the subject has this fact; names do not count."""
        known = {(other.relation, other.object.id) for other in self.facts(fact.subject.id)}
        return (fact.relation, fact.object.id) in known

    def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the items; the weight is the number of these entities that an item has."""
        found = Nearness()
        for entity_id in dict.fromkeys(entity_ids):
            found.add(entity_id, 1.0, self._having.get(entity_id, {}))
        return found.nearest(limit)

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the neighbours. A shared entity counts once for each given item that has it; hubs do not count."""
        found = Nearness()
        given = set(item_ids)
        for item_id in dict.fromkeys(item_ids):
            for entity_id in sorted(self._entities_of(item_id)):
                having = self._having[entity_id]
                if len(having) <= HUB:
                    others = {item: popularity for item, popularity in having.items() if item not in given}
                    found.add(entity_id, weight_of(len(having)), others)
        return found.nearest(limit)

    def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges whose object the other item has by any edge; equal numbers connect nothing."""
        shared = self._entities_of(other_id)
        return tuple(fact for fact in self.facts(item_id) if fact.object.id in shared)

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns `item relation person`, the most popular item first; () for an unknown person."""
        works = [
            fact
            for item_id in self._having.get(person_id, ())
            for fact in self._facts[item_id]
            if fact.object.id == person_id and fact.object.kind == "person"
        ]
        return tuple(sorted(works, key=self._by_popularity))

    def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the works of the one and of the other among the items that join both."""
        works = (self.works_of(person_id), self.works_of(other_id))
        shared = {fact.subject.id for fact in works[0]} & {fact.subject.id for fact in works[1]}
        return in_common(works, shared)

    def close(self) -> None:
        """Does nothing: there is no engine."""

    def _entities_of(self, item_id: str) -> set[str]:
        return {fact.object.id for fact in self.facts(item_id) if fact.object.kind != "value"}

    def _by_popularity(self, fact: Fact) -> tuple[float, str, tuple[int, Relation]]:
        item = self._items[fact.subject.id]
        return (-item.popularity, item.id, place_of(fact.relation))
