"""The graph in one file on this machine, by Ladybug (an embedded Cypher engine)."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Condition
from typing import Any

import ladybug

from kg.engines.base import Row, query_text, statements
from kg.errors import GraphError, IndexNotReadyError, LockedError

# An upper bound, not what is taken: the default graph needs about 60 MB of it.
BUFFER_POOL = 512 * 1024 * 1024
# Rows of one COPY. Fewer cost more time in all (20,000: twice as much), more hold more memory.
BATCH = 100_000


class LadybugEngine:
    """One file, opened for reading (any number of processes) or for writing (one process, and nobody else).

    Connections are lent from a pool, one to a caller at a time, so threads never share one.
    """

    def __init__(self, path: Path, *, read_only: bool = True) -> None:
        """Raises IndexNotReadyError when no graph is at the path or it is damaged, LockedError when it is in use."""
        if read_only and not (path.is_file() and path.stat().st_size):
            raise IndexNotReadyError(f"There is no graph at {path}: run `tastemaker ingest` to build it.")
        self._path = path
        self._database: ladybug.Database | None = _open(path, read_only)
        self._idle: LifoQueue[ladybug.Connection] = LifoQueue()
        self._running = 0
        self._changed = Condition()

    def begin(self) -> None:
        """Drops the tables, whatever an interrupted load left in them, and makes them anew."""
        for statement in statements(query_text("ladybug", "schema")):
            self._run(statement, {})

    def write(self, query: str, rows: Sequence[Row]) -> None:
        """Copies the rows into their table."""
        import pyarrow  # noqa: PLC0415  (only where a graph is written)

        text = query_text("ladybug", query)
        for start in range(0, len(rows), BATCH):
            # A table is read fourteen times faster than a list of rows.
            table = pyarrow.Table.from_pylist(list(rows[start : start + BATCH]))
            # Ladybug 0.22 crashes when a prepared COPY runs twice on one connection, so each batch has its own.
            with self._busy() as database, closing(ladybug.Connection(database)) as connection:
                _execute(connection, text, {"rows": table})

    def finish(self) -> None:
        """Does nothing: `begin` dropped what was there, in a file that nobody reads yet."""

    def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Returns the rows of the query file."""
        return self._run(query_text("ladybug", query), parameters)

    def close(self) -> None:
        """Waits for the running queries (the library would crash under them) and frees the file."""
        with self._changed:
            database, self._database = self._database, None
            self._changed.wait_for(lambda: self._running == 0)
        if database is not None:
            while not self._idle.empty():
                self._idle.get().close()
            database.close()

    def _run(self, text: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        with self._busy() as database:
            try:
                connection = self._idle.get_nowait()
            except Empty:
                # One thread a query: several callers share the processor better than one query shares it.
                connection = ladybug.Connection(database, num_threads=1)
            try:
                return _execute(connection, text, parameters)
            finally:
                self._idle.put(connection)

    @contextmanager
    def _busy(self) -> Iterator[ladybug.Database]:
        """Yields the database, which stays open meanwhile."""
        with self._changed:
            if self._database is None:
                raise GraphError(f"The graph {self._path} is closed: open it again.")
            database = self._database
            self._running += 1
        try:
            yield database
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()


def _open(path: Path, read_only: bool) -> ladybug.Database:
    try:
        return ladybug.Database(path, read_only=read_only, buffer_pool_size=BUFFER_POOL)
    except RuntimeError as error:
        if "lock" in str(error).lower():
            raise LockedError(f"Another process is writing the graph {path}: wait until it ends.") from error
        raise IndexNotReadyError(f"The graph {path} cannot be opened ({error}): run `tastemaker ingest`.") from error


def _execute(connection: ladybug.Connection, text: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        result = connection.execute(text, parameters)
        # A file with one statement gives one result; the list is for several.
        single = result[0] if isinstance(result, list) else result
        with single:
            return [dict(row) for row in single.rows_as_dict()]
    except RuntimeError as error:
        if "does not exist" in str(error):
            raise IndexNotReadyError(f"The graph is not complete ({error}): run `tastemaker ingest`.") from error
        raise GraphError(f"The graph refused a query ({error}).") from error
