"""What `tastemaker ingest` makes the catalogue, and when: no index is built here."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.domain import FILMS, Domain
from kg.errors import CatalogueError
from kg.sources import CatalogueSource
from kg.sources.base import Loaded, Report
from kg.sources.shelf import DEFAULT, Shelf
from retrieval.ingest_options import Asked
from retrieval.ingesting import Opened, names_after, open_source, read_source, take_up
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

    wines = Opened("table", "wines")
    with pytest.raises(KeyboardInterrupt):
        take_up(shelf, wines, BOOKS, ("wines",), stopped)
    assert asked == ["wines"]
    assert shelf.names == ("books",) and shelf.has("books")
    assert take_up(shelf, wines, BOOKS, ("wines",), built) == INDEX
    assert shelf.names == ("wines",) and folders(shelf) == ["wines"]


@pytest.mark.parametrize("names", [("books",), ("books", "more"), (DEFAULT, "wikidata")])
def test_without_a_source_what_is_in_use_is_built_anew(tmp_path: Path, names: tuple[str, ...]) -> None:
    shelf = shelf_of(tmp_path, *names)
    opened = open_source(Asked())
    assert names_after(Asked(), opened, FILMS, shelf) == names
    take_up(shelf, opened, BOOKS, names, built)
    assert shelf.names == names
    assert folders(shelf) == sorted({*names} - {DEFAULT})


def test_what_is_in_use_is_read_for_its_account(tmp_path: Path) -> None:
    shelf_of(tmp_path, "books")
    loaded, rejected = read_source(Asked(), open_source(Asked()), tmp_path)
    assert (loaded.items, loaded.domain.noun, rejected) == (BOOKS.items, "book", ())


def test_the_films_replace_a_catalogue_by_their_name_alone(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, "books")
    opened = open_source(Asked(DEFAULT))
    names = names_after(Asked(DEFAULT), opened, FILMS, shelf)
    take_up(shelf, opened, BOOKS, names, built)
    assert shelf.names == names == (DEFAULT,) and folders(shelf) == []


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_source_that_was_lost_is_asked_for_and_takes_its_old_place(tmp_path: Path, harm: str) -> None:
    shelf = shelf_of(tmp_path, "books", "more")
    items = shelf.place("books") / "items.jsonl"
    items.unlink() if harm == "missing" else items.write_text("{")
    with pytest.raises(CatalogueError, match="tastemaker ingest` again, with `--name books`"):
        read_source(Asked(), open_source(Asked()), tmp_path)
    assert names_after(Asked("books.csv"), Opened("table", "books"), BOOKS.domain, shelf) == ("books", "more")


def test_a_damaged_list_of_sources_is_not_taken_for_none(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, "books")
    (shelf.folder / "catalogue.json").write_text("[")
    with pytest.raises(CatalogueError, match="is damaged"):
        names_after(Asked(), open_source(Asked()), FILMS, shelf)
    assert shelf.has("books")


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (Asked("wikidata", delete=Path("gone.csv")), "--delete"),
        (Asked("wikidata", update=True), "--update"),
        (Asked("wikidata", mapping=Path("m.toml")), "--mapping"),
        (Asked("wikidata", name="films"), "--name"),
        (Asked(DEFAULT, write_mapping=Path("m.toml")), "--write-mapping"),
        (Asked(DEFAULT, since=2020), "--since"),
        (Asked(noun="book"), "--noun"),
        (Asked(table="books"), "--table"),
        (Asked(add=True), "--add"),
        (Asked(add=False), "--alone"),
        (Asked("TABLE", since=2020), "--since"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.source or "shelf",
)
def test_an_option_that_would_do_nothing_is_refused(tmp_path: Path, asked: Asked, option: str) -> None:
    (tmp_path / "TABLE").write_text("title,year\nHeat,1995\n")
    source = str(tmp_path / "TABLE") if asked.source == "TABLE" else asked.source
    with pytest.raises(CatalogueError, match=f"`{option}` goes with .* and not with .*Leave it out"):
        open_source(replace(asked, source=source))


def test_options_that_do_something_are_taken(tmp_path: Path) -> None:
    table = tmp_path / "shop.csv"
    table.write_text("title,year\nHeat,1995\n")
    every = Asked(str(table), None, tmp_path / "m.toml", "own", "film", "t", True, True, tmp_path / "gone.csv")
    assert (open_source(every).kind, open_source(every).name) == ("table", "own")
    assert open_source(Asked("wikidata", since=2020, add=False)).kind == "wikidata"
    assert open_source(Asked(DEFAULT, add=True)).kind == "default"
