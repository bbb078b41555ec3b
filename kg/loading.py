"""Writing items into a graph engine, and opening the graph that was written."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.cypher_graph import AsyncCypherGraph, CypherGraph
from kg.engines.base import GraphEngine, Row
from kg.engines.ladybug import LadybugEngine
from kg.errors import IndexNotReadyError, TastemakerError
from kg.items import EDGE_RELATIONS, EntityKind, Fact, Item, amounts_as_text, facts_of

Progress = Callable[[int, int], None]
ENTITY_KINDS: tuple[EntityKind, ...] = ("person", "genre", "country", "language", "theme", "mood", "facet")


@dataclass(frozen=True, slots=True)
class Neo4jSettings:
    """Where a Neo4j server is. `database` is the one the graph has for itself."""

    uri: str
    user: str = "neo4j"
    password: str = ""
    database: str = "neo4j"

    def __repr__(self) -> str:
        """Leaves the password out."""
        return f"Neo4jSettings(uri={self.uri!r}, user={self.user!r}, database={self.database!r})"


@dataclass(frozen=True, slots=True)
class GraphSize:
    """What a graph holds."""

    items: int
    entities: int
    edges: int


def open_graph(where: Path | Neo4jSettings) -> CypherGraph:
    """Returns the graph, opened for reading.

    Raises IndexNotReadyError when no graph was built there or it is damaged, LockedError while another process
    changes its file, GraphError when the Neo4j server is away.
    """
    engine = open_engine(where)
    try:
        _need_items(engine.read("size"), where)
    except TastemakerError:
        engine.close()
        raise
    return CypherGraph(engine)


@asynccontextmanager
async def open_async_graph(where: Neo4jSettings) -> AsyncIterator[AsyncCypherGraph]:
    """Gives the graph of a Neo4j server to an event loop, for reading, as long as the context lasts.

    Raises IndexNotReadyError when no graph was built there, GraphError when the server is away.
    """
    from kg.engines.neo4j_async import AsyncNeo4jEngine  # noqa: PLC0415  (as in `open_engine`)

    engine = await AsyncNeo4jEngine.open(where.uri, where.user, where.password, where.database)
    try:
        _need_items(await engine.read("size"), where)
        yield AsyncCypherGraph(engine)
    finally:
        await engine.close()


def _need_items(size: Sequence[Row], where: Path | Neo4jSettings) -> None:
    if not size[0]["items"]:
        place = where.uri if isinstance(where, Neo4jSettings) else where
        raise IndexNotReadyError(f"The graph at {place} is empty: run `tastemaker ingest` to build it.")


def open_engine(where: Path | Neo4jSettings, *, writing: bool = False) -> GraphEngine:
    """Returns the engine, opened for reading or for `load_graph`. Raises as `open_graph` does."""
    if isinstance(where, Neo4jSettings):
        # The driver takes seconds to import, and most users have no Neo4j.
        from kg.engines.neo4j import Neo4jEngine  # noqa: PLC0415

        return Neo4jEngine(where.uri, where.user, where.password, where.database, writing=writing)
    return LadybugEngine(where, read_only=not writing)


def load_graph(engine: GraphEngine, items: Sequence[Item], progress: Progress = lambda done, total: None) -> GraphSize:
    """Writes the items and their edges into a graph in place of those that were there, and returns its size.

    `progress` is called with the rows written so far and the rows in all. Raises GraphError when the engine is away.
    """
    tables = {"load_item": [_node(item) for item in items]} | _entity_rows(items) | _edge_rows(items)
    total = sum(len(rows) for rows in tables.values())
    done = 0
    engine.begin()
    progress(0, total)
    for query, rows in tables.items():
        engine.write(query, rows)
        done += len(rows)
        progress(done, total)
    engine.finish()
    entities = sum(len(tables[f"load_{kind}"]) for kind in ENTITY_KINDS)
    return GraphSize(len(items), entities, total - len(items) - entities)


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


def _entity_rows(items: Iterable[Item]) -> dict[str, list[Row]]:
    """The degree of an entity is the number of items that have it, however often each does."""
    having: dict[EntityKind, defaultdict[str, set[str]]] = {kind: defaultdict(set) for kind in ENTITY_KINDS}
    names: dict[str, str] = {}
    for item in items:
        for fact in facts_of(item):
            if fact.object.kind != "value":
                kind = fact.object.kind if fact.object.kind in having else "facet"
                having[kind][fact.object.id].add(item.id)
                names[fact.object.id] = fact.object.name
    return {
        f"load_{kind}": [
            {"id": entity_id, "name": names[entity_id], "degree": len(found)} for entity_id, found in entities.items()
        ]
        for kind, entities in having.items()
    }


def _edge_rows(items: Iterable[Item]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {_table_of(relation): [] for relation in (*EDGE_RELATIONS, "CREDITED", "HAS_FACET")}
    for item in items:
        for position, fact in enumerate(facts_of(item)):
            if fact.object.kind != "value":
                row = {"item": item.id, "entity": fact.object.id, "position": position}
                if fact.relation not in EDGE_RELATIONS:
                    row["relation"] = fact.relation
                tables[_table_of(_edge(fact))].append(row)
    return tables


def _edge(fact: Fact) -> str:
    """The edge that holds a fact: relations of a catalogue's own share two, one to people and one to facets."""
    if fact.relation in EDGE_RELATIONS:
        return fact.relation
    return "CREDITED" if fact.object.kind == "person" else "HAS_FACET"


def _table_of(edge: str) -> str:
    return f"load_{edge.lower()}"
