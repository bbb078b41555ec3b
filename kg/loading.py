"""Writing items into a graph engine, and opening the graph that was written."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.cypher_graph import AsyncCypherGraph, CypherGraph
from kg.engines.base import GraphEngine, Row
from kg.engines.ladybug import LadybugEngine
from kg.errors import IndexNotReadyError, TastemakerError
from kg.graph import KnowledgeGraph
from kg.graph_rows import GraphRows, GraphSize
from kg.items import Item

Progress = Callable[[int, int], None]


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


def open_graph(where: Path | Neo4jSettings) -> CypherGraph:
    """Returns the graph, opened for reading; a server has planned every question by then, so that no turn waits for it.

    Raises IndexNotReadyError when no graph was built there or it is damaged, LockedError while another process
    changes its file, GraphError when the Neo4j server is away.
    """
    engine = open_engine(where)
    graph = CypherGraph(engine)
    try:
        _need_items(engine.read("size"), where)
        if isinstance(where, Neo4jSettings):
            _ask_all(graph)
    except TastemakerError:
        engine.close()
        raise
    return graph


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


def _ask_all(graph: KnowledgeGraph) -> None:
    """Asks every question once, about nobody: Neo4j plans a query when it first sees it, a second or more when cold."""
    nobody = ""
    graph.facts(nobody)
    graph.items_with([nobody])
    graph.neighbours([nobody])
    graph.works_of(nobody)
    graph.together(nobody, nobody)


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
    rows = GraphRows(items)
    done = 0
    engine.begin()
    progress(0, rows.size.rows)
    for query, part in rows:
        engine.write(query, part)
        done += len(part)
        progress(done, rows.size.rows)
    engine.finish()
    return rows.size
