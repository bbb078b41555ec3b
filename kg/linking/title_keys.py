"""The keys under which a title is found: itself, looser spellings, main part, subtitle, place in a series."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.text import fold, normalise_title

EXACT, LOOSE, ARTICLE, TAIL, HEAD = 1.0, 0.96, 0.7, 0.85, 0.7

_BREAK = re.compile(r":\s+|\s+[–—-]\s+|\.{3}\s+|\?\s+|\s+\((?=[^)\d])|\s*/\s*(?=\w{4})|[,;]\s+or[,:]?\s+|\s+or:\s+")
_AND_THE = re.compile(r"\s+(?:and|&)\s+(?=the\b)", re.IGNORECASE)
_JOINED = re.compile(r"(?<=\w)[-‐·.](?=\w)")
_COUNTED = re.compile(r"(?:part|vol|volume|chapter|episode|no|number|the movie|the film|movie|\d+|one|two|three| )+")
_TAIL_NUMBER = re.compile(r"^(?:part|vol|volume|chapter|episode) (\d+|one|two|three|four|five)\b")
_NUMBER = re.compile(r"\s+(?:part|vol|volume|chapter|episode)?\s*\d+$")
_FILLER = frozenset(("the", "a", "an", "and", "part", "chapter", "episode", "volume", "vol", "pt"))
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen"
_DIGITS = {word: str(number) for number, word in enumerate(_NUMBERS.split(), start=1)}
_SAME = {
    **_DIGITS,
    "forty": "40",
    "hundred": "100",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "seventh": "7th",
    "versus": "v",
    "vs": "v",
    "doctor": "dr",
    "mister": "mr",
    "missus": "mrs",
    "saint": "st",
    "junior": "jr",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "colour": "color",
    "grey": "gray",
    "bastards": "basterds",
}


@lru_cache(maxsize=1 << 16)
def loose(key: str) -> str:
    """Returns the normalised title without blanks, fillers ("part", "the") and differences of spelling.

    `oceans eleven` = `oceans 11`, `spider man` = `spiderman`, `kill bill volume 2` = `kill bill 2`.
    """
    words = key.split()
    kept = [_SAME.get(word, word) for word in words if word not in _FILLER]
    return "".join(kept or words)


def digits(key: str) -> str:
    """Returns the normalised title with number words as digits (`oceans eleven` → `oceans 11`)."""
    return " ".join(_DIGITS.get(word, word) for word in key.split())


def starts_with_article(text: str) -> bool:
    """Returns whether a title as typed begins with the, a or an (or ends with it, after a comma)."""
    folded = fold(text).strip()
    return folded.startswith(("the ", "a ", "an ")) or folded.endswith((", the", ", a", ", an"))


def title_keys(title: str) -> Iterator[tuple[str, float]]:
    """Yields (key, how well a mention of exactly that key names the title), the title's own key first."""
    whole = normalise_title(title)
    yield whole, EXACT
    if " " in whole and (counted := digits(whole)) != whole:
        yield counted, LOOSE
    if _JOINED.search(title):
        yield normalise_title(_JOINED.sub("", title)), LOOSE
    parts = [part.strip(" )") for part in _BREAK.split(title)]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        yield from _part_keys(parts)
    halves = _AND_THE.split(title, maxsplit=1)
    if len(halves) > 1 and len(halves[1].split()) > 2:
        yield normalise_title(halves[1]), TAIL - 0.1


def _part_keys(parts: list[str]) -> Iterator[tuple[str, float]]:
    head = normalise_title(parts[0])
    yield head, LOOSE if head[-1:].isdigit() else HEAD
    for position, part in enumerate(parts[1:], start=1):
        tail = normalise_title(part)
        number = _TAIL_NUMBER.match(tail)
        if number and position == 1:
            yield f"{head} {_SAME.get(number[1], number[1])}", TAIL
        if not _COUNTED.fullmatch(tail):
            yield tail, TAIL
            if position > 1:
                yield f"{head} {tail}", LOOSE


def series_head(title: str, key: str) -> str | None:
    """Returns the key of the family a title may belong to: what stands before a colon, a number or "and the".

    `key` is the title's own key.
    """
    head = _AND_THE.split(_BREAK.split(title)[0])[0]
    shorter = _NUMBER.sub("", key if head == title else normalise_title(head))
    return shorter if shorter != key and any(letter.isalpha() for letter in shorter) else None
