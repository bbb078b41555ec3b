"""From a row of a history to the item of the catalogue that it means."""

import re
from functools import lru_cache
from itertools import chain

from bot.history.types import Watched
from kg.catalogue import Catalogue
from kg.items import Item
from kg.linking import Linker
from kg.linking.years import split_year

# Below these a likeness of titles is more often another film: a wrong like is worse than a film left out.
SURE_WITH_YEAR, SURE_WITHOUT = 0.85, 0.95
# Linking an unknown title takes a millisecond; whoever names more unknown films than this gets exact titles only.
_MOST_LINKED = 4000
_IMDB = re.compile(r"tt\d+")
_BRACKETED = re.compile(r"^(.{2,}?)\s*\((?:a\.?k\.?a\.?\s*)?([^()]{2,})\)$", re.IGNORECASE)
_OR = re.compile(r",?\s+or(?::\s|,\s|\s*\()", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"^(.+), (les?|la|il|lo|i|gli|das|der|die|el|los|las|l')$", re.IGNORECASE)


class Matcher:
    """Finds items for rows: by imdb id, by title and year, by linking. Remembers titles, for rows come in repeats."""

    def __init__(self, catalogue: Catalogue, linker: Linker) -> None:
        self._catalogue = catalogue
        self._linker = linker
        self._named = lru_cache(maxsize=None)(self._by_title)
        self._left = _MOST_LINKED

    def match(self, row: Watched) -> Item | None:
        """Returns the item of a row, or None: not in the catalogue, or several could be meant."""
        if row.imdb_id and (item := self._catalogue.get(row.imdb_id)):
            return item
        for title in dict.fromkeys((row.title, row.original_title)):
            item = self._named(title, row.year) if title else None
            # Another film of that name: the row's own id is not the item's.
            if item and not (row.imdb_id and _IMDB.fullmatch(item.id)):
                return item
        return None

    def _by_title(self, title: str, year: int | None) -> Item | None:
        bare, written = split_year(title) if year is None else (title, year)
        names = spellings(bare)
        exact = (self._catalogue.find(name, written) for name in names if written is not None)
        alike = (self._linked(name, written) for name in names)
        return next((item for item in chain(exact, alike) if item), None)

    def _linked(self, title: str, year: int | None) -> Item | None:
        if self._left <= 0 and self._catalogue.find(title) is None:
            return None
        linked = self._linker.link(title, "item", year=year, limit=1)
        sure = SURE_WITHOUT if year is None else SURE_WITH_YEAR
        item = self._catalogue.get(linked.entity_id) if linked.entity_id and linked.score >= sure else None
        if item is None or linked.rivals:
            self._left -= 1
            return None
        return item if year is None or (item.year and abs(item.year - year) <= 1) else None


def spellings(title: str) -> list[str]:
    """Returns a title as it stands, then as shorter ones and with its article before.

    The two titles of `One (a.k.a. Other)`, the first of `One or: Another`, `La Haine` of `Haine, La`.
    """
    bracketed = _BRACKETED.match(title)
    found = (title, *(bracketed.groups() if bracketed else ()), _OR.split(title)[0])
    return list(dict.fromkeys(moved for name in found for moved in (name, _article_before(name))))


def _article_before(title: str) -> str:
    found = _ARTICLE_BEHIND.match(title)
    if not found:
        return title
    return f"{found[2]}{found[1]}" if found[2].endswith("'") else f"{found[2]} {found[1]}"
