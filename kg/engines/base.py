"""The seam of graph engines, and the query files they share."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from kg.errors import GraphError

QUERIES = Path(__file__).parent.parent / "queries"

Row = Mapping[str, Any]


class GraphEngine(Protocol):
    """Runs the Cypher files of `kg/queries` with parameters. Safe to use from several threads."""

    def begin(self) -> None:
        """Makes ready for `write`, once for a load. Raises GraphError when the engine is away."""
        ...

    def write(self, query: str, rows: Sequence[Row]) -> None:
        """Runs the query file over all rows, in batches. Raises GraphError when the engine refuses them."""
        ...

    def finish(self) -> None:
        """Takes away whatever was there before `begin` and was not written since. Raises GraphError as `write` does."""
        ...

    def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Returns the query file's rows, one dict a row. Raises GraphError when the engine is away or refuses."""
        ...

    def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        ...


class AsyncGraphEngine(Protocol):
    """`GraphEngine.read` for an event loop, which goes on meanwhile. Use it in the loop that it was opened in."""

    async def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Returns the query file's rows, one dict a row. Raises GraphError when the engine is away or refuses."""
        ...

    async def close(self) -> None:
        """Frees the engine; a second call does nothing."""
        ...


@cache
def query_text(engine: str, name: str) -> str:
    """Returns the Cypher file of this name, the engine's own if it has one. Raises GraphError where there is none."""
    for path in (QUERIES / engine / f"{name}.cypher", QUERIES / f"{name}.cypher"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise GraphError(f"There is no query named {name} for {engine}: reinstall the project.")


def statements(text: str) -> list[str]:
    """Returns the statements of a schema file, which end in semicolons."""
    return [statement.strip() for statement in text.split(";") if statement.strip()]
