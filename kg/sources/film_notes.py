"""The film notes: 1,475 films that `movies.db` lacks, and themes, moods, axes and a synopsis for 3,200 of its own."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import CatalogueError
from kg.items import AXES, Axes, Item
from kg.sources.base import Loaded, Tally
from kg.sources.names import clean, country_name, distinct, genre_name, language_name, people

DATA = Path(__file__).parent.parent / "data" / "film_notes"
# Fame on the scale of popularity, set so that people name these films as often as films of movies.db with that
# popularity (counted in ReDial's training talks; `docs/catalogue.md`).
FAME = {"5": 0.95, "4": 0.85, "3": 0.7, "2": 0.5, "1": 0.3}


@dataclass(frozen=True, slots=True)
class Note:
    """How a film feels and what it is about."""

    themes: tuple[str, ...]
    moods: tuple[str, ...]
    axes: Axes
    synopsis: str

    def on(self, item: Item) -> Item:
        """Returns the item with the note's fields."""
        return replace(item, themes=self.themes, moods=self.moods, axes=self.axes, synopsis=self.synopsis)


class FilmNotes:
    """The two files under `kg/data/film_notes`."""

    name = "film notes"

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder

    def fingerprint(self) -> str:
        """Returns a hash of both files. Raises CatalogueError when one is missing."""
        digest = hashlib.sha256()
        for name in ("films.tsv", "notes.tsv"):
            digest.update(_existing(self._folder / name).read_bytes())
        return digest.hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the added films with their notes. Raises CatalogueError when the file is missing or damaged."""
        tally = Tally()
        items: dict[str, Item] = {}
        for row in _rows(self._folder / "films.tsv"):
            tally.read += 1
            if row["id"] in items:
                tally.dropped["id seen before"] += 1
            else:
                items[row["id"]] = _note(row, self._folder / "films.tsv").on(_item(row))
        return tally.loaded(self.name, items.values())

    def notes(self) -> dict[str, Note]:
        """Returns the notes on films of `movies.db`, by imdbID. Raises CatalogueError as `load` does."""
        path = self._folder / "notes.tsv"
        return {row["imdbID"]: _note(row, path) for row in _rows(path)}


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CatalogueError(f"The film notes {path} are missing: reinstall the project or restore the file.")
    return path


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with _existing(path).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if None in row.values() or None in row:
                    raise CatalogueError(f"{path}: the line of {next(iter(row.values()))} has too few or many columns.")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"The film notes {path} cannot be read ({error}).") from error


def _item(row: dict[str, str]) -> Item:
    return Item(
        id=row["id"],
        title=clean(row["title"]),
        year=int(row["year"]) if row["year"] else None,
        genres=distinct([genre_name(name) for name in _split(row["genres"])]),
        directors=people(_split(row["directors"])),
        cast=people(_split(row["cast"])),
        runtime=int(row["runtime"]) if row["runtime"] else None,
        languages=distinct([language_name(name) for name in _split(row["languages"])]),
        countries=distinct([country_name(name) for name in _split(row["countries"])]),
        popularity=FAME.get(row["fame"], FAME["2"]),
        writers=people(_split(row["writers"])),
    )


def _note(row: dict[str, str], path: Path) -> Note:
    try:
        tone, violence, pace, scary, romance, humour, demands = (float(row[axis]) for axis in AXES)
    except (KeyError, ValueError) as error:
        raise CatalogueError(f"{path}: {next(iter(row.values()))} has no number for an axis ({error}).") from error
    axes = Axes(tone, violence, pace, scary, romance, humour, demands)
    return Note(distinct(_split(row["themes"])), distinct(_split(row["moods"])), axes, clean(row["synopsis"]))


def _split(cell: str) -> list[str]:
    return [clean(part) for part in cell.split(";")]
