"""ReDial's candidate set as a catalogue with an index of its own, and the scorer that is trained for it.

Its movies have the facts of our own catalogue and, where allowed, those of its metadata, which is for evaluation
only: the product ships nothing that was learned from it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Item
from kg.memory_graph import MemoryGraph
from retrieval.columns import Columns
from retrieval.embedding import embed
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.progress import Progress, silent
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors
from training.scorer import CHOSEN, candidate_names, gather, learn_all
from training.scorer_dialogues import title_and_year

Facts = Literal["all", "own"]
CAST_KEPT = 12


def benchmark_catalogue(folder: Path, own: Catalogue, facts: Facts) -> Catalogue:
    """Returns one item a movie of `movies.csv`, under its ReDial id.

    `own` facts alone, or `all`: what `metadata.json` says of a movie is added. Raises CatalogueError when a file is
    missing or damaged.
    """
    names = candidate_names(folder / "movies.csv")
    metadata = _metadata(folder / "metadata.json") if facts == "all" else {}
    return Catalogue(_item(movie, name, own, metadata.get(movie, {})) for movie, name in names.items())


def benchmark_index(
    data: Path, own: Catalogue, encoder: Encoder, cache: Path, facts: Facts = "all", progress: Progress = silent
) -> Index:
    """Returns the candidate set's index, in memory; item vectors are kept in the folder `cache`."""
    catalogue = benchmark_catalogue(data / "redial", own, facts)
    matrix = embed([item_text(item) for item in catalogue], encoder, cache / "shards", progress)
    vectors = MemoryVectors()
    vectors.add(catalogue.ids, matrix)
    graph = MemoryGraph(catalogue)
    return Index(catalogue, graph, vectors, matrix, Columns.of(catalogue), encoder_name=encoder.name)


def train_benchmark_scorer(data: Path, index: Index, encoder: Encoder, out: Path, progress: Progress = silent) -> None:
    """Trains on `train.jsonl` and `train_sequences.jsonl` alone, repeats included, and writes the weights into `out`.

    The validation dialogues are left for measuring. The tables' keys are ReDial's ids.
    """
    ids = {movie: movie for movie in index.columns.ids}
    material = gather(data / "redial", index, encoder, progress, files=("train.jsonl",), item_of=ids, repeats=True)
    learn_all(material, CHOSEN, progress).save(out, index.columns.ids)


def _metadata(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        found: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}). Is --data the folder that holds redial/?") from error
    return found


def _item(movie: str, name: str, own: Catalogue, said: Mapping[str, Any]) -> Item:
    title, year = title_and_year(name)
    known = own.get(said.get("imdb_id") or "") or own.find(title, year) or own.find(title)
    item = replace(known, id=movie, title=title, year=year or known.year) if known else Item(movie, title, year)
    if not said:
        return item
    return replace(
        item,
        genres=_more(item.genres, [genre.title() for genre in said.get("genre") or ()]),
        directors=_more(item.directors, said.get("director") or ()),
        writers=_more(item.writers, said.get("writer") or ()),
        # The metadata names the leading players, our catalogue all of them by the alphabet.
        cast=_more(tuple(said.get("star") or ()), item.cast)[:CAST_KEPT],
        synopsis=said.get("plot") or item.synopsis,
    )


def _more(first: tuple[str, ...], others: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *others)))
