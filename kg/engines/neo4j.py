"""The graph on a Neo4j server, through the official driver; `kg.engines.neo4j_async` is its twin for event loops."""

import uuid
from collections.abc import Sequence
from typing import Any

import neo4j
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

from kg.engines.base import Row, query_text, statements
from kg.errors import GraphError

# Seconds. A person waits for a read, and the catalogue's own facts stand in for one that fails.
READ_WITHIN, READ_RETRIES_FOR = 10.0, 2.0
WRITE_WITHIN, WRITE_RETRIES_FOR = 600.0, 60.0
# Rows of one transaction: small enough for a server with default memory, large enough that round trips do not count.
BATCH = 5_000
FAILURES = (DriverError, Neo4jError, OSError)
"""What the driver raises, which `explained` puts into words; where it is opened, a ValueError about its address too."""


class Neo4jEngine:
    """A driver for one database. The driver pools its connections and retries transient errors by itself."""

    def __init__(self, uri: str, user: str, password: str, database: str, *, writing: bool = False) -> None:
        """For reading, gives up on an engine that is away within seconds; `writing` lets a load wait longer.

        Raises GraphError when the address is wrong, nobody answers there, or the password is refused."""
        self._uri, self._database, self._build = uri, database, ""
        self._closed = False
        options = driver_options(WRITE_RETRIES_FOR if writing else READ_RETRIES_FOR)
        try:
            self._driver = neo4j.GraphDatabase.driver(uri, auth=(user, password), **options)
            self._driver.verify_connectivity()
        except (*FAILURES, ValueError) as error:
            self.close()
            raise explained(uri, error) from error

    def begin(self) -> None:
        """Makes constraints and indexes. What was there stays until `finish`, so that whoever reads goes on reading."""
        self._build = uuid.uuid4().hex
        for statement in statements(query_text("neo4j", "schema")):
            self._run(statement, {}, neo4j.RoutingControl.WRITE)

    def write(self, query: str, rows: Sequence[Row]) -> None:
        text = query_text("neo4j", query)
        for start in range(0, len(rows), BATCH):
            batch = {"rows": list(rows[start : start + BATCH]), "build": self._build}
            self._run(text, batch, neo4j.RoutingControl.WRITE)

    def finish(self) -> None:
        """Takes away the edges, then the nodes, that this load did not write: an earlier graph's, or half of one."""
        for query in ("clear_edges", "clear_nodes"):
            text = query_text("neo4j", query)
            while self._run(text, {"build": self._build}, neo4j.RoutingControl.WRITE)[0]["deleted"]:
                pass

    def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        return self._run(query_text("neo4j", query), parameters, neo4j.RoutingControl.READ)

    def close(self) -> None:
        driver = getattr(self, "_driver", None)
        if driver is not None and not self._closed:
            self._closed = True
            driver.close()

    def _run(self, text: str, parameters: dict[str, Any], routing: neo4j.RoutingControl) -> list[dict[str, Any]]:
        if self._closed:
            raise closed(self._uri)
        query = neo4j.Query(text, timeout=READ_WITHIN if routing is neo4j.RoutingControl.READ else WRITE_WITHIN)
        try:
            answer = self._driver.execute_query(query, parameters, routing_=routing, database_=self._database)
        except FAILURES as error:
            raise explained(self._uri, error) from error
        return [record.data() for record in answer.records]


def driver_options(retries_for: float) -> dict[str, Any]:
    """Returns the options that every driver here has; transient errors are tried again for so many seconds."""
    return {
        "connection_timeout": 5,
        "max_transaction_retry_time": retries_for,
        "notifications_min_severity": "OFF",
    }


def explained(uri: str, error: Exception) -> GraphError:
    """Returns what the driver raised as a sentence that says what to do."""
    if isinstance(error, AuthError):
        return GraphError(f"Neo4j at {uri} refused the login: check NEO4J_USER and NEO4J_PASSWORD.")
    if isinstance(error, ConfigurationError):
        return GraphError(f"{uri!r} is no address of Neo4j: write NEO4J_URI like bolt://localhost:7687.")
    if isinstance(error, ServiceUnavailable | OSError):
        return GraphError(f"Neo4j does not answer at {uri}: start the server or check NEO4J_URI.")
    return GraphError(f"Neo4j at {uri} refused the request ({error}).")


def closed(uri: str) -> GraphError:
    """Returns what a closed engine raises."""
    return GraphError(f"The connection to Neo4j at {uri} is closed: open the graph again.")
