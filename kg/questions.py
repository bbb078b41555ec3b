"""What the knowledge graph is asked: which Cypher files each question takes, and how their rows become its answer.

A question is a generator. It yields the queries that it needs next, is sent their rows, and returns the answer; so each
is written once, and `kg.cypher_graph` runs it for a thread that waits or for an event loop that must not.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from kg.graph import Related, in_common
from kg.items import Entity, Fact, Item, Relation, amounts_from, facts_of, place_of
from kg.nearness import HUB, Nearness, weight_of

Answer = TypeVar("Answer")
Rows: TypeAlias = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Query:
    """A file of `kg/queries` and its parameters."""

    name: str
    parameters: Mapping[str, Any]


Question: TypeAlias = Generator[Sequence[Query], Sequence[Rows], Answer]
"""Yields queries that do not need each other's rows, and is sent the rows of each, in their order."""


def facts(item_id: str) -> Question[tuple[Fact, ...]]:
    """Returns the item's edges, relation by relation in the item's own order, then its numbers."""
    nodes, edges = yield [Query("item", {"id": item_id}), Query("edges_of", {"id": item_id})]
    if not nodes:
        return ()
    item = Item(item_id, **{**nodes[0], "amounts": amounts_from(nodes[0]["amounts"])})
    edges.sort(key=lambda row: row["position"])
    return tuple(_edge(item, row) for row in edges) + facts_of(item)


def holds(fact: Fact) -> Question[bool]:
    """Returns whether the subject has this fact; names do not count."""
    found = yield from facts(fact.subject.id)
    return (fact.relation, fact.object.id) in {(other.relation, other.object.id) for other in found}


def items_with(entity_ids: Sequence[str], limit: int) -> Question[list[Related]]:
    """Returns the items; the weight is the number of these entities that an item has."""
    wanted = list(dict.fromkeys(entity_ids))
    answers = yield [Query("items_with", {"id": entity_id}) for entity_id in wanted]
    found = Nearness()
    for entity_id, rows in zip(wanted, answers, strict=True):
        for row in rows:
            found.add(entity_id, 1.0, _popularity(row))
    return found.nearest(limit)


def neighbours(item_ids: Sequence[str], limit: int) -> Question[list[Related]]:
    """Returns the neighbours. A shared entity counts once for each given item that has it; hubs do not count."""
    given = dict.fromkeys(item_ids)
    answers = yield [Query("neighbours", {"id": item_id, "hub": HUB}) for item_id in given]
    found = Nearness()
    for rows in answers:
        for row in sorted(rows, key=lambda row: str(row["entity"])):
            others = {item: popularity for item, popularity in _popularity(row).items() if item not in given}
            found.add(row["entity"], weight_of(row["degree"]), others)
    return found.nearest(limit)


def connections(item_id: str, other_id: str) -> Question[tuple[Fact, ...]]:
    """Returns the item's edges whose object the other item has by any edge; equal numbers connect nothing."""
    mine = yield from facts(item_id)
    theirs = yield from facts(other_id)
    shared = {fact.object.id for fact in theirs if fact.object.kind != "value"}
    return tuple(fact for fact in mine if fact.object.id in shared)


def works_of(person_id: str) -> Question[tuple[Fact, ...]]:
    """Returns `item relation person`, the most popular item first; () for an unknown person."""
    [rows] = yield [Query("works_of", {"id": person_id})]
    rows.sort(key=lambda row: (-row["popularity"], row["item"], place_of(row["relation"])))
    return tuple(_edge(Item(row["item"], row["title"], row["year"]), row) for row in rows)


def together(person_id: str, other_id: str) -> Question[tuple[Fact, ...]]:
    """Returns the works of the one and of the other among the items that join both."""
    [rows] = yield [Query("together", {"one": person_id, "other": other_id})]
    shared = {row["item"] for row in rows}
    if not shared:
        return ()
    mine = yield from works_of(person_id)
    theirs = yield from works_of(other_id)
    return in_common((mine, theirs), shared)


def _popularity(row: dict[str, Any]) -> dict[str, float]:
    """An item stands several times in the row of a person who directed, wrote and played in it."""
    return dict(zip(row["items"], row["popularity"], strict=True))


def _edge(item: Item, row: dict[str, Any]) -> Fact:
    relation: Relation = row["relation"]
    return Fact(Entity.of_item(item), relation, Entity(row["id"], row["name"], row["id"].partition(":")[0]))
