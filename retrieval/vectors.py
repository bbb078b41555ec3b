"""Where the items' vectors live: the seam, a matrix in memory, and that matrix behind a server.

`retrieval.chroma` has the store that is used.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from kg.away import RETRY_AFTER, MayBeAway
from kg.errors import IndexNotReadyError
from retrieval.encoder import DIMENSIONS, Vectors


class VectorStore(Protocol):
    """Keeps a vector an item and finds the nearest. `ChromaVectors` and `MemoryVectors` pass one suite."""

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keeps the rows of `vectors`, float32 (len(ids), 384); an id that is there already is replaced."""
        ...

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Returns up to `limit` pairs of id and cosine similarity to a unit vector (384,), nearest first."""
        ...

    def count(self) -> int:
        """Returns how many vectors are kept."""
        ...

    def close(self) -> None:
        """Frees the store; a second call does nothing."""
        ...


class MemoryVectors:
    """One matrix, searched exactly: what tests use, and what stands in for a server that is away."""

    def __init__(self, ids: Sequence[str] = (), matrix: Vectors | None = None) -> None:
        """`matrix` (len(ids), 384) is taken as it is, not copied."""
        self._ids: list[str] = list(ids)
        self._rows: dict[str, int] = {item: row for row, item in enumerate(self._ids)}
        self._matrix: Vectors = np.zeros((0, DIMENSIONS), dtype=np.float32) if matrix is None else matrix

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors; an id that is there already is replaced."""
        fresh = [place for place, item in enumerate(ids) if item not in self._rows]
        for place in fresh:
            self._rows[ids[place]] = len(self._ids)
            self._ids.append(ids[place])
        self._matrix = np.concatenate([self._matrix, vectors[fresh]])
        self._matrix[[self._rows[item] for item in ids]] = vectors

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Returns up to `limit` pairs of id and cosine similarity, nearest first."""
        scores = self._matrix @ vector
        # Sorting the few best takes a tenth of the time of sorting a million.
        best = np.sort(np.argpartition(-scores, limit)[:limit]) if limit < len(scores) else np.arange(len(scores))
        return [(self._ids[row], float(scores[row])) for row in best[np.argsort(-scores[best], kind="stable")]]

    def count(self) -> int:
        """Returns how many vectors are kept."""
        return len(self._ids)

    def close(self) -> None:
        """Does nothing."""


class StandbyVectors:
    """Vectors on a server, and the index's own matrix while it is away: the same items are found, exactly."""

    def __init__(self, store: VectorStore, own: MemoryVectors, retry_after: float = RETRY_AFTER) -> None:
        """`own` holds the same vectors as `store`, which is asked again `retry_after` seconds after it failed."""
        self._store = store
        self._own = own
        self._server = MayBeAway("vectors", IndexNotReadyError, retry_after)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors on the server; raises IndexNotReadyError when it is away."""
        self._store.add(ids, vectors)
        self._own.add(ids, vectors)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Returns up to `limit` pairs of id and cosine similarity, nearest first."""
        return self._server.ask(lambda: self._store.nearest(vector, limit), lambda: self._own.nearest(vector, limit))

    def count(self) -> int:
        """Returns how many vectors are kept."""
        return self._server.ask(self._store.count, self._own.count)

    def close(self) -> None:
        """Frees the server's connection; a second call does nothing."""
        self._store.close()
