"""Makes one spelling out of many: plain quotes and dashes, lower case, digits for number words."""

import re
from collections.abc import Iterable

TITLE = "□"
"""Stands in the text where a film was named, so that "12 Angry Men" is not read as a number."""

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_VALUES["fourty"] = 40
_UNIT = "|".join(_UNITS[1:10])
_TEN = "|".join([*_TENS, "fourty"])
_SMALL = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_HUNDREDS = re.compile(rf"\b(?:(an?|{_UNIT}) )?hundred(?:(?: and)? ({_SMALL}))?\b(?! (?:days|times|of|people|years))")
_CENTURY = re.compile(
    rf"\b(nineteen|twenty|eighteen)[ -](?:(?:oh|o)[ -]({_UNIT})|({_TEN})(?:[ -]({_UNIT}))?|({'|'.join(_UNITS[10:])}))\b"
)
_THOUSAND = re.compile(rf"\btwo[ -]thousand(?:(?: and)?[ -]({_SMALL}))?\b")
_NUMBER = re.compile(rf"\b{_SMALL}\b")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-"})


def lower(text: str) -> str:
    """Returns `text` in lower case with plain quotes and dashes; every character keeps its place."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).translate(_PLAIN)


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Returns `text` with each span (start, end) replaced by `TITLE` and a bracketed year after it dropped."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {TITLE} {text[end:]}"
    text = re.sub(rf"{TITLE}\s*[\"']?\s*\((?:1[89]|20)\d\d\)", f"{TITLE} ", text)
    return re.sub(r"[^\S\n]+", " ", text)


def small_value(words: str) -> int:
    """Returns the number that words up to ninety-nine say ("forty two" is 42)."""
    return sum(_VALUES[word] for word in re.split(r"[ -]", words))


def digits(text: str) -> str:
    """Returns `text` with number words and spoken years in digits ("two and a half" becomes "2 and a half")."""
    text = _THOUSAND.sub(lambda m: str(2000 + (small_value(m[1]) if m[1] else 0)), text)
    text = _CENTURY.sub(_century, text)
    text = _HUNDREDS.sub(_hundreds, text)
    text = re.sub(r"\bhalf a dozen\b", "6", text)
    text = re.sub(r"\b(?:a|1|one) dozen\b", "12", text)
    return _NUMBER.sub(lambda m: str(small_value(m[0])), text)


def _century(match: re.Match[str]) -> str:
    base = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[match[1]]
    _, oh, ten, unit, teen = match.groups()
    return str(base + sum(_VALUES[word] for word in (oh, ten, unit, teen) if word))


def _hundreds(match: re.Match[str]) -> str:
    many = 1 if match[1] in (None, "a", "an") else _VALUES[match[1]]
    return str(100 * many + (small_value(match[2]) if match[2] else 0))
