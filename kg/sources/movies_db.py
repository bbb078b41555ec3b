"""The films of `movies.db`, the SQLite file inside the bokeh_sampledata package (Wikidata, CC0; 1940–2014)."""

import hashlib
import importlib.util
import math
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.errors import CatalogueError
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.names import clean, country_name, distinct, genre_name, language_name, people

FIRST_FILM = 1888
SHORTEST, LONGEST = 5, 900
# Reviews at which popularity is 0; the file holds 5 … 388 of them.
UNKNOWN = 4
# Reviews at which popularity is 1. Critics' reviews were hardly collected before the web, so fewer of them mean the
# same fame: the best-known fiftieth of a year has about 100 up to 1997 and about 250 from 2004 on.
FAMOUS_BEFORE, FAMOUS_SINCE = (1997, 130), (2004, 400)
_FILM_SUFFIX = re.compile(r"\s*\((?:\d{4} )?film\)$")
_QUERY = """
    SELECT o.imdbID, o.Title, o.Year, o.Runtime, o.Genre, o.Director, o.Writer, o."Cast", o.Language, o.Country,
           o.Oscars, o.lastUpdated, t.Rating AS Score, t.Reviews
    FROM omdb AS o LEFT JOIN tomatoes AS t ON t.ID = o.ID
    ORDER BY o.imdbID, t.Reviews DESC, o.ID
"""


def popularity_of(reviews: int | None, year: int | None) -> float:
    """Returns 0 … 1 on a log scale of critics' reviews, stretched for films from before the web; 0 for none.

    2010: 5 → .05, 20 → .35, 100 → .70, 388 → .99. 1975: 5 → .06, 20 → .46, 100 → .92.
    """
    if not reviews or reviews <= UNKNOWN:
        return 0.0
    return round(min(1.0, math.log(reviews / UNKNOWN) / math.log(_famous_in(year) / UNKNOWN)), 4)


def _famous_in(year: int | None) -> float:
    (early, few), (late, many) = FAMOUS_BEFORE, FAMOUS_SINCE
    share = 1.0 if year is None else min(1.0, max(0.0, (year - early) / (late - early)))
    return float(few * (many / few) ** share)


class MoviesDatabase:
    """The default catalogue's films. The package is found, not imported: its own code and other data stay untouched."""

    name = "movies.db"

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def fingerprint(self) -> str:
        """Returns the package's version, or a hash of the file where a path was given."""
        if self._path is None:
            _package_path()
            return f"bokeh_sampledata-{version('bokeh_sampledata')}"
        return hashlib.sha256(_readable(self._path).read_bytes()).hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the clean films; their ids are imdbIDs. Raises CatalogueError when the file is missing or damaged."""
        tally = Tally()
        items: dict[str, Item] = {}
        for row in _rows(_readable(self._path or _package_path())):
            tally.read += 1
            if not clean(row["imdbID"]) or not clean(row["Title"]):
                tally.dropped["no imdbID or no title"] += 1
            elif row["imdbID"] in items:
                tally.dropped["imdbID seen before, with more reviews"] += 1
            else:
                items[row["imdbID"]] = _item(row, tally)
        return tally.loaded(self.name, items.values())


def _package_path() -> Path:
    spec = importlib.util.find_spec("bokeh_sampledata")
    if spec is None or spec.origin is None:
        raise CatalogueError(
            "The default catalogue needs the package bokeh_sampledata: run `pip install bokeh_sampledata`."
        )
    return Path(spec.origin).parent / "_data" / "movies.db"


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise CatalogueError(f"The film database {path} does not exist: install bokeh_sampledata 2026.1 or newer.")
    return path


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            for row in connection.execute(_QUERY):
                yield dict(row)
    except sqlite3.Error as error:
        raise CatalogueError(f"{path} cannot be read as the film database of bokeh_sampledata ({error}).") from error


def _item(row: dict[str, Any], tally: Tally) -> Item:
    year = _year(row, tally)
    return Item(
        id=row["imdbID"],
        title=_title(row["Title"], tally),
        year=year,
        genres=_genres(row, tally),
        directors=_people(row["Director"], tally),
        cast=_people(row["Cast"], tally),
        runtime=_runtime(row["Runtime"], tally),
        languages=_named(row["Language"], language_name, "language", tally),
        countries=_named(row["Country"], country_name, "country", tally),
        popularity=popularity_of(row["Reviews"], year),
        writers=_people(row["Writer"], tally),
        rating=float(row["Score"]) if row["Score"] is not None and 0 <= row["Score"] <= 10 else None,
        oscars=int(row["Oscars"] or 0),
    )


def _title(raw: str, tally: Tally) -> str:
    title = _FILM_SUFFIX.sub("", clean(raw))
    tally.cleaned["title: spaces, curly quotes, '(film)'"] += title != raw
    return title


def _year(row: dict[str, Any], tally: Tally) -> int | None:
    """A year before the first film or after the record was last updated is impossible."""
    year, updated = row["Year"], int(str(row["lastUpdated"] or "9999")[:4])
    if year is not None and FIRST_FILM <= int(year) <= updated:
        return int(year)
    tally.cleaned["year missing or impossible"] += 1
    return None


def _runtime(minutes: float | None, tally: Tally) -> int | None:
    """Below 5 minutes the value is a slip (Machuca: 1); above 900 there is no such film (Out 1 has 776)."""
    if minutes is None:
        return None
    if SHORTEST <= minutes <= LONGEST:
        return round(minutes)
    tally.cleaned[f"runtime outside {SHORTEST}–{LONGEST} minutes"] += 1
    return None


def _genres(row: dict[str, Any], tally: Tally) -> tuple[str, ...]:
    """Wikidata files concert films under musicals; a documentary is none, so there it means music."""
    genres = [genre_name(name) for name in _split(row["Genre"], tally)]
    if "Documentary" in genres and "Musical" in genres:
        tally.cleaned["genre: a documentary's Musical is Music"] += 1
        genres = ["Music" if name == "Musical" else name for name in genres]
    return distinct(genres)


def _named(cell: str | None, name_of: Callable[[str], str], kind: str, tally: Tally) -> tuple[str, ...]:
    raw = _split(cell, tally)
    names = distinct([name_of(name) for name in raw])
    tally.cleaned[f"{kind}: another name for one we have, or none"] += list(names) != raw
    return names


def _people(cell: str | None, tally: Tally) -> tuple[str, ...]:
    raw = _split(cell, tally)
    names = people(raw)
    tally.cleaned["person: Jr. joined, peerages and repeats left out"] += len(names) != len(raw)
    return names


def _split(cell: str | None, tally: Tally) -> list[str]:
    parts = [clean(part) for part in (cell or "").split(",")]
    if cell:
        tally.cleaned["empty name between commas"] += sum(not part for part in parts)
    return [part for part in parts if part]
