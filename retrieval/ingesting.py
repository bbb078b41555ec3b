"""From anyone's SOURCE to the catalogue in use: which source it is, how it joins the others, what was turned away."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.domain import Domain
from kg.errors import CatalogueError
from kg.sources import CatalogueSource, Loaded
from kg.sources.movielens import MovieLens
from kg.sources.shelf import DEFAULT, Shelf
from kg.sources.table_source import Read, Update, gone_in, read_items
from kg.sources.tables import Mapping, RawTable, guess, read_mapping, read_table, write_mapping
from kg.sources.tables.guessing import known_names
from kg.sources.tables.rows import write_rejected
from kg.sources.wikidata import Wanted, Wikidata
from kg.sources.wikipedia import WikipediaFilms
from retrieval.ingest_options import Asked, Kind, refuse_idle

# These fill the gaps of the catalogue in use and add to it; any other source becomes the catalogue.
ENRICHING: tuple[Kind, ...] = ("wikipedia", "wikidata")


@dataclass(frozen=True, slots=True)
class Opened:
    """A source before it is read: its kind and name, and for a table its rows and the mapping of its columns."""

    kind: Kind
    name: str = ""
    table: RawTable | None = None
    mapping: Mapping | None = None


def open_source(asked: Asked) -> Opened:
    """Returns the source, its mapping read or guessed.

    Raises CatalogueError for what is no source, and for an option that does nothing for this kind of source.
    """
    kind = _kind_of(asked.source)
    refuse_idle(asked, kind)
    match kind:
        case "shelf":
            return Opened(kind)
        case "default" | "wikidata":
            return Opened(kind, kind)
        case "wikipedia" | "movielens":
            return Opened(kind, _name_of(asked.name or kind))
        case "table":
            return _open_table(asked)


def _kind_of(source: str) -> Kind:
    if not source:
        return "shelf"
    if source == DEFAULT:
        return "default"
    if source == "wikidata":
        return "wikidata"
    path = Path(source).expanduser()
    if not path.exists():
        raise CatalogueError(
            f"There is no file or folder {path}. Give me a table (CSV, JSON Lines, Parquet, SQLite), a folder of "
            "MovieLens or of wikipedia-movie-data, `default` for the films that are included, or `wikidata`."
        )
    if WikipediaFilms.fits(path):
        return "wikipedia"
    if MovieLens.fits(path):
        return "movielens"
    if path.is_dir():
        raise CatalogueError(f"{path} is a folder, but none of MovieLens or wikipedia-movie-data: name the file in it.")
    return "table"


def _open_table(asked: Asked) -> Opened:
    path = Path(asked.source).expanduser()
    given = read_mapping(asked.mapping) if asked.mapping else Mapping()
    table = read_table(
        path,
        known_names() | {column.casefold() for column in given.used()},
        table=asked.table or given.table,
        encoding=given.encoding,
        delimiter=given.delimiter,
    )
    mapping = given if asked.mapping else guess(table, path.stem)
    noun = asked.noun or mapping.noun or guess(table, path.stem).noun
    return Opened("table", _name_of(asked.name or path.stem), table, mapping.model_copy(update={"noun": noun}))


def _name_of(text: str) -> str:
    name = "".join(c if c.isalnum() else "-" for c in text.lower()).strip("-") or "catalogue"
    return f"{name}-file" if name in (DEFAULT, "wikidata") else name


def read_source(asked: Asked, opened: Opened, home: Path) -> tuple[Loaded, tuple[str, ...]]:
    """Returns what the source gives, and lines about the rows that were turned away. Changes nothing in use.

    Raises CatalogueError when the source cannot be read or nothing of it is an item.
    """
    path = Path(asked.source).expanduser()
    source: CatalogueSource
    match opened.kind:
        case "shelf":
            return Shelf(home).catalogue().load(), ()
        case "default":
            return Shelf(home).get(DEFAULT), ()
        case "wikidata":
            source = Wikidata(Wanted(since=asked.since) if asked.since else None)
        case "wikipedia":
            source = WikipediaFilms(path)
        case "movielens":
            source = MovieLens(path)
        case "table":
            return _read_table(asked, opened, home)
    return source.load(), ()


def _read_table(asked: Asked, opened: Opened, home: Path) -> tuple[Loaded, tuple[str, ...]]:
    assert opened.table is not None and opened.mapping is not None
    shelf = Shelf(home)
    before = shelf.get(opened.name).items if asked.update and shelf.has(opened.name) else ()
    read = read_items(opened.table, opened.mapping, opened.name, Update(before, _gone(asked, opened)))
    place = shelf.place(opened.name)
    place.mkdir(parents=True, exist_ok=True)
    lines = _rejected(read, opened.table, place / "rejected.csv")
    if not read.loaded.items:
        first = "; ".join(f"row {each.row} {each.reason}" for each in read.rejected[:3]) or "all are deleted"
        raise CatalogueError(f"No row of {asked.source} became an item ({first}). The catalogue in use is unchanged.")
    write_mapping(opened.mapping, place / "mapping.toml")
    return read.loaded, lines


def _gone(asked: Asked, opened: Opened) -> frozenset[str]:
    if asked.delete is None:
        return frozenset()
    assert opened.mapping is not None
    table = read_table(asked.delete, known_names() | {column.casefold() for column in opened.mapping.used()})
    own = {name: columns for name, columns in opened.mapping.columns.items() if set(columns) <= set(table.columns)}
    if "id" in own and "title" not in own:
        own["title"] = own["id"]  # a list of ids: every row must have a title to be read
    return gone_in(table, Mapping(columns=own) if "title" in own else guess(table, opened.name), opened.name)


def _rejected(read: Read, table: RawTable, path: Path) -> tuple[str, ...]:
    """Writes the rows that were turned away beside the source and returns where; removes an older file of them."""
    path.unlink(missing_ok=True)
    if not read.rejected:
        return ()
    write_rejected(read.rejected, table.columns, path)
    shown = [
        f"  row {each.row}: {each.reason}" + ("" if not each.kept else " (the row is kept)")
        for each in read.rejected[:5]
    ]
    left = len(read.rejected) - len(shown)
    more = [f"  and {left:,} more"] if left > 0 else []
    out = sum(not each.kept for each in read.rejected)
    return (f"{out:,} rows left out, {len(read.rejected) - out:,} cells left empty; all in {path}", *shown, *more)


def names_after(asked: Asked, opened: Opened, domain: Domain, shelf: Shelf) -> tuple[str, ...]:
    """Returns the sources of the catalogue with this one in it. Raises CatalogueError when they are of two kinds."""
    if opened.kind == "shelf":
        return shelf.names
    if asked.add is False:
        return (opened.name,)
    if opened.name in shelf.names:
        return shelf.names
    now = tuple(name for name in shelf.names if shelf.has(name))
    if not (asked.add or opened.kind in ENRICHING):
        return (opened.name,)
    others = {shelf.domain(name).noun for name in now} - {domain.noun}
    if others:
        raise CatalogueError(
            f"The catalogue in use is of the kind {', '.join(sorted(others))}, and {opened.name} of the kind "
            f"{domain.noun}: they cannot be joined. `--alone` makes {opened.name} the whole catalogue."
        )
    return (*now, opened.name)


def take_up(
    shelf: Shelf, opened: Opened, loaded: Loaded, names: Sequence[str], build: Callable[[CatalogueSource], Path]
) -> Path:
    """Makes `names` the catalogue, with what this source gave, and returns the folder of the index.

    `build` makes the index. Until it has returned, the catalogue in use is the one that it was. Then what sources gave
    that have left the catalogue is removed.
    """
    if opened.kind not in ("shelf", "default"):
        shelf.put(opened.name, loaded)
    folder = build(shelf.catalogue(names))
    shelf.set(names)
    for place in shelf.folder.iterdir():
        if place.is_dir() and place.name not in names:
            shutil.rmtree(place, ignore_errors=True)
    return folder
