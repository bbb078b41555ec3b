"""What is special of the Neo4j engine; `test_graph.py` asks it what it asks every engine."""

import socket
import time

import pytest

from kg.engines.base import QUERIES, query_text, statements
from kg.errors import GraphError
from kg.items import facts_of
from kg.loading import Neo4jSettings, load_graph, open_engine, open_graph
from tests.graph_films import FILMS
from tests.neo4j.server import Neo4jServer


def test_a_server_that_is_away_is_named_in_a_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
        started = time.perf_counter()
        with pytest.raises(GraphError, match="does not answer"):
            open_graph(Neo4jSettings(uri, password="secret"))
        assert time.perf_counter() - started < 20


def test_an_address_of_something_else_is_refused() -> None:
    with pytest.raises(GraphError, match="NEO4J_URI"):
        open_graph(Neo4jSettings("localhost"))


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
