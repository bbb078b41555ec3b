"""The layout of MovieLens: a folder with movies.csv, and links.csv, tags.csv, ratings.csv where they are there."""

import csv
import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.errors import CatalogueError
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.names import clean, distinct, genre_name

_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
_ARTICLE = re.compile(r"^(.+), (The|A|An|Le|La|Les|Il|Der|Die|Das|El|L')$")
_OTHER_NAME = re.compile(r"\s*\((?:a\.k\.a\. )?[^()]*\)$")
_GENRES = {"children": "Family", "imax": "", "(no genres listed)": "", "film-noir": ""}
_FILES = ("movies.csv", "links.csv", "tags.csv", "ratings.csv")
_TAGGED = 2  # people who gave a tag before it is a theme
_FIRST_FILE = "movies.csv"


class MovieLens:
    """A folder of the layout. Popularity is the logarithm of the number of ratings, `rating` their mean, on 0 … 10."""

    name = "movielens"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def fits(folder: Path) -> bool:
        """Returns whether a folder has this layout."""
        return (folder / _FIRST_FILE).is_file()

    def fingerprint(self) -> str:
        """Returns a hash of the files."""
        digest = hashlib.sha256()
        for name in _FILES:
            if (self._folder / name).is_file():
                digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the films; ids are IMDb's, or `movielens-` and the number. Raises CatalogueError for other files."""
        tally = Tally()
        imdb = {row["movieId"]: f"tt{row['imdbId'].zfill(7)}" for row in self._rows("links.csv") if row.get("imdbId")}
        ratings, tags = self._ratings(tally), self._tags()
        most = max((count for count, _ in ratings.values()), default=1)
        items: dict[str, Item] = {}
        for row in self._rows(_FIRST_FILE):
            tally.read += 1
            number, title = row.get("movieId"), clean(row.get("title"))
            if not number or not title:
                tally.dropped["no movieId or no title"] += 1
                continue
            count, mean = ratings.get(number, (0, 0.0))
            item = Item(
                id=imdb.get(number, f"movielens-{number}"),
                title=_title(title),
                year=int(year[1]) if (year := _YEAR.search(title)) else None,
                genres=distinct([_genre(name) for name in (row.get("genres") or "").split("|")]),
                popularity=round(math.log1p(count) / math.log1p(most), 4),
                rating=round(2 * mean, 2) if count else None,
                themes=tags.get(number, ()),
            )
            if item.id in items:
                tally.dropped["the same film as an earlier row"] += 1
            else:
                items[item.id] = item
        return tally.loaded(self.name, items.values())

    def _ratings(self, tally: Tally) -> dict[str, tuple[int, float]]:
        sums: defaultdict[str, float] = defaultdict(float)
        counts: Counter[str] = Counter()
        for row in self._rows("ratings.csv"):
            try:
                value = float(row["rating"])
            except (KeyError, ValueError, TypeError):
                tally.dropped["ratings that are no number"] += 1
                continue
            sums[row["movieId"]] += value
            counts[row["movieId"]] += 1
        return {number: (count, sums[number] / count) for number, count in counts.items()}

    def _tags(self) -> dict[str, tuple[str, ...]]:
        given: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in self._rows("tags.csv"):
            given[row.get("movieId") or ""][clean(row.get("tag")).casefold()] += 1
        return {
            number: distinct([tag for tag, count in tags.most_common(8) if count >= _TAGGED])
            for number, tags in given.items()
        }

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        path = self._folder / name
        if not path.is_file():
            return
        try:
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                yield from csv.DictReader(file)
        except (OSError, csv.Error) as error:
            raise CatalogueError(f"{path} cannot be read as a file of MovieLens ({error}).") from error


def _title(title: str) -> str:
    """Returns "The Matrix" of "Matrix, The (1999)", without further names in brackets."""
    bare = _YEAR.sub("", title)
    bare = _OTHER_NAME.sub("", bare) or bare
    turned = _ARTICLE.match(bare)
    return f"{turned[2]} {turned[1]}" if turned else bare


def _genre(name: str) -> str:
    return _GENRES.get(name.casefold(), genre_name(name))
