"""MovieLens as a catalogue and a log, to measure on; nothing that is shipped is learned from it."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

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
from training.interactions_log import Log
from training.scorer_dialogues import title_and_year

FOLDER = "movielens-small"
NO_GENRE = "(no genres listed)"
BEST_RATING = 5.0


def movielens_catalogue(folder: Path, own: Catalogue) -> Catalogue:
    """Returns one item a movie of `movies.csv`, with the facts of our own catalogue where it has the film.

    Raises CatalogueError when a file is missing.
    """
    imdb = {row["movieId"]: f"tt{row['imdbId']}" for row in _rows(folder / "links.csv")}
    return Catalogue(_item(row, own, imdb) for row in _rows(folder / "movies.csv"))


def movielens_index(folder: Path, own: Catalogue, encoder: Encoder, cache: Path, progress: Progress = silent) -> Index:
    """Returns the index of all its movies, in memory; item vectors are kept in the folder `cache`."""
    catalogue = movielens_catalogue(folder, own)
    matrix = embed([item_text(item) for item in catalogue], encoder, cache / "shards", progress)
    vectors = MemoryVectors()
    vectors.add(catalogue.ids, matrix)
    graph = MemoryGraph(catalogue)
    return Index(catalogue, graph, vectors, matrix, Columns.of(catalogue), encoder_name=encoder.name)


def movielens_log(folder: Path, columns: Columns) -> Log:
    """Returns the ratings; every rating is a choice, whatever the stars, as leave-one-out benchmarks take it."""
    rows = [row for row in _rows(folder / "ratings.csv") if row["movieId"] in columns.row_of]
    size = len(rows)
    return Log.of(
        people=np.array([int(row["userId"]) for row in rows], dtype=np.int64),
        items=np.array([columns.row_of[row["movieId"]] for row in rows], dtype=np.int64),
        times=np.array([float(row["timestamp"]) for row in rows]),
        weights=np.ones(size, dtype=np.float32),
        ratings=np.array([float(row["rating"]) / BEST_RATING for row in rows], dtype=np.float32),
        disliked=np.zeros(size, dtype=np.bool_),
    )


def _item(row: Mapping[str, str], own: Catalogue, imdb: Mapping[str, str]) -> Item:
    title, year = title_and_year(row["title"])
    known = own.get(imdb.get(row["movieId"], "")) or (own.find(title, year) if year else None)
    genres = tuple(genre for genre in row["genres"].split("|") if genre != NO_GENRE)
    if known:
        return replace(known, id=row["movieId"], title=title, year=year or known.year)
    return Item(row["movieId"], title, year, genres=genres)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read ({error.strerror}). Is --data the folder of MovieLens?") from error
