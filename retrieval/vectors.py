"""Where the items' vectors live: the seam, Chroma, and a fake in memory.

Hard constraints never go into a Chroma `where` (56 ms on 19,000 items, against 6.5 ms without): they are applied
afterwards by `retrieval.constraints`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import numpy as np

from kg.errors import IndexNotReadyError, SettingsError
from retrieval.encoder import DIMENSIONS, Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

ADD_AT_ONCE = 4096


class VectorStore(Protocol):
    """Keeps a vector an item and finds the nearest. `ChromaVectors` and `MemoryVectors` (the fake) pass one suite."""

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
    """The fake: one matrix, searched exactly."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix: Vectors = np.zeros((0, DIMENSIONS), dtype=np.float32)

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
        return [(self._ids[row], float(scores[row])) for row in np.argsort(-scores, kind="stable")[:limit]]

    def count(self) -> int:
        """Returns how many vectors are kept."""
        return len(self._ids)

    def close(self) -> None:
        """Does nothing."""


class ChromaVectors:
    """A Chroma collection, embedded in a folder or on a server; cosine distance, telemetry off."""

    def __init__(self, client: "ClientAPI", name: str) -> None:
        """Opens the collection `name`, made when it is missing."""
        self._client: ClientAPI | None = client
        self._collection = client.get_or_create_collection(
            name, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}, embedding_function=None
        )

    @classmethod
    def open(cls, folder: Path, name: str = "items", url: str | None = None) -> "ChromaVectors":
        """Returns the collection in `folder`, or on the server at `url` ("http://host:8000") when one is given.

        Raises IndexNotReadyError when the folder is damaged or the server does not answer, SettingsError for a bad URL.
        """
        import chromadb  # noqa: PLC0415  (3 s; only where it is used)
        from chromadb.config import Settings  # noqa: PLC0415
        from chromadb.errors import ChromaError  # noqa: PLC0415

        settings = Settings(anonymized_telemetry=False)
        try:
            if url is None:
                return cls(chromadb.PersistentClient(str(folder), settings=settings), name)
            host, port, secure = _address(url)
            return cls(chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings), name)
        except (ChromaError, OSError, RuntimeError, ValueError, KeyError, AttributeError) as error:
            # AttributeError is what Chroma's own cleaning up raises after it failed to start on a damaged file.
            where = url or str(folder)
            advice = "Check CHROMA_URL and the server." if url else "Run `tastemaker ingest` to build it anew."
            raise IndexNotReadyError(f"The vectors at {where} cannot be opened. {advice}") from error

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors; an id that is there already is replaced. Raises IndexNotReadyError on a full disk."""
        from chromadb.errors import ChromaError  # noqa: PLC0415

        try:
            for start in range(0, len(ids), ADD_AT_ONCE):
                part = slice(start, start + ADD_AT_ONCE)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
        except (ChromaError, OSError) as error:
            raise IndexNotReadyError(f"The vectors cannot be written ({error}). Is the disk full?") from error

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Returns up to `limit` pairs of id and cosine similarity, nearest first (approximate: HNSW)."""
        found = self._collection.query(query_embeddings=vector[None, :], n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return [(item, 1.0 - far) for item, far in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """Returns how many vectors are kept."""
        return self._collection.count()

    def close(self) -> None:
        """Frees the client's connections and files; a second call does nothing."""
        _close(self._client)
        self._client = None


def drop_collection(name: str, url: str) -> None:
    """Removes a collection from a Chroma server; one that is not there is no error."""
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415
    from chromadb.errors import NotFoundError  # noqa: PLC0415

    host, port, secure = _address(url)
    client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=Settings(anonymized_telemetry=False))
    try:
        client.delete_collection(name)
    except (NotFoundError, ValueError):
        return
    finally:
        _close(client)


def _close(client: "ClientAPI | None") -> None:
    from chromadb.api.client import Client  # noqa: PLC0415

    if isinstance(client, Client):
        client.close()


def _address(url: str) -> tuple[str, int, bool]:
    parts = urlsplit(url if "//" in url else f"http://{url}")
    if not parts.hostname:
        raise SettingsError(f"CHROMA_URL is {url!r}, which is no address. Write it as http://localhost:8000.")
    secure = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if secure else 8000), secure
