"""The CSV exports of Letterboxd and IMDb, and plain CSV: which column is what, and what a row means.

Letterboxd: `Date,Name,Year,Letterboxd URI[,Rating,Rewatch,Tags,Watched Date]`; watched.csv, watchlist.csv and
likes/films.csv have the same columns, so their names tell them apart. Ratings go to 5.
IMDb: `Const,Your Rating,Date Rated,Title,…,Title Type,…,Year,…`, lists with `Position,Const,Created,…` before and the
rating behind, which is empty where the film was not rated. Ratings go to 10.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from bot.history.cells import date_of, imdb_id_of, is_film, is_yes, rating_of, year_of
from bot.history.tables import table_of
from bot.history.types import BadRow, HistoryError, Meaning, Part, Watched

Column = Literal["title", "original", "year", "imdb", "rating", "date", "type", "liked"]
_NAMES: Mapping[Column, tuple[str, ...]] = {
    "title": ("title", "name", "film", "movie", "movie title", "film title", "movie name", "primarytitle", "片名"),
    "original": ("original title", "originaltitle"),
    "year": ("year", "release year", "released", "release date", "年份"),
    "imdb": ("const", "imdb id", "imdbid", "imdb", "tconst", "imdb url"),
    "rating": ("your rating", "you rated", "my rating", "user rating", "rating10", "rating", "score", "stars", "评分"),
    "date": (
        *("watched date", "watcheddate", "date watched", "watched at", "last watched at"),
        *("date rated", "rated at", "date", "created", "listed at", "日期"),
    ),
    "type": ("title type", "type", "media type", "mediatype"),
    "liked": ("liked", "like", "loved", "favorite", "favourite", "heart"),
}
_KNOWN = frozenset(name for names in _NAMES.values() for name in names) | {"letterboxd uri", "position"}
_SCALES = (5.0, 10.0, 100.0)
_LONGEST_TITLE = 300
_MOST_BAD = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read. `scale` is None where the ratings themselves must tell it."""

    service: str
    meaning: Meaning
    places: Mapping[Column, int]
    scale: float | None


def read_csv(name: str, text: str) -> Part:
    """Returns what a CSV file holds; `name` is its path inside the export.

    Raises HistoryError when it is no list of films.
    """
    table = table_of(text, _KNOWN.__contains__)
    layout = _layout(name, table.header)
    rows: list[tuple[int, Watched, tuple[float, float | None] | None]] = []
    bad: list[BadRow] = []
    read = not_films = 0
    try:
        for number, cells in table.rows:
            read += 1
            faults: list[str] = []
            if not is_film(_cell(cells, layout, "type")):
                not_films += 1
            elif (row := _row(cells, layout, len(table.header), faults)) is not None:
                rows.append((number, *row))
            bad += [BadRow(name, number, fault) for fault in faults]
    except csv.Error as error:
        raise HistoryError(
            f"{name} cannot be read as CSV after {read} rows ({error}): a quotation mark may be open."
        ) from error
    scale = layout.scale or _scale_of([found for _, _, found in rows if found])
    return Part(_words(layout, scale), tuple(_rated(rows, scale, name, bad)), read, not_films, tuple(bad[:_MOST_BAD]))


def meaning_of(name: str) -> Meaning | None:
    """Returns what a file's name says of the films in it, None where it says nothing."""
    path = PurePosixPath(name.casefold().replace("\\", "/"))
    if "watchlist" in path.stem or "want" in path.stem or "to-watch" in path.stem or "to watch" in path.stem:
        return "wanted"
    if path.parent.name == "likes" or path.stem.startswith(("likes", "liked", "favorite", "favourite", "lists-favor")):
        return "liked"
    watched = ("watched", "seen", "diary", "rating", "review", "history", "check-in", "checkin")
    return "watched" if any(word in path.stem for word in watched) else None


def _layout(name: str, header: tuple[str, ...]) -> Layout:
    places: dict[Column, int] = {}
    for column, names in _NAMES.items():
        if (place := next((header.index(each) for each in names if each in header), None)) is not None:
            places[column] = place
    if header and header[0].startswith("letterboxd list export"):
        raise HistoryError(
            f"{name} is a Letterboxd list, which does not say what you watched or liked. "
            "Give me the whole export (Settings → Data → Export your data)."
        )
    if "title" not in places and "imdb" not in places:
        raise HistoryError(
            f"{name} has no column of titles. Its first row must name the columns, for instance `title,year,rating`."
        )
    named = meaning_of(name)
    if "letterboxd uri" in header:
        likes = PurePosixPath(name.casefold()).stem.startswith("films")
        return Layout("Letterboxd", named or ("liked" if likes else "watched"), places, 5.0)
    if "const" in header:
        return Layout("IMDb", named or ("wanted" if "position" in header else "watched"), places, 10.0)
    scale = 10.0 if "rating" in places and header[places["rating"]] == "rating10" else None
    return Layout("plain CSV", named or "watched", places, scale)


def _cell(cells: list[str], layout: Layout, column: Column) -> str:
    place = layout.places.get(column, -1)
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _row(
    cells: list[str], layout: Layout, width: int, faults: list[str]
) -> tuple[Watched, tuple[float, float | None] | None] | None:
    """Returns the row with its rating as written, or None where it names no film; what is wrong goes to `faults`."""
    if any(cell.strip() for cell in cells[width:]):
        faults.append(f"it has {len(cells)} cells and the header {width}; titles with a separator need quotation marks")
        return None
    title, imdb_id = _cell(cells, layout, "title"), imdb_id_of(_cell(cells, layout, "imdb"))
    if not title and not imdb_id:
        faults.append("it has no title")
        return None
    if len(title) > _LONGEST_TITLE:
        faults.append("its title is longer than any; a quotation mark may be open")
        return None
    year, rating = None, None
    try:
        year = year_of(_cell(cells, layout, "year"))
    except ValueError as fault:
        faults.append(str(fault))
    try:
        rating = rating_of(_cell(cells, layout, "rating"))
    except ValueError as fault:
        faults.append(str(fault))
    return Watched(
        title=title,
        year=year,
        imdb_id=imdb_id,
        liked=layout.meaning == "liked" or is_yes(_cell(cells, layout, "liked")),
        wanted=layout.meaning == "wanted",
        date=date_of(_cell(cells, layout, "date")),
        original_title=_cell(cells, layout, "original"),
    ), rating


def _scale_of(ratings: list[tuple[float, float | None]]) -> float | None:
    """Returns the smallest usual scale that holds 99 in 100 of the ratings (a slip of the pen must not stretch it)."""
    values = sorted(value for value, scale in ratings if scale is None)
    if not values:
        return None
    high = values[-1 - len(values) // 100]
    return next((scale for scale in _SCALES if high <= scale), _SCALES[-1])


def _rated(
    rows: Iterable[tuple[int, Watched, tuple[float, float | None] | None]],
    scale: float | None,
    name: str,
    bad: list[BadRow],
) -> Iterable[Watched]:
    for number, row, rating in rows:
        value, own = rating or (0.0, None)
        most = own or scale or 1.0
        if value > most:
            bad.append(BadRow(name, number, f"the rating {value:g} is above {most:g}; taken as not rated"))
        # Who rated it has watched it, on a watchlist too.
        yield replace(row, rating=value / most, wanted=False) if 0 < value <= most else row


def _words(layout: Layout, scale: float | None) -> str:
    meanings = {"watched": "films watched", "liked": "films liked", "wanted": "a watchlist"}
    rated = f", ratings out of {scale:g}" if scale and "rating" in layout.places else ""
    return f"{layout.service}: {meanings[layout.meaning]}{rated}"
