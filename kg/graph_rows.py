"""The nodes and edges of a graph as rows of the load queries, a part at a time: a million items fill the memory."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.engines.base import Row
from kg.items import EDGE_RELATIONS, EntityKind, Item, Relation, amounts_as_text, edges_of

ENTITY_KINDS: tuple[EntityKind, ...] = ("person", "genre", "country", "language", "theme", "mood", "facet")
# Items, or entities, of one part. An item has some twenty edges.
PART = 50_000


@dataclass(frozen=True, slots=True)
class GraphSize:
    """What a graph holds."""

    items: int
    entities: int
    edges: int

    @property
    def rows(self) -> int:
        """All that is written."""
        return self.items + self.entities + self.edges


class GraphRows:
    """The rows of some items. `size` is counted when it is made."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        # The degree of an entity is the number of items that have it, however often each does.
        self._degrees: dict[EntityKind, Counter[str]] = {kind: Counter() for kind in ENTITY_KINDS}
        edges = 0
        for item in items:
            found = [(kind, f"{kind}:{name}") for _, kind, names in edges_of(item) for name in names]
            edges += len(found)
            for kind, entity in dict.fromkeys(found):
                self._degrees[kind if kind in self._degrees else "facet"][entity] += 1
        self.size = GraphSize(len(items), sum(map(len, self._degrees.values())), edges)

    def __iter__(self) -> Iterator[tuple[str, list[Row]]]:
        """Yields the name of a load query and rows for it, nodes before the edges that join them."""
        for start in range(0, len(self._items), PART):
            yield "load_item", [_node(item) for item in self._items[start : start + PART]]
        for kind, degrees in self._degrees.items():
            every = list(degrees.items())
            for start in range(0, len(every), PART):
                yield f"load_{kind}", [_entity(*each) for each in every[start : start + PART]]
        for start in range(0, len(self._items), PART):
            yield from _edges(self._items[start : start + PART]).items()


def _node(item: Item) -> Row:
    return {
        "id": item.id,
        "title": item.title,
        "year": item.year,
        "runtime": item.runtime,
        "rating": item.rating,
        "oscars": item.oscars,
        "popularity": item.popularity,
        "amounts": amounts_as_text(item),
    }


def _entity(entity: str, degree: int) -> Row:
    return {"id": entity, "name": entity.partition(":")[2], "degree": degree}


def _edges(items: Sequence[Item]) -> dict[str, list[Row]]:
    """Returns load query → rows; `position` is the edge's place in the item's own list of all its edges."""
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    for item in items:
        position = 0
        for relation, kind, names in edges_of(item):
            query, own = _query(relation, kind), {} if relation in EDGE_RELATIONS else {"relation": relation}
            for name in names:
                tables[query].append({"item": item.id, "entity": f"{kind}:{name}", "position": position, **own})
                position += 1
    return tables


def _query(relation: Relation, kind: EntityKind) -> str:
    """The query that loads an edge: relations of a catalogue's own share two, one to people and one to facets."""
    if relation in EDGE_RELATIONS:
        return f"load_{relation.lower()}"
    return "load_credited" if kind == "person" else "load_has_facet"
