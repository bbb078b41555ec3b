"""Trakt's JSON files: of its account export (Settings → Data), and of backups through its API, of the same shape.

`watched-movies.json` [{plays, last_watched_at, movie}] · `watched-history-N.json` [{watched_at, type, movie | show, …}]
· `ratings-movies.json` [{rated_at, rating, type, movie}] · `lists-watchlist.json` and `lists-favorites.json`
[{listed_at, type, movie}]; `movie` is {title, year, ids: {trakt, slug, imdb, tmdb}}. Ratings go to 10.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.history.cells import date_of, imdb_id_of
from bot.history.csv_exports import meaning_of
from bot.history.types import BadRow, HistoryError, Meaning, Part, Watched

_SCALE = 10
_DATES = ("watched_at", "last_watched_at", "rated_at", "listed_at")
_OTHERS = ("show", "season", "episode", "person")


def read_trakt(name: str, text: str) -> Part:
    """Returns what a JSON file of Trakt holds. Raises HistoryError when it is none, or says nothing of watching."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HistoryError(f"{name} is not whole JSON ({str(error)[:80]}). Export it from Trakt again.") from error
    rows: list[Watched] = []
    bad: list[BadRow] = []
    read = not_films = 0
    for file, number, entry in _entries(document, name):
        read += 1
        movie = entry.get("movie") if isinstance(entry, dict) else None
        if isinstance(movie, dict):
            try:
                rows.append(_row(entry, movie, meaning_of(file)))
            except ValueError as fault:
                bad.append(BadRow(file, number, str(fault)))
        elif isinstance(entry, dict) and any(kind in entry for kind in _OTHERS):
            not_films += 1
        else:
            bad.append(BadRow(file, number, "it names no film"))
    if read and len(bad) == read:
        raise HistoryError(
            f"{name} holds no films as Trakt lays them out. I read watched-movies.json, watched-history-*.json, "
            "ratings-movies.json, lists-watchlist.json, lists-favorites.json and the .zip with them."
        )
    return Part("Trakt export", tuple(rows), read, not_films, tuple(bad))


def _entries(document: Any, name: str) -> Iterator[tuple[str, int, Any]]:
    """Yields (file or list, position from 1, entry); a backup in one file has its lists under their names."""
    lists = {name: document} if isinstance(document, list) else document if isinstance(document, dict) else {}
    if not any(isinstance(entries, list) for entries in lists.values()):
        raise HistoryError(f"{name} is JSON, but no list of films as Trakt exports them.")
    for file, entries in lists.items():
        if isinstance(entries, list):
            yield from ((file, number, entry) for number, entry in enumerate(entries, start=1))


def _row(entry: dict[str, Any], movie: dict[str, Any], named: Meaning | None) -> Watched:
    title, year, ids = movie.get("title"), movie.get("year"), movie.get("ids")
    imdb_id = imdb_id_of(str(ids.get("imdb") or "")) if isinstance(ids, dict) else ""
    if not isinstance(title, str) or not (title.strip() or imdb_id):
        raise ValueError("the film has no title")
    rating = entry.get("rating")
    if rating is not None and not (isinstance(rating, int | float) and 0 <= rating <= _SCALE):
        raise ValueError(f"the rating {str(rating)[:30]} is not a number from 1 to {_SCALE}")
    seen = bool(rating) or "watched_at" in entry or "last_watched_at" in entry
    if not seen and "listed_at" not in entry:
        raise ValueError("it says neither watched, rated nor listed")
    date = next((str(entry[key]) for key in _DATES if entry.get(key)), "")
    return Watched(
        title=title.strip(),
        year=year if isinstance(year, int) and year > 0 else None,
        imdb_id=imdb_id,
        rating=rating / _SCALE if rating else None,
        liked=named == "liked",
        wanted=not seen and named != "liked",
        date=date_of(date),
    )
