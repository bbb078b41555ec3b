"""Nicknames of films and of families of films, resolved once against the catalogue."""

import re

from kg.linking.tables import read_table, sayings
from kg.linking.titles import TitleIndex
from kg.linking.years import split_year
from kg.text import normalise_title

_ANY = re.compile(r"\s+\|\s+")


class ItemAliases:
    """`single`: saying → the title's position. `family`: saying → the members' positions, the one that is meant first.

    `settled`: the positions that win where several items share their title.
    """

    def __init__(self, index: TitleIndex) -> None:
        self._index = index
        self.single: dict[str, int] = {}
        self.family: dict[str, list[int]] = {}
        for label, words in sayings("items", "item"):
            places = self._labelled(label)
            if places:
                self.single.update((normalise_title(word), places[0]) for word in words)
        for formula, words in sayings("items", "series"):
            members = list(dict.fromkeys(place for name in _ANY.split(formula) for place in self._family_of(name)))
            if members:
                self.family.update((normalise_title(word), members) for word in words)
        titles: list[str] = read_table("items")["settled"]["titles"]
        self.settled = frozenset(place for label in titles for place in self._labelled(label))

    def _labelled(self, label: str) -> list[int]:
        """The items of exactly this title and year (or of the year before or after)."""
        title, year = split_year(label)
        places = [place for place, quality in self._index.exact(normalise_title(title)) if quality == 1.0]
        return [place for place in places if self._year_fits(place, year)]

    def _family_of(self, name: str) -> list[int]:
        """The title itself, and without a year also those that begin with it, the best known first."""
        own = self._labelled(name)
        return own if split_year(name)[1] else sorted({*own, *self._index.beginning_with(normalise_title(name))})

    def _year_fits(self, place: int, year: int | None) -> bool:
        own = self._index.titles[place].year
        return year is None or own is None or abs(own - year) <= 1
