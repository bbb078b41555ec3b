"""All titles of the catalogue, found by any of the ways people write them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.items import Item
from kg.linking.fame import fame_of
from kg.linking.fuzzy import NameIndex
from kg.linking.ordinary import OrdinaryEnglish, ordinary_english
from kg.linking.title_keys import ARTICLE, EXACT, HEAD, LOOSE, loose, series_head, starts_with_article, title_keys
from kg.text import normalise_title

_LONGEST_QUERY = 120
_PREFIX, _WITHIN, _COVERED = 0.65, 0.55, 0.6
_MOST = 400
_ARTICLE_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Title:
    """An item as linking sees it. `key` is its normalised title, `fame` log10(n / rank)."""

    item: Item
    key: str
    fame: float
    article: bool

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def year(self) -> int | None:
        """The item's year."""
        return self.item.year

    @property
    def people(self) -> frozenset[str]:
        """The ids of those who made it or play in it."""
        return frozenset(f"person:{name}" for name in (*self.item.directors, *self.item.writers, *self.item.cast))


class TitleIndex:
    """Immutable; `titles` are sorted by fame, best known first, and every answer names them by position."""

    def __init__(self, items: Iterable[Item]) -> None:
        ordered = sorted(items, key=lambda item: (-item.popularity, item.id))
        fames = fame_of([item.popularity for item in ordered])
        self._english: OrdinaryEnglish = ordinary_english()
        self.titles = [_title(item, fame) for item, fame in zip(ordered, fames, strict=True)]
        self.position = {title.id: place for place, title in enumerate(self.titles)}
        self.keys: dict[str, list[tuple[int, float]]] = {}
        self._loose: dict[str, list[int]] = {}
        heads: defaultdict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(ordered):
            for key, quality in title_keys(item.title):
                _add(self.keys, key, place, quality)
            self._loose.setdefault(loose(self.titles[place].key), []).append(place)
            if head := series_head(item.title, self.titles[place].key):
                heads[head].append(place)
        self.heads = {head for head, places in heads.items() if self._is_series(head, places)}
        self._sorted = sorted((title.key, place) for place, title in enumerate(self.titles))
        self._by_word = _by_word(self.titles)
        self._names = sorted({key for key in self.keys if len(key) > 2} | self.heads)
        self._fuzzy = NameIndex(self._names)

    def exact(self, key: str) -> list[tuple[int, float]]:
        """Returns (position, quality) of the titles that have the normalised text among their keys."""
        return self.keys.get(key, [])

    def of_text(self, text: str, key: str) -> Iterator[tuple[int, float]]:
        """Yields (position, quality 0 … 1) of every title that the text may mean, in no order, with repeats.

        `key` is the text's normalised form. Where one title has the text's article and another has not, the other
        counts less: "heat" is Heat, "the heat" is The Heat; "matrix" is The Matrix, for want of another.
        """
        key = key[:_LONGEST_QUERY].strip()
        article = starts_with_article(text)
        spelt = [*self.exact(key), *((place, LOOSE) for place in self._loose.get(loose(key), ()))]
        as_typed = any(self.titles[place].article == article for place, quality in spelt if quality >= LOOSE)
        for place, quality in spelt:
            if as_typed and quality >= LOOSE and self.titles[place].article != article:
                yield place, ARTICLE
            else:
                yield place, LOOSE if quality == HEAD and key not in self.heads else quality
        for place in self.beginning_with(key):
            yield place, HEAD if key in self.heads else _PREFIX - self._vagueness(key)

    def nearly(self, key: str) -> Iterator[tuple[int, float]]:
        """Yields the same for titles that are only like the text: cut short and misspelt, or with words around them."""
        key = key[:_LONGEST_QUERY].strip()
        if len(key) < 3:
            return
        if len(key) > 8:
            for position, similarity in self._fuzzy.beginning(key, 0.85):
                yield from ((place, (similarity - 0.32) * worth) for place, worth in self.exact(self._names[position]))
        for place in self._containing(key):
            yield place, _WITHIN - self._vagueness(key)
        for place in self._contained(key):
            yield place, _COVERED

    def spelt_like(self, key: str, article: bool) -> list[tuple[str, float]]:
        """Returns (key of a title or family, similarity) of those that the text may be a misspelling of, best first.

        An `article` before the text counts as letters that are right ("the rck"). A tenth less alike is made up for by
        a title ten times as well known.
        """
        letters = len(key) + _ARTICLE_LETTERS * article
        if len(key) < 3 or letters < 4:
            return []
        lowest = 1 - (0.26 if letters > 7 else 0.2) * letters / len(key)
        near = self._fuzzy.near(key[:_LONGEST_QUERY], max(0.6, lowest))
        named = [(self._names[position], 1 - (1 - alike) * len(key) / letters) for position, alike in near]
        return sorted(named, key=lambda pair: -(10 * pair[1] + self._fame(pair[0])))

    def beginning_with(self, key: str) -> list[int]:
        """Returns the titles that begin with the words of the key and go on, the best known first."""
        found: list[int] = []
        for index in range(bisect_left(self._sorted, (key + " ",)), len(self._sorted)):
            name, place = self._sorted[index]
            if not name.startswith(key + " ") or len(found) == _MOST:
                break
            found.append(place)
        return sorted(found)

    def _fame(self, name: str) -> float:
        members = self.beginning_with(name)[:1] if name in self.heads else []
        places = [*members, *(place for place, _ in self.exact(name))]
        return max((self.titles[place].fame for place in places), default=0.0)

    def _containing(self, key: str) -> Iterator[int]:
        """Titles with the words of the key inside ("caribbean", "sunshine of the spotless mind")."""
        rare = min(key.split(), key=lambda word: len(self._by_word.get(word, ())), default="")
        places = self._by_word.get(rare, ())
        if len(rare) > 2 and len(places) <= _MOST:
            yield from (place for place in places if f" {key} " in f" {self.titles[place].key} ")

    def _contained(self, key: str) -> Iterator[int]:
        """Titles inside the text ("the new batman begins movie"), if they make up most of it."""
        words = key.split()[:12]
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                name = " ".join(words[start:end])
                if 1 <= end - start < len(words) and len(name) >= 0.5 * len(key) and not self._ordinary(name):
                    yield from (place for place, worth in self.exact(name) if worth >= HEAD)

    def _ordinary(self, key: str) -> bool:
        return self._english.is_ordinary(key) and self._english.phrase_rarity(key) < 6

    def _vagueness(self, key: str) -> float:
        """One ordinary word ("dark", "me") says little about which title holds it, the less the more ordinary it is."""
        return 0.08 * (5 - self._english.rarity(key)) if " " not in key else 0.0

    def _is_series(self, head: str, places: Sequence[int]) -> bool:
        """A family has two titles or more, and a name that is more than one ordinary word."""
        members = len(places) + any(quality == EXACT for _, quality in self.keys.get(head, ()))
        return members > 1 and (" " in head or not self._english.known(head) or members > 2)


def _title(item: Item, fame: float) -> Title:
    return Title(item, normalise_title(item.title), fame, starts_with_article(item.title))


def _add(keys: dict[str, list[tuple[int, float]]], key: str, place: int, quality: float) -> None:
    entries = keys.setdefault(key, [])
    if not any(other == place for other, _ in entries):
        entries.append((place, quality))


def _by_word(titles: Sequence[Title]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        for word in set(title.key.split()):
            places[word].append(place)
    return dict(places)
