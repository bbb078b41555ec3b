"""What `tastemaker ingest` makes the catalogue, and when: no index is built here."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.domain import Domain
from kg.sources import CatalogueSource
from kg.sources.base import Loaded, Report
from kg.sources.shelf import DEFAULT, Shelf
from retrieval.ingesting import Opened, take_up
from tests.retrieval_films import films

BOOKS = Loaded(tuple(films(3)), Report("books", 3, 3), Domain(noun="book"))
INDEX = Path("index-of-these")


def built(source: CatalogueSource) -> Path:
    return INDEX


def shelf_of(home: Path, *names: str) -> Shelf:
    """A shelf with these sources in use."""
    shelf = Shelf(home)
    for name in names:
        if name != DEFAULT:
            shelf.put(name, BOOKS)
    shelf.set(names)
    return shelf


def folders(shelf: Shelf) -> Sequence[str]:
    return sorted(place.name for place in shelf.folder.iterdir() if place.is_dir())


def test_a_catalogue_is_in_use_when_its_index_is_whole(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, "books")
    asked: list[str] = []

    def stopped(source: CatalogueSource) -> Path:
        asked.append(source.name)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_up(shelf, Opened("table", "wines"), BOOKS, ("wines",), stopped)
    assert asked == ["wines"]
    assert shelf.names == ("books",) and shelf.has("books")
    assert take_up(shelf, Opened("table", "wines"), BOOKS, ("wines",), built) == INDEX
    assert shelf.names == ("wines",) and folders(shelf) == ["wines"]
