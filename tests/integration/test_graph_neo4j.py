"""What can be said about the Neo4j engine without a server; with one, `test_graph.py` asks it everything."""

import socket
import time

import pytest

from kg.engines.base import QUERIES, query_text, statements
from kg.errors import GraphError
from kg.loading import Neo4jSettings, open_graph


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
