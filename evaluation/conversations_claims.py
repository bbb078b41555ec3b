"""An independent check of what a card claims: only its text and the catalogue are read, never the evidence.

The item's own names are found in the text and must stand in the relation that the words around them claim; a film that
is named must share what is said to be shared; a number must be the item's year, runtime, rating or awards, as its words
say. Then nothing may be left over that is a name of the catalogue, a number, or a capitalised word inside a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.catalogue import Catalogue
from kg.items import Item

_FIELDS = ("directors", "writers", "cast", "genres", "countries", "languages", "themes", "moods")
# What the words around a name claim it to be. A cue counts for a name only among the fields of its own group.
_GROUPS: tuple[Mapping[str, re.Pattern[str]], ...] = (
    {
        "directors": re.compile(r"\bdirect(?:ed|or)\b|执导", re.I),
        "writers": re.compile(r"\b(?:written|wrote)\b|编剧", re.I),
        "cast": re.compile(r"\b(?:with|is back from|it has|also in)\b|出演", re.I),
    },
    {
        "themes": re.compile(r"\b(?:themes?|about|in common)\b|讲", re.I),
        "moods": re.compile(r"\bmoods?\b|气质", re.I),
    },
    {"countries": re.compile(r"\bmade in\b|出品", re.I), "languages": re.compile(r"\bspoken in\b|语言", re.I)},
)
_PEOPLE = {"directors", "writers", "cast"}
_YEAR = re.compile(r" ?\((\d{4})\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CAPITAL = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’]+")
_MARK = re.compile(r"⟦(\d+)⟧")
# Words of the bot's phrases that are also a name somewhere in the catalogue.
_PHRASES = frozenset(
    {"mood", "themes", "kind", "with", "it", "you", "like", "them", "here", "was", "man", "one", "she", "he"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many claims a text makes, the false ones, each as a sentence, and the names in it as (field, name)."""

    claims: int
    false: tuple[str, ...]
    named: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Named:
    """A name or another film that was found in the text."""

    name: str
    fields: frozenset[str] = frozenset()
    film: Item | None = None


class ClaimChecker:
    """Checks texts against a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._films = {item.label.lower(): item for item in catalogue}
        for item in catalogue:
            for field, name in _names_of(item):
                self._names[name].add(field)

    def check(self, text: str, item: Item) -> Verdict:
        """Returns the verdict on a card's text about an item."""
        named: list[_Named] = []
        marked = self._mark_names(self._mark_films(text, named), item, named)
        claims, false = len(named), []
        for sentence in re.split(r"(?<=[.!?])\s+|。", marked):
            numbers = _NUMBER.findall(_MARK.sub("", sentence))
            claims += len(numbers)
            false += self._names_false(sentence, item, named)
            false += [f"{n} is no such number of {item.label}" for n in _numbers_false(sentence, item)]
            false += [f"{name!r} is not a thing of {item.label}" for name in self._left_over(sentence)]
        return Verdict(claims, tuple(false), frozenset((field, n.name) for n in named for field in n.fields))

    def _mark_films(self, text: str, named: list[_Named]) -> str:
        """Puts a mark for each "Title (year)": the longest title of the catalogue that ends at the year."""
        for year in reversed(list(_YEAR.finditer(text))):
            starts = range(max(0, year.start() - 100), year.start())
            start = next((s for s in starts if text[s : year.end()].lower() in self._films), None)
            if start is not None:
                film = self._films[text[start : year.end()].lower()]
                text = _marked(text, start, year.end(), _Named(film.label, film=film), named)
        return text

    def _mark_names(self, text: str, item: Item, named: list[_Named]) -> str:
        own: dict[str, set[str]] = defaultdict(set)
        for field, name in _names_of(item):
            own[name].add(field)
        for name in sorted(own, key=len, reverse=True):
            pattern = re.compile(rf"(?<![A-Za-z0-9⟦]){re.escape(name)}(?![A-Za-z0-9])", re.IGNORECASE)
            for match in reversed(list(pattern.finditer(text))):
                if self._is_name(match[0]):
                    text = _marked(text, match.start(), match.end(), _Named(name, frozenset(own[name])), named)
        return text

    def _names_false(self, sentence: str, item: Item, named: list[_Named]) -> list[str]:
        marks = [(match, named[int(match[1])]) for match in _MARK.finditer(sentence)]
        films = [mark.film for _, mark in marks if mark.film]
        names = [(match, mark) for match, mark in marks if not mark.film]
        false = [f"nothing is said to be shared with {film.label}" for film in films if not names]
        for match, mark in names:
            fields = _claimed(mark.fields, sentence, match)
            for holder in (item, *films):
                held = {name for field, name in _names_of(holder) if field in fields}
                if mark.name not in held:
                    false.append(f"{mark.name} is not among the {' or '.join(sorted(fields))} of {holder.label}")
        return false

    def _left_over(self, sentence: str) -> list[str]:
        rest = _MARK.sub(" ⟦⟧ ", sentence)
        words = re.findall(r"[\w'’.-]*\w", rest)
        runs = {" ".join(words[start : start + size]) for size in (1, 2, 3, 4) for start in range(len(words))}
        known = [run for run in runs if run.lower() not in _PHRASES and self._is_name(run)]
        return [*known, *_CAPITAL.findall(rest), *(year[0] for year in _YEAR.finditer(rest))]

    def _is_name(self, words: str) -> bool:
        """A person is written with a capital ("what they have in common" is not about Common); a genre need not be."""
        fields = self._names.get(words.lower(), set())
        return bool(fields - _PEOPLE) or (bool(fields) and words != words.lower())


def _marked(text: str, start: int, end: int, what: _Named, named: list[_Named]) -> str:
    named.append(what)
    return f"{text[:start]}⟦{len(named) - 1}⟧{text[end:]}"


def _names_of(item: Item) -> Iterable[tuple[str, str]]:
    return ((field, name.lower()) for field in _FIELDS for name in getattr(item, field))


def _claimed(fields: frozenset[str], sentence: str, place: re.Match[str]) -> frozenset[str]:
    """Returns the fields that the words claim for a name: the last cue before it, else the first after it."""
    for group in _GROUPS:
        if not fields & group.keys():
            continue
        cues = [(match.end(), field) for field, pattern in group.items() for match in pattern.finditer(sentence)]
        before = [cue for cue in cues if cue[0] <= place.start()]
        after = [cue for cue in cues if cue[0] > place.start()]
        if before or after:
            return frozenset({max(before)[1] if before else min(after)[1]})
    return fields


def _numbers_false(sentence: str, item: Item) -> list[str]:
    text = _MARK.sub(lambda match: "_" * len(match[0]), sentence)
    return [match[0] for match in _NUMBER.finditer(text) if not _true(match, text.lower(), item)]


def _true(match: re.Match[str], text: str, item: Item) -> bool:
    """Whether a number is the item's in the sense that the words around it give."""
    number, before, after = float(match[0]), text[: match.start()], text[match.end() :].lstrip()
    if after.startswith(("minute", "分钟")):
        return item.runtime == number
    if "oscar" in before or "奥斯卡" in before:
        return item.oscars == number
    if "rated" in before or "评分" in before:
        return item.rating == number or (number == 10 and before.endswith((" of ", "满分")))
    return item.year == number
