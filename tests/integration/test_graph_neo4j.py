"""What is special of the Neo4j engines; `test_graph.py` asks them what it asks every engine."""

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kg.engines import base, neo4j, neo4j_async
from kg.engines.base import QUERIES, query_text, statements
from kg.errors import GraphError, IndexNotReadyError
from kg.items import facts_of
from kg.loading import Neo4jSettings, load_graph, open_async_graph, open_engine, open_graph
from tests.graph_films import FILMS
from tests.neo4j.server import Neo4jServer

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def filmed(neo4j_server: Neo4jServer) -> Iterator[Neo4jSettings]:
    """A server with the test films in it."""
    engine = open_engine(neo4j_server.settings, writing=True)
    load_graph(engine, FILMS)
    yield neo4j_server.settings
    load_graph(engine, ())
    engine.close()


def test_a_server_that_is_away_is_named_in_a_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
        started = time.perf_counter()
        with pytest.raises(GraphError, match="does not answer"):
            open_graph(Neo4jSettings(uri, password="secret"))
        assert time.perf_counter() - started < 20


async def test_the_loop_hears_the_same_sentences(neo4j_server: Neo4jServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
        for where, said in (
            (Neo4jSettings(away), "does not answer"),
            (Neo4jSettings("localhost"), "NEO4J_URI"),
            (Neo4jSettings(neo4j_server.settings.uri, password="wrong"), "NEO4J_PASSWORD"),
        ):
            with pytest.raises(GraphError, match=said):
                async with open_async_graph(where):
                    pass
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        async with open_async_graph(neo4j_server.settings):
            pass


def test_an_opened_graph_has_been_asked_everything_once_so_that_no_turn_waits_for_a_plan(
    filmed: Neo4jSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set()
    read = neo4j.Neo4jEngine.read

    def noting(engine: neo4j.Neo4jEngine, query: str, **parameters: Any) -> list[dict[str, Any]]:
        asked.add(query)
        return read(engine, query, **parameters)

    monkeypatch.setattr(neo4j.Neo4jEngine, "read", noting)
    open_graph(filmed).close()
    assert asked == {file.stem for file in QUERIES.glob("*.cypher")}


def test_an_address_of_something_else_is_refused() -> None:
    with pytest.raises(GraphError, match="NEO4J_URI"):
        open_graph(Neo4jSettings("localhost"))


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that would take minutes, and engines that wait half a second for one."""
    (tmp_path / "endless.cypher").write_text("UNWIND range(1, 10000000000) AS n RETURN max(n % 7) AS most")
    monkeypatch.setattr(base, "QUERIES", tmp_path)
    monkeypatch.setattr(neo4j, "READ_WITHIN", 0.5)
    monkeypatch.setattr(neo4j_async, "READ_WITHIN", 0.5)


@pytest.mark.usefixtures("endless")
async def test_the_server_ends_what_takes_too_long(neo4j_server: Neo4jServer) -> None:
    where = neo4j_server.settings
    waiting = open_engine(where)
    awaiting = await neo4j_async.AsyncNeo4jEngine.open(where.uri, where.user, where.password, where.database)
    with pytest.raises(GraphError, match="refused the request"):
        waiting.read("endless")
    with pytest.raises(GraphError, match="refused the request"):
        await awaiting.read("endless")
    waiting.close()
    await awaiting.close()
    await awaiting.close()
    with pytest.raises(GraphError, match="closed"):
        await awaiting.read("endless")


async def test_a_loop_asks_many_questions_at_once_and_may_lose_interest(filmed: Neo4jSettings) -> None:
    async with open_async_graph(filmed) as graph:
        assert await graph.facts("nothing") == ()  # the server plans a query when it first sees it, which takes seconds
        lost = asyncio.create_task(graph.neighbours([item.id for item in FILMS]))
        await asyncio.sleep(0)
        lost.cancel()
        found = await asyncio.gather(*(graph.facts(item.id) for item in FILMS))
        assert found == [facts_of(item) for item in FILMS]
        with pytest.raises(asyncio.CancelledError):
            await lost


async def test_the_example_of_the_docs_runs(filmed: Neo4jSettings) -> None:
    [example] = re.findall(r"```python\n(.*?open_async_graph.*?)```", (DOCS / "catalogue.md").read_text("utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(example, names)
    near, facts = await names["around"](filmed, "aliens")
    with closing(open_graph(filmed)) as graph:
        assert near == graph.neighbours(["aliens"])
        assert facts == graph.facts("aliens")


def test_the_password_is_never_shown() -> None:
    assert "secret" not in repr(Neo4jSettings("bolt://localhost", password="secret"))


def test_both_engines_have_the_same_loads_and_share_the_other_queries() -> None:
    own = {engine: {path.name for path in (QUERIES / engine).glob("load_*.cypher")} for engine in ("ladybug", "neo4j")}
    assert own["ladybug"] == own["neo4j"]
    shared = [path.stem for path in QUERIES.glob("*.cypher")]
    assert shared and all(query_text("ladybug", name) == query_text("neo4j", name) for name in shared)


def test_schema_files_hold_statements_and_an_unknown_query_is_named() -> None:
    assert all(statements(query_text(engine, "schema")) for engine in ("ladybug", "neo4j"))
    with pytest.raises(GraphError, match="nothing_here"):
        query_text("ladybug", "nothing_here")


def test_the_old_graph_answers_until_the_new_one_is_whole(neo4j_server: Neo4jServer) -> None:
    old, new = FILMS[:3], FILMS[1:]
    engine = open_engine(neo4j_server.settings, writing=True)
    load_graph(engine, old)
    graph = open_graph(neo4j_server.settings)
    seen: list[bool] = []
    load_graph(engine, new, lambda done, total: seen.append(graph.facts(old[0].id) == facts_of(old[0])))
    assert len(seen) > 2 and all(seen)
    assert graph.facts(old[0].id) == ()
    assert all(graph.facts(item.id) == facts_of(item) for item in new)
    load_graph(engine, ())
    assert graph.facts(new[0].id) == ()
    assert graph.items_with(["genre:Horror"]) == []
    graph.close()
    engine.close()
