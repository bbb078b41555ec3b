"""Reading the graph on a Neo4j server from an event loop, by the driver's asynchronous half."""

from typing import Any

import neo4j

from kg.engines.base import query_text
from kg.engines.neo4j import FAILURES, READ_RETRIES_FOR, READ_WITHIN, closed, driver_options, explained


class AsyncNeo4jEngine:
    """Implements `AsyncGraphEngine` with the addresses, times and sentences of `Neo4jEngine`."""

    def __init__(self, uri: str, database: str, driver: neo4j.AsyncDriver) -> None:
        """`open` makes one whose server answers."""
        self._uri, self._database, self._driver = uri, database, driver
        self._closed = False

    @classmethod
    async def open(cls, uri: str, user: str, password: str, database: str) -> "AsyncNeo4jEngine":
        """Raises GraphError when the address is wrong, nobody answers there, or the password is refused."""
        options = driver_options(READ_RETRIES_FOR)
        try:
            driver = neo4j.AsyncGraphDatabase.driver(uri, auth=(user, password), **options)
        except (*FAILURES, ValueError) as error:
            raise explained(uri, error) from error
        try:
            await driver.verify_connectivity()
        except FAILURES as error:
            await driver.close()
            raise explained(uri, error) from error
        return cls(uri, database, driver)

    async def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        if self._closed:
            raise closed(self._uri)
        timed = neo4j.Query(query_text("neo4j", query), timeout=READ_WITHIN)
        try:
            answer = await self._driver.execute_query(
                timed, parameters, routing_=neo4j.RoutingControl.READ, database_=self._database
            )
        except FAILURES as error:
            raise explained(self._uri, error) from error
        return [record.data() for record in answer.records]

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._driver.close()
