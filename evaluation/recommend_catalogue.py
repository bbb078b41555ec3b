"""ReDial's candidate set as a catalogue: its movies with our own facts, and with its metadata where allowed.

The metadata is for evaluation only. Nothing that ships is learned from it.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Item
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


def candidate_names(path: Path) -> dict[str, str]:
    """Returns id → name of the benchmark's candidates."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {record["movieId"]: record["movieName"] for record in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}). Is --data the folder that holds redial/?") from error


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
