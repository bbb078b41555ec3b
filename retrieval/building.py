"""Building the index aside and switching to it in one step.

home/current               the fingerprint of the index in use, replaced whole
home/index-<fingerprint>/  items.jsonl, domain.json, vectors.npy, chroma/, graph.*, manifest.json
home/index-<…>.building/   the same, unfinished: each finished part is kept when the build is run again
home/models/               the text encoder
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog

from kg.catalogue import Catalogue
from kg.engines.base import query_text
from kg.errors import CatalogueError, IndexNotReadyError, LockedError
from kg.loading import Neo4jSettings, load_graph, open_engine
from kg.sources import CatalogueSource
from retrieval.chroma import WRITTEN_WITHIN, ChromaVectors, drop_collection
from retrieval.embedding import Alone, Embedder, Known, embed
from retrieval.encoder import Encoder, MiniLM, Vectors
from retrieval.index import CURRENT, HERE, Places, collection_of, current_index, folder_of, lock_of, open_folder
from retrieval.locking import hold, is_free
from retrieval.manifest import Manifest, read_manifest, sizes_of
from retrieval.progress import Progress, silent
from retrieval.texts import TEXT_VERSION, item_text

log = structlog.get_logger(__name__)
LAYOUT = 1


def build_index(
    home: Path,
    source: CatalogueSource,
    progress: Progress = silent,
    *,
    encoder: Encoder | None = None,
    embedder: Embedder | None = None,
    places: Places = HERE,
) -> Path:
    """Builds the index of the source's items and switches to it; returns its folder.

    An index of the same content that is whole is kept. Nothing in use is touched until the new one is finished; run
    again after an interruption, the build goes on. With a Neo4j server in `places` the graph there is replaced last.
    `embedder` makes the vectors, None is this process; the index is the same, so a build may go on with another.
    Raises LockedError when another process is building, CatalogueError when the source cannot be read, ModelError,
    ClusterError, GraphError, and IndexNotReadyError when the folder cannot be written.
    """
    try:
        with hold(home / "build.lock", "building the index"):
            encoder = encoder or MiniLM.open(home / "models", threads=os.cpu_count() or 1)
            fingerprint = _fingerprint(source, encoder, places)
            folder = folder_of(home, fingerprint)
            if not _is_whole(home, fingerprint, places):
                _build(folder, fingerprint, source, progress, encoder, embedder or Alone(), places)
            _switch(home, fingerprint)
            _tidy(home, folder, places)
            return folder
    except OSError as error:
        raise IndexNotReadyError(f"The index cannot be written to {home} ({error.strerror or error}).") from error


def _fingerprint(source: CatalogueSource, encoder: Encoder, places: Places) -> str:
    schema = hashlib.sha256(query_text("ladybug", "schema").encode()).hexdigest()
    parts = (str(LAYOUT), schema, str(TEXT_VERSION), source.name, source.fingerprint(), encoder.name, places.name())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _is_whole(home: Path, fingerprint: str, places: Places) -> bool:
    try:
        open_folder(home, fingerprint, places).close()
    except IndexNotReadyError:
        return False
    except LockedError:
        # Somebody reads it, so it could be opened.
        return True
    return True


def _build(
    folder: Path,
    fingerprint: str,
    source: CatalogueSource,
    progress: Progress,
    encoder: Encoder,
    embedder: Embedder,
    places: Places,
) -> None:
    aside = folder.with_name(f"{folder.name}.building")
    aside.mkdir(parents=True, exist_ok=True)
    items = _items(aside, source, progress)
    matrix = _vectors(aside, items, encoder, embedder, progress)
    build = Build(aside, fingerprint, items, matrix, places, progress)
    build.part("chroma", build.write_vectors)
    build.part("graph", build.write_graph)
    shutil.rmtree(aside / "shards", ignore_errors=True)
    sizes = sizes_of(aside, ("items.jsonl", "vectors.npy") if places.neo4j else ("items.jsonl", "vectors.npy", "graph"))
    Manifest(fingerprint, encoder.name, source.name, len(items), sizes).write(aside)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(aside, folder)


def _items(aside: Path, source: CatalogueSource, progress: Progress) -> Catalogue:
    path = aside / "items.jsonl"
    progress("items", 0, 1)
    if not path.is_file():
        loaded = source.load()
        for line in loaded.report.lines():
            log.info("catalogue", report=line)
        loaded.domain.save(aside)
        fresh = path.with_suffix(".tmp")
        Catalogue(loaded.items).save(fresh)
        os.replace(fresh, path)
    catalogue = Catalogue.load(path)
    progress("items", 1, 1)
    return catalogue


def _vectors(aside: Path, items: Catalogue, encoder: Encoder, embedder: Embedder, progress: Progress) -> Vectors:
    path = aside / "vectors.npy"
    known = _known_vectors(aside, encoder)
    matrix = embed([item_text(item) for item in items], encoder, aside / "shards", progress, known, embedder)
    fresh = path.with_suffix(".tmp")
    with fresh.open("wb") as file:
        np.save(file, matrix, allow_pickle=False)
    os.replace(fresh, path)
    return matrix


def _known_vectors(aside: Path, encoder: Encoder) -> Known:
    """Returns the vectors of the texts in the index in use: what has not changed is not embedded again.

    An index that is being built anew was found to be damaged, and teaches nothing.
    """
    try:
        folder = folder_of(aside.parent, current_index(aside.parent))
        if aside.name.startswith(folder.name) or read_manifest(folder).encoder != encoder.name:
            return {}
        items = Catalogue.load(folder / "items.jsonl")
        matrix: Vectors = np.load(folder / "vectors.npy", allow_pickle=False)
    except (IndexNotReadyError, CatalogueError, OSError, ValueError, EOFError):
        return {}
    return dict(zip((item_text(item) for item in items), matrix, strict=False))


@dataclass(frozen=True)
class Build:
    """The parts that are written by other engines, each begun anew unless it was finished."""

    aside: Path
    fingerprint: str
    items: Catalogue
    matrix: Vectors
    places: Places
    progress: Progress

    def part(self, name: str, write: Callable[[], None]) -> None:
        """Runs `write` unless the part's mark says that it is finished."""
        mark = self.aside / f"{name}.done"
        if mark.is_file():
            return
        for left in self.aside.glob(f"{name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        write()
        mark.touch()

    def write_vectors(self) -> None:
        """Writes the matrix into Chroma."""
        self.progress("chroma", 0, len(self.items))
        url = self.places.chroma_url
        name = collection_of(self.fingerprint, url)
        opened = ChromaVectors.open(self.aside / "chroma", name, url, within=WRITTEN_WITHIN, size=len(self.items))
        with closing(opened) as store:
            for start in range(0, len(self.items), 4096):
                store.add(self.items.ids[start : start + 4096], self.matrix[start : start + 4096])
                self.progress("chroma", min(start + 4096, len(self.items)), len(self.items))

    def write_graph(self) -> None:
        """Writes the items' facts into the graph engine."""
        where: Path | Neo4jSettings = self.places.neo4j or self.aside / "graph"
        with closing(open_engine(where, writing=True)) as engine:
            load_graph(engine, tuple(self.items), lambda done, total: self.progress("graph", done, total))


def _switch(home: Path, fingerprint: str) -> None:
    fresh = home / f"{CURRENT}.tmp"
    fresh.write_text(fingerprint, encoding="utf-8")
    os.replace(fresh, home / CURRENT)


def _tidy(home: Path, keep: Path, places: Places) -> None:
    """Removes other indexes, finished or not, except one that a running process still reads."""
    for folder in home.glob("index-*"):
        if not folder.is_dir() or folder == keep or not is_free(lock_of(home, folder.name)):
            continue
        if places.chroma_url:
            fingerprint = folder.name.removeprefix("index-").removesuffix(".building")
            drop_collection(collection_of(fingerprint, places.chroma_url), places.chroma_url)
        shutil.rmtree(folder, ignore_errors=True)
        lock_of(home, folder.name).unlink(missing_ok=True)
        log.info("removed an old index", folder=folder.name)
