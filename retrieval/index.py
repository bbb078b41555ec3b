"""The opened index: the catalogue with its graph, vectors and columns, and the care for a damaged or busy one."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.catalogue import Catalogue
from kg.domain import FILMS, Domain
from kg.errors import CatalogueError, GraphError, IndexNotReadyError
from kg.graph import KnowledgeGraph
from kg.loading import Neo4jSettings, open_graph
from kg.standby import StandbyGraph
from retrieval.chroma import ChromaVectors
from retrieval.columns import Columns
from retrieval.encoder import DIMENSIONS, Encoder, Vectors
from retrieval.locking import hold
from retrieval.manifest import MEND, Manifest, read_manifest
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors, StandbyVectors, VectorStore

CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Places:
    """Servers that hold parts of the index instead of the data folder; None keeps a part in the folder."""

    chroma_url: str | None = None
    neo4j: Neo4jSettings | None = None

    @property
    def shared(self) -> bool:
        """Whether several processes may read one data folder: Chroma's own files allow one, the rest is read only."""
        return self.chroma_url is not None

    def name(self) -> str:
        """Returns a text that differs between places, without any password."""
        return f"{self.chroma_url or ''} {self.neo4j or ''}"


HERE = Places()


@dataclass(frozen=True)
class Index:
    """All that retrieval reads. Rows of `matrix` (n, 384) and `columns` are the catalogue's items, in its order."""

    catalogue: Catalogue
    graph: KnowledgeGraph
    vectors: VectorStore
    matrix: Vectors
    columns: Columns
    fingerprint: str = ""
    encoder_name: str = ""
    domain: Domain = FILMS
    held: ExitStack = field(default_factory=ExitStack, repr=False)

    @staticmethod
    def in_memory(catalogue: Catalogue, graph: KnowledgeGraph, encoder: Encoder, domain: Domain = FILMS) -> "Index":
        """Returns an index without a folder, for tests and small catalogues."""
        matrix = encoder.encode([item_text(item) for item in catalogue])
        vectors = MemoryVectors()
        vectors.add(catalogue.ids, matrix)
        columns = Columns.of(catalogue)
        return Index(catalogue, graph, vectors, matrix, columns, encoder_name=encoder.name, domain=domain)

    def close(self) -> None:
        """Frees the graph, the vectors and the data folder; a second call does nothing."""
        self.held.close()


def folder_of(home: Path, fingerprint: str) -> Path:
    """Returns the folder of a finished index."""
    return home / f"index-{fingerprint}"


def lock_of(home: Path, folder: str) -> Path:
    """Returns the lock file that a process holds while it reads the index folder of this name."""
    return home / f"{folder.removesuffix('.building')}.lock"


def collection_of(fingerprint: str, url: str | None) -> str:
    """Returns the name of the Chroma collection: a server may hold several indexes, a folder holds one."""
    return f"tastemaker-{fingerprint}" if url else "items"


def open_index(home: Path, *, places: Places = HERE) -> Index:
    """Returns the index in use, held until it is closed.

    Raises IndexNotReadyError, with the command that mends it, when none was built or it is damaged; LockedError when
    another process has it open and it is not shared; GraphError when a Neo4j server is away.
    """
    return open_folder(home, current_index(home), places)


def open_folder(home: Path, fingerprint: str, places: Places) -> Index:
    """Returns the index of this fingerprint, in use or not. Raises as `open_index` does."""
    folder = folder_of(home, fingerprint)
    with ExitStack() as held:
        held.enter_context(hold(lock_of(home, folder.name), "answering", shared=places.shared))
        manifest = read_manifest(folder)
        try:
            catalogue = Catalogue.load(folder / "items.jsonl")
            domain = Domain.load(folder)
        except CatalogueError as error:
            raise _damaged(folder, "the items cannot be read") from error
        matrix = _matrix(folder, manifest)
        vectors = _vectors(held, folder, manifest, places, MemoryVectors(catalogue.ids, matrix))
        graph = _graph(held, folder, places, catalogue)
        if not len(catalogue) == len(matrix) == vectors.count() == manifest.items:
            raise _damaged(folder, "its parts hold different numbers of items")
        columns = Columns.of(catalogue)
        return Index(catalogue, graph, vectors, matrix, columns, fingerprint, manifest.encoder, domain, held.pop_all())


def domain_in_use(home: Path) -> Domain:
    """Returns what kind of things the index in use holds, films where there is none; opens nothing."""
    try:
        return Domain.load(folder_of(home, current_index(home)))
    except (IndexNotReadyError, CatalogueError):
        return FILMS


def current_index(home: Path) -> str:
    """Returns the fingerprint of the index in use. Raises IndexNotReadyError when none was built."""
    try:
        return (home / CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexNotReadyError(
            f"No index has been built in {home} yet. Run `tastemaker ingest` to build it."
        ) from error


def _matrix(folder: Path, manifest: Manifest) -> Vectors:
    try:
        matrix: Vectors = np.load(folder / "vectors.npy", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(folder, "the vectors cannot be read") from error
    if matrix.shape != (manifest.items, DIMENSIONS):
        raise _damaged(folder, f"it has vectors of shape {matrix.shape}")
    return matrix


def _vectors(held: ExitStack, folder: Path, manifest: Manifest, places: Places, own: MemoryVectors) -> VectorStore:
    url = places.chroma_url
    if url is None and not (folder / "chroma" / "chroma.sqlite3").is_file():
        raise _damaged(folder, "Chroma's files are missing")
    store = ChromaVectors.open(folder / "chroma", collection_of(manifest.fingerprint, url), url)
    held.callback(store.close)
    return StandbyVectors(store, own) if url else store


def _graph(held: ExitStack, folder: Path, places: Places, catalogue: Catalogue) -> KnowledgeGraph:
    try:
        graph = open_graph(places.neo4j or folder / "graph")
    except GraphError as error:
        if places.neo4j:
            raise
        raise _damaged(folder, "the graph cannot be opened") from error
    held.callback(graph.close)
    return StandbyGraph(graph, catalogue) if places.neo4j else graph


def _damaged(folder: Path, what: str) -> IndexNotReadyError:
    return IndexNotReadyError(f"The index {folder} is damaged: {what}. {MEND}")
