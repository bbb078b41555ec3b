"""The knowledge graph on an engine, by the Cypher files of `kg/queries`."""

from collections.abc import Sequence
from typing import Any

from kg.engines.base import GraphEngine
from kg.graph import Related, in_common
from kg.items import Entity, Fact, Item, Relation, amounts_from, facts_of, place_of
from kg.nearness import HUB, Nearness, weight_of


class CypherGraph:
    """Implements `kg.graph.KnowledgeGraph`."""

    away = False  # it raises instead; `StandbyGraph` knows

    def __init__(self, engine: GraphEngine) -> None:
        self._engine = engine

    def facts(self, item_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges, relation by relation in the item's own order, then its numbers."""
        nodes = self._engine.read("item", id=item_id)
        if not nodes:
            return ()
        item = Item(item_id, **{**nodes[0], "amounts": amounts_from(nodes[0]["amounts"])})
        rows = self._engine.read("edges_of", id=item_id)
        rows.sort(key=lambda row: row["position"])
        return tuple(_edge(item, row) for row in rows) + facts_of(item)

    def holds(self, fact: Fact) -> bool:
        """Returns whether the subject has this fact; names do not count."""
        known = {(other.relation, other.object.id) for other in self.facts(fact.subject.id)}
        return (fact.relation, fact.object.id) in known

    def items_with(self, entity_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the items; the weight is the number of these entities that an item has."""
        found = Nearness()
        for entity_id in dict.fromkeys(entity_ids):
            for row in self._engine.read("items_with", id=entity_id):
                found.add(entity_id, 1.0, _popularity(row))
        return found.nearest(limit)

    def neighbours(self, item_ids: Sequence[str], limit: int = 200) -> list[Related]:
        """Returns the neighbours. A shared entity counts once for each given item that has it; hubs do not count."""
        found = Nearness()
        given = dict.fromkeys(item_ids)
        for item_id in given:
            rows = self._engine.read("neighbours", id=item_id, hub=HUB)
            for row in sorted(rows, key=lambda row: str(row["entity"])):
                others = {item: popularity for item, popularity in _popularity(row).items() if item not in given}
                found.add(row["entity"], weight_of(row["degree"]), others)
        return found.nearest(limit)

    def connections(self, item_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the item's edges whose object the other item has by any edge; equal numbers connect nothing."""
        shared = {fact.object.id for fact in self.facts(other_id) if fact.object.kind != "value"}
        return tuple(fact for fact in self.facts(item_id) if fact.object.id in shared)

    def works_of(self, person_id: str) -> tuple[Fact, ...]:
        """Returns `item relation person`, the most popular item first; () for an unknown person."""
        rows = self._engine.read("works_of", id=person_id)
        rows.sort(key=lambda row: (-row["popularity"], row["item"], place_of(row["relation"])))
        return tuple(_edge(Item(row["item"], row["title"], row["year"]), row) for row in rows)

    def together(self, person_id: str, other_id: str) -> tuple[Fact, ...]:
        """Returns the works of the one and of the other among the items that join both."""
        shared = {row["item"] for row in self._engine.read("together", one=person_id, other=other_id)}
        works = (self.works_of(person_id), self.works_of(other_id)) if shared else ()
        return in_common(works, shared)

    def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        self._engine.close()


def _popularity(row: dict[str, Any]) -> dict[str, float]:
    """An item stands several times in the row of a person who directed, wrote and played in it."""
    return dict(zip(row["items"], row["popularity"], strict=True))


def _edge(item: Item, row: dict[str, Any]) -> Fact:
    relation: Relation = row["relation"]
    return Fact(Entity.of_item(item), relation, Entity(row["id"], row["name"], row["id"].partition(":")[0]))
