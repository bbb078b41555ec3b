"""The names of the catalogue as hints for the tagger: which words of a text are a title or a person's name.

A hint is no answer ("up", "it" and "her" are titles too); the tagger learns when to believe it, and to do without.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.items import Item

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 8
KNOWN = 1_500
"""People whose surname alone is a hint."""
NONE, ALONE, FIRST, LATER = range(4)
"""A word's hint: in no name, a name by itself (for people: a well-known surname), a name's first word, a later one."""


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    return word.lower().replace("'", "").replace("’", "")


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Returns the words of a text, folded for comparison, with start and end."""
    return [(_fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


class Gazetteer:
    """Titles and people, looked up by up to eight words at a time."""

    def __init__(self, titles: Iterable[str] = (), people: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        """`people` are full names; `known` are those of them so well known that the surname alone is a hint."""
        self._titles: set[tuple[str, ...]] = set()
        for title in titles:
            words = tuple(word for word, _, _ in words_of(title))
            self._titles.add(words)
            if len(words) > 2 and words[0] in ("the", "a", "an"):
                self._titles.add(words[1:])
            main = title.split(":")[0]
            if main != title and len(main) > 3:
                self._titles.add(tuple(word for word, _, _ in words_of(main)))
        self._titles.discard(())
        self._people = {words for name in people if len(words := tuple(w for w, _, _ in words_of(name))) > 1}
        self._surnames = {parts[-1][0] for name in known if len(parts := words_of(name)) > 1 and len(parts[-1][0]) > 3}

    @staticmethod
    def of(items: Iterable[Item]) -> "Gazetteer":
        """Returns the hints of a catalogue; a surname alone counts for people with several known films."""
        films = list(items)
        fame: defaultdict[str, float] = defaultdict(float)
        for item in films:
            for name in (*item.directors, *item.cast):
                fame[name] += item.popularity
        known = sorted(fame, key=lambda name: -fame[name])[:KNOWN]
        return Gazetteer((item.title for item in films), fame, known)

    def hints(self, text: str) -> list[tuple[int, int, int, int]]:
        """Returns (start, end, title hint, person hint) for each word that has one of the two."""
        words = words_of(text)
        folded = [word for word, _, _ in words]
        title, person = _marks(folded, self._titles), _marks(folded, self._people)
        for index, word in enumerate(folded):
            if person[index] == NONE and word in self._surnames:
                person[index] = ALONE
        return [
            (start, end, title[index], person[index])
            for index, (_, start, end) in enumerate(words)
            if title[index] or person[index]
        ]


def _marks(words: list[str], names: set[tuple[str, ...]]) -> list[int]:
    """Marks the longest names from left to right."""
    marks = [NONE] * len(words)
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        length = next((n for n in lengths if tuple(words[at : at + n]) in names), 0)
        marks[at : at + length] = [ALONE] if length == 1 else [FIRST, *[LATER] * (length - 1)][:length]
        at += max(1, length)
    return marks
