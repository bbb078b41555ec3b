"""Vectors in Chroma, embedded in a folder or on a server of its own.

Hard constraints never go into a Chroma `where` (56 ms on 19,000 items, against 6.5 ms without): they are applied
afterwards by `retrieval.constraints`.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import IndexNotReadyError, SettingsError
from retrieval.encoder import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

ADD_AT_ONCE = 4096
# How many nodes a search weighs (HNSW's ef) up to MEASURED vectors. In a larger graph more are needed: at 40,000,
# 200 find .93 of the nearest 150, 400 find .955, 800 find .985 (docs/growth.md has the sizes beyond).
WEIGHED, MEASURED, WEIGHED_AT_MOST = 200, 20_000, 4_000
# Seconds of silence. A person waits for a search; a server that grows a large index takes its time over a write.
SEARCHED_WITHIN, WRITTEN_WITHIN = 10.0, 600.0
_AWAY = "The Chroma server does not answer ({}). Check CHROMA_URL and the server."


class ChromaVectors:
    """A Chroma collection, embedded in a folder or on a server; cosine distance, telemetry off."""

    def __init__(self, client: "ClientAPI", name: str, size: int = MEASURED) -> None:
        """Opens the collection `name`; one that is missing is made, to hold about `size` vectors."""
        self._client: ClientAPI | None = client
        self._collection = client.get_or_create_collection(
            name, configuration={"hnsw": {"space": "cosine", "ef_search": weighed(size)}}, embedding_function=None
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        name: str = "items",
        url: str | None = None,
        *,
        within: float = SEARCHED_WITHIN,
        size: int = MEASURED,
    ) -> "ChromaVectors":
        """Returns the collection in `folder`, or on the server at `url` ("http://host:8000") when one is given.

        A missing one is made, to hold about `size` vectors. A server that is silent for `within` seconds counts as
        away; who writes should wait WRITTEN_WITHIN.
        Raises IndexNotReadyError when the folder is damaged or the server does not answer, SettingsError for a bad URL.
        """
        import chromadb  # noqa: PLC0415  (3 s; only where it is used)
        from chromadb.config import Settings  # noqa: PLC0415
        from chromadb.errors import ChromaError  # noqa: PLC0415
        from httpx import HTTPError  # noqa: PLC0415

        settings = Settings(anonymized_telemetry=False)
        try:
            if url is None:
                return cls(chromadb.PersistentClient(str(folder), settings=settings), name, size)
            return cls(_on_server(url, within), name, size)
        except (ChromaError, HTTPError, OSError, RuntimeError, ValueError, KeyError, AttributeError) as error:
            # AttributeError is what Chroma's own cleaning up raises after it failed to start on a damaged file.
            where = url or str(folder)
            advice = "Check CHROMA_URL and the server." if url else "Run `tastemaker ingest` to build it anew."
            raise IndexNotReadyError(f"The vectors at {where} cannot be opened. {advice}") from error

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors; an id that is there already is replaced.

        Raises IndexNotReadyError on a full disk, or when the server is away.
        """
        from chromadb.errors import ChromaError  # noqa: PLC0415
        from httpx import HTTPError  # noqa: PLC0415

        try:
            for start in range(0, len(ids), ADD_AT_ONCE):
                part = slice(start, start + ADD_AT_ONCE)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
        except (ChromaError, OSError) as error:
            raise IndexNotReadyError(f"The vectors cannot be written ({error}). Is the disk full?") from error
        except HTTPError as error:
            raise IndexNotReadyError(_AWAY.format(error)) from error

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Returns up to `limit` pairs of id and cosine similarity, nearest first (approximate: HNSW).

        Raises IndexNotReadyError when the server is away.
        """
        with _answering():
            found = self._collection.query(query_embeddings=vector[None, :], n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return [(item, 1.0 - far) for item, far in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """Returns how many vectors are kept. Raises IndexNotReadyError when the server is away."""
        with _answering():
            return self._collection.count()

    def close(self) -> None:
        """Frees the client's connections and files; a second call does nothing."""
        _close(self._client)
        self._client = None


def weighed(size: int) -> int:
    """Returns how many nodes a search in `size` vectors weighs: 200 up to 20,000, 669 at 100,000, at most 4,000."""
    return min(round(WEIGHED * math.pow(max(size / MEASURED, 1.0), 0.75)), WEIGHED_AT_MOST)


def drop_collection(name: str, url: str) -> None:
    """Removes a collection from a Chroma server; one that is not there is no error, nor is a server that is away."""
    from chromadb.errors import NotFoundError  # noqa: PLC0415
    from httpx import HTTPError  # noqa: PLC0415

    try:
        client = _on_server(url)
    except ValueError:  # what Chroma makes of a server that does not answer
        return
    try:
        client.delete_collection(name)
    except (NotFoundError, HTTPError, ValueError):
        return
    finally:
        _close(client)


def _on_server(url: str, within: float = SEARCHED_WITHIN) -> "ClientAPI":
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    host, port, secure = _address(url)
    client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=Settings(anonymized_telemetry=False))
    # Chroma waits for ever and offers no setting for it; its own httpx client does.
    session = getattr(getattr(client, "_server", None), "_session", None)
    if session is not None:
        session.timeout = within
    return client


@contextmanager
def _answering() -> Iterator[None]:
    from chromadb.errors import ChromaError  # noqa: PLC0415
    from httpx import HTTPError  # noqa: PLC0415

    try:
        yield
    except (ChromaError, HTTPError) as error:
        raise IndexNotReadyError(_AWAY.format(error)) from error


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
