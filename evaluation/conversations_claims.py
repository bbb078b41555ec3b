"""An independent check of what a card claims: only its text and the catalogue are read, never the evidence.

The item's own names are found in the text and must stand in the relation that the words around them claim; a film that
is named must share what is said to be shared; a number must be the item's year, runtime, rating or awards, as its words
say. Then nothing may be left over that is a name of the catalogue, a number, or a capitalised word inside a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.catalogue import Catalogue
from kg.items import Item
from kg.names import translated

_FIELDS = ("directors", "writers", "cast", "genres", "countries", "languages", "themes", "moods")
# What the words around a name claim it to be. A cue counts for a name only among the fields of its own group.
_GROUPS: tuple[Mapping[str, re.Pattern[str]], ...] = (
    {
        "directors": re.compile(r"\b(?:direct(?:ed|ors?|s|ing)|behind the camera)\b|执导|导演|拍了", re.I),
        "writers": re.compile(r"\b(?:written|wrote|writers?|writing|scripts?)\b|编剧", re.I),
        "cast": re.compile(
            r"\b(?:stars?|starring|cast|actors?|faces?|screen|parts?|seen|brings back|(?:is|are) in)\b|出演|演员|看到",
            re.I,
        ),
    },
    {
        "themes": re.compile(r"\b(?:themes?|about|in common|deals?|turns? on|heart|drives?)\b|讲|题材", re.I),
        "moods": re.compile(r"\b(?:moods?|feels?|tone)\b|气质", re.I),
    },
    {
        "countries": re.compile(r"\bmade in\b|出品", re.I),
        "languages": re.compile(r"\b(?:spoken in|speak)\b|语言", re.I),
    },
)
# Said without any of the cues above, these speak of the cast.
_WITH = re.compile(r"\b(?:with|is back from|it has|also in|you get)\b", re.I)
_ASKED = re.compile(r"\b(?:ask|asked|asking|want|wanted|wants|wish|request|requested)\b|你要|你想|要求|条件", re.I)
_TASTE = re.compile(r"\b(?:tastes?|suits?|your kind|you like|lean|feeds)\b|口味", re.I)
_TOGETHER = re.compile(r"\b(?:talk(?:s|ed|ing)?|speaks? of|brings? (?:up|one)|breath|come up)\b|谈|说起", re.I)
_PEOPLE = {"directors", "writers", "cast"}
_YEAR = re.compile(r" ?\((\d{4})\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CAPITAL = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’]+")
_MARK = re.compile(r"⟦(\d+)⟧")
# Words of the bot's phrases that are also a name somewhere in the catalogue.
_PHRASES = frozenset(
    {"mood", "themes", "kind", "with", "it", "you", "like", "them", "here", "was", "man", "one", "she", "he"}
    | {"common", "language", "languages", "writer"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has said: liked films (ids), names asked for and liked in small letters, and whether numbers."""

    films: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    tastes: frozenset[str] = frozenset()
    numbers: bool = False


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

    def __init__(self, catalogue: Catalogue, together: Callable[[str, str], bool] = lambda *_: False) -> None:
        """`together` tells whether people who talk of one item (id) often talk of the other."""
        self._together = together
        self._names: dict[str, set[str]] = defaultdict(set)
        self._films = {item.label.lower(): item for item in catalogue}
        for item in catalogue:
            for field, name in _names_of(item):
                self._names[name].add(field)

    def check(self, text: str, item: Item, said: Said | None = None) -> Verdict:
        """Returns the verdict on a card's text about an item; with `said`, also on what the text says of the person."""
        named: list[_Named] = []
        marked = self._mark_names(self._mark_films(_in_names_of_ours(text), named), item, named)
        claims, false = len(named), []
        for sentence in re.split(r"(?<=[.!?])\s+|。", marked):
            numbers = _NUMBER.findall(_MARK.sub("", sentence))
            claims += len(numbers)
            false += self._names_false(sentence, item, named)
            if _TOGETHER.search(sentence) and not _MARK.search(sentence):
                claims += 1
                films = [mark.film for mark in named if mark.film]
                if not any(self._together(film.id, item.id) for film in films):
                    false.append(f"nothing is known of talks about {item.label} and what is named")
            false += self._said_false(sentence, named, said) if said else []
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
                bots_own = name in _PHRASES and text[: match.start()].endswith("the ")  # "the writer of Heat (1995)"
                if self._is_name(match[0]) and not bots_own:
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

    def _said_false(self, sentence: str, named: list[_Named], said: Said) -> list[str]:
        """What a sentence says that the person asked for, likes, or liked, and they did not say."""
        marks = [named[int(match[1])] for match in _MARK.finditer(sentence)]
        names = [mark.name for mark in marks if not mark.film]
        rest = _MARK.sub("", sentence)
        false = [f"{mark.name} is no film they like" for mark in marks if mark.film and mark.film.id not in said.films]
        if _ASKED.search(rest) and not any(mark.film for mark in marks):
            false += [f"{name} was not asked for" for name in names if name not in said.asked]
            false += ["no number was asked for"] if not names and not said.numbers else []
        if _TASTE.search(rest) and not any(mark.film for mark in marks):
            false += [f"{name} is not known to be liked" for name in names if name not in said.tastes]
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


def _in_names_of_ours(text: str) -> str:
    """Returns the text with what is called otherwise in Chinese called as in the catalogue."""
    for name, foreign in sorted(_foreign_names(), key=lambda pair: -len(pair[1])):
        text = text.replace(foreign, name)
    return text


@cache
def _foreign_names() -> list[tuple[str, str]]:
    return [pair for kind in ("genre", "mood", "theme", "country", "language") for pair in translated(kind)]


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
        if "cast" in group and _WITH.search(sentence):
            return frozenset({"cast"})
    return fields


def _numbers_false(sentence: str, item: Item) -> list[str]:
    text = _MARK.sub(lambda match: "_" * len(match[0]), sentence)
    return [match[0] for match in _NUMBER.finditer(text) if not _true(match, text.lower(), item)]


def _true(match: re.Match[str], text: str, item: Item) -> bool:
    """Whether a number is the item's in the sense that the words around it give."""
    number, before, after = float(match[0]), text[: match.start()], text[match.end() :].lstrip()
    if after.startswith(("minute", "分钟")):
        return item.runtime == number
    if "oscar" in before or "奥斯卡" in before or after.startswith(("oscar", "项奥斯卡")):
        return item.oscars == number
    if re.search(r"rated|rating|critics|评分", before) or after.startswith("of 10"):
        return item.rating == number or (number == 10 and before.endswith((" of ", "满分")))
    return item.year == number
