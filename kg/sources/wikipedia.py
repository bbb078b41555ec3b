"""The layout of wikipedia-movie-data: JSON files of films, each with title, year, cast, genres and extract."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg.errors import CatalogueError
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.keywords import themes_in, vocabulary
from kg.sources.names import clean, distinct, genre_name, people
from kg.text import normalise_title

FILES = "movies-*.json"
PAGE = "https://en.wikipedia.org/wiki/"
_GENRES = {
    "animated": "Animation",
    "musical": "Musical",
    "suspense": "Thriller",
    "slasher": "Horror",
    "spy": "Thriller",
}
_THEME_OF = {
    "dance": "dance",
    "disaster": "disaster",
    "found footage": "found footage",
    "legal": "courtroom",
    "martial arts": "martial arts",
    "political": "politics",
    "satire": "satire",
    "slasher": "slasher",
    "spy": "espionage",
    "superhero": "superhero",
    "supernatural": "supernatural",
    "teen": "teenager",
}
_NO_GENRE = frozenset(
    (
        "independent",
        "short",
        "silent",
        "live action",
        "performance",
        "erotic",
        "noir",
        *(_THEME_OF.keys() - _GENRES.keys()),
    )
)
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][\w'’-]+)"
_NAME = rf"{_WORD}(?: (?:(?:de|del|van|von|der|la|le|da|di) )?{_WORD}){{1,3}}(?: Jr\.)?"
_DIRECTED = re.compile(
    rf"\b[Dd]irected(?: and \w+(?: \w+)?|, [\w, -]+?)? by (?P<names>{_NAME}(?:(?:, and | and |, | & ){_NAME})*)"
)
_BETWEEN = re.compile(r", and |, | and | & ")
_PERSON = re.compile(r"^[^\W\d_][^()\[\]{}]*[^\W\d_.]\.?$")
# How well known a film is, by how long its article's introduction and its cast are. Learned once from the 9,596 films
# that the default catalogue has as well (correlation .51; `python -m kg.measure wikipedia DIR`).
_BASE, _PER_LENGTH, _PER_CAST, _MOST = -0.46, 0.129, 0.153, 0.8


class WikipediaFilms:
    """A folder of the layout."""

    name = "wikipedia"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def fits(folder: Path) -> bool:
        """Returns whether a folder has this layout."""
        return folder.is_dir() and any(folder.glob(FILES))

    def fingerprint(self) -> str:
        """Returns a hash of the files."""
        digest = hashlib.sha256()
        for path in self._files():
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the films; ids are `wikipedia-` and the page's name. Raises CatalogueError for a damaged file."""
        tally, words = Tally(), vocabulary()
        items: dict[str, Item] = {}
        for record in self._records():
            tally.read += 1
            item = _item(record, words, tally)
            if item is None:
                tally.dropped["no title or no year"] += 1
            elif item.id in items:
                tally.dropped["the same page and year as an earlier film"] += 1
            else:
                items[item.id] = item
        return tally.loaded(self.name, items.values())

    def _records(self) -> Iterator[dict[str, Any]]:
        for path in self._files():
            try:
                records = json.loads(path.read_bytes())
            except (OSError, ValueError) as error:
                raise CatalogueError(f"{path} cannot be read as JSON ({error}).") from error
            yield from (record for record in records if isinstance(record, dict))

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(FILES))


def fame_of(extract: str, cast: int) -> float:
    """Returns 0 … 0.8: the popularity that films with such an article have on average."""
    value = _BASE + _PER_LENGTH * math.log1p(len(extract)) + _PER_CAST * math.log1p(cast)
    return round(min(_MOST, max(0.0, value)), 4)


def _item(record: dict[str, Any], words: dict[str, str], tally: Tally) -> Item | None:
    title, year = clean(str(record.get("title") or "")), record.get("year")
    if not title or not isinstance(year, int):
        return None
    extract, cast = clean(str(record.get("extract") or "")), _cast(record.get("cast") or (), tally)
    page = str(record.get("href") or "").partition("#")[0]
    named = [str(name) for name in record.get("genres") or ()]
    return Item(
        id=f"wikipedia-{unquote(page) or normalise_title(title).replace(' ', '_')}-{year}",
        title=_edition(title),
        year=year,
        genres=distinct([_genre(name) for name in named]),
        directors=directors_in(extract),
        cast=cast,
        popularity=fame_of(extract, len(cast)),
        themes=distinct([*(_THEME_OF.get(name.casefold(), "") for name in named), *themes_in(extract, words)]),
        synopsis=extract,
        link=f"{PAGE}{page}" if page else "",
        image=str(record.get("thumbnail") or ""),
    )


def _edition(title: str) -> str:
    """Returns the title without the edition in brackets behind it ("(Canadian theatrical release)")."""
    return re.sub(r"\s*\([^()]*\b(?:release|film|version|cut)\)$", "", title) or title


def _genre(name: str) -> str:
    key = name.casefold()
    if key in _GENRES:
        return _GENRES[key]
    return "" if key in _NO_GENRE or key in _THEME_OF else genre_name(name)


def _cast(names: Iterable[Any], tally: Tally) -> tuple[str, ...]:
    """Lists of players were cut out of tables: brackets, numbers and half sentences are left out."""
    raw = [clean(str(name)) for name in names]
    kept = people([name for name in raw if _PERSON.match(name) and len(name.split()) < 6])
    tally.cleaned["cast: what is no name left out"] += len(raw) - len(kept)
    return kept


def directors_in(extract: str) -> tuple[str, ...]:
    """Returns the directors that an introduction names ("directed by Thea Sharrock from …"); () where it names none."""
    found = _DIRECTED.search(extract)
    if found is None:
        return ()
    return distinct(
        [name.strip(" .") if not re.search(r"\b[A-Z]\.$", name) else name for name in _BETWEEN.split(found["names"])]
    )
