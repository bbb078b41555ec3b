"""Limits on numbers of the catalogue's own: "under 400 pages", "for 4 players", "cheaper than 20".

A small grammar: a comparison, a number, and a unit that the catalogue knows. Pure; what it does not know is no limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.understanding.rules.words import lower, small_value
from kg.domain import Domain, Measure
from retrieval.wish import AmountLimit

Way = Literal["less", "more"]
LIMIT = 2_000  # characters that are read
_TAKEN = "\0"
ABOUT = 0.2  # "about 300 pages" is a fifth more or less
_UNITS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS = rf"(?:(?:a|{_UNITS}) (?:hundred|thousand)|(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS})"
_CHINESE = "一二两三四五六七八九十"
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|{_WORDS}|[{_CHINESE}])"
_SIGN = r"[$€£¥₹]"
_QUESTION = re.compile(
    r"^\W*(?:and |but |so |ok |hmm )*(?:(?:is|does|did|has|was|will|can|could|would) (?:it|that|this|he|she|the \w+)\b|"
    r"how (?:many|much|long|heavy|hard)|what'?s the|what is the|which one)"
)
Kind = Literal["most", "least", "below", "above", "about", "exact"]
# What stands before a number, and what behind it. The first that fits decides.
_BEFORE: tuple[tuple[Kind, str], ...] = (
    (
        "most",
        r"(?:no|not|nothing) (?:more|longer|dearer|heavier|over|above)(?: than)?|at most|up to|max(?:imum|\.)?(?: of)?",
    ),
    ("most", r"max(?:imum|\.)?(?: of)?|within|not exceeding|(?:a|my|our) budget (?:of|is)|budget:?|最多|至多|不超过"),
    (
        "least",
        r"(?:no|not|nothing) (?:less|fewer|shorter|under|below)(?: than)?|at least|min(?:imum|\.)?(?: of)?|至少|起码",
    ),
    ("below", r"under|below|(?:less|fewer|cheaper|shorter|thinner|lighter|smaller|simpler|easier) than|少于|不到|低于"),
    (
        "above",
        r"over|above|(?:more|longer|thicker|dearer|heavier|greater|harder) than|more expensive than|超过|多于|高于",
    ),
    ("about", r"about|around|roughly|approximately|some|circa|ca\.?|~|大约|大概"),
)
_BEHIND: tuple[tuple[Kind, str], ...] = (
    ("most", r"(?:or (?:less|fewer|under|below)|max(?:imum)?|tops|at (?:the )?most)\b|以下|以内|之内"),
    ("least", r"(?:(?:or|and) (?:more|over|up)|plus|at least)\b|以上"),
)
_FITS_BEFORE = tuple((kind, re.compile(rf"(?<![A-Za-z0-9_])(?:{words}) ?$")) for kind, words in _BEFORE)
_FITS_BEHIND = tuple((kind, re.compile(rf"^ ?(?:{words})")) for kind, words in _BEHIND)
_RANGE = re.compile(
    rf"(?<![A-Za-z0-9_.])(?:(?:between|from) )?{_SIGN}? ?(?P<low>{_NUMBER})[^\W\d]{{0,8}}{_SIGN}? ?"
    r"(?:(?<=\s)(?:and|to) |[-–至到]) ?$"
)
_TO = re.compile(rf"^ ?(?:[-–]|to) ?{_SIGN}? ?(?P<high>{_NUMBER})(?![\w%])")
_FOR = re.compile(r"(?<!\w)(?:for|with|there are|there will be|we are|we're) (?:the |a group of |just |only )?$")
_PLAY = re.compile(r"^ ?(?:玩|用|吃)")
_BARE = re.compile(rf"(?<![A-Za-z0-9_.])(?P<number>{_NUMBER})(?![\w%.]|[,.]\d)")
_ENDS = re.compile(r"^ ?(?:$|[,.;!?]|in |under |that |who |with |and )")
_AGE = re.compile(
    rf"(?:(?:for|to) (?:a |an |my |our )?)?(?P<number>{_NUMBER})[- ]?(?:years?|yrs?)?[- ]?olds?\b|"
    rf"\b(?:ages?|aged) (?P<named>{_NUMBER})(?: ?\+| and up)?|(?P<chinese>{_NUMBER}) ?岁"
)
_MONEY = re.compile(r"cheaper|dearer|more expensive|budget")


@dataclass(frozen=True, slots=True)
class Said:
    """What an utterance says of amounts: limits, ways to go from what was shown, and where (start, end) it says so."""

    limits: tuple[AmountLimit, ...] = ()
    moves: tuple[tuple[str, Way], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.limits or self.moves)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number at `start`–`end`. One that stands `bare`, without a unit, needs a comparison and the measure's name."""

    start: int
    end: int
    value: float
    bare: bool = False


def read(text: str, domain: Domain) -> Said:
    """Returns the limits and moves of a text; none for a question about one item ("is it under 300 pages?")."""
    rest = lower(text[:LIMIT])
    if not domain.measures or _QUESTION.match(rest):
        return Said()
    limits: dict[str, AmountLimit] = {}
    moves: list[tuple[str, Way]] = []
    spans: list[tuple[int, int]] = []

    def take(start: int, end: int) -> None:
        nonlocal rest
        spans.append((start, end))
        rest = f"{rest[:start]}{_TAKEN * (end - start)}{rest[end:]}"

    for measure in domain.measures:
        for found in _numbers(rest, measure):
            if _TAKEN not in rest[found.start : found.end] and (limit := _limit(rest, found, measure)):
                limits[measure.name] = limit[0]
                take(*limit[1])
    for measure in domain.measures:
        for way, phrase in _ways(measure, domain):
            if measure.name not in limits and (said := phrase.search(rest)):
                moves.append((measure.name, way))
                take(*said.span())
    return Said(tuple(limits.values()), tuple(moves), tuple(sorted(spans)))


def without(text: str, said: Said) -> str:
    """Returns the text with blanks where amounts were read: every other character keeps its place."""
    for start, end in said.spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _numbers(text: str, measure: Measure) -> Iterator[_Found]:
    """Yields the numbers that may be of the measure: those with its unit first, then those that stand alone."""
    if measure.least:
        for match in _AGE.finditer(text):
            yield _Found(*match.span(), _value(next(number for number in match.groups() if number)))
        return
    for match in _with_unit(measure).finditer(text):
        yield _Found(*match.span(), _value(match["signed"] or match["number"] if measure.money else match["number"]))
    for match in _BARE.finditer(text):
        yield _Found(*match.span(), _value(match["number"]), bare=True)


def _between(name: str, one: float, other: float) -> AmountLimit:
    return AmountLimit(name, min(one, other), max(one, other))


def _limit(text: str, found: _Found, measure: Measure) -> tuple[AmountLimit, tuple[int, int]] | None:
    """Returns the limit that a number makes and the place of all its words; None where nothing compares it."""
    before, behind = text[: found.start], text[found.end :]
    start, end = found.start, found.end
    kind: Kind | None = "exact" if measure.least and not found.bare else None
    low = _RANGE.search(before)
    if low and not found.bare:
        return _between(measure.name, _value(low["low"]), found.value), (low.start(), end)
    if not found.bare and (high := _TO.match(behind)):
        return _between(measure.name, found.value, _value(high["high"])), (start, end + high.end())
    for each, pattern in _FITS_BEFORE:
        if kind is None and (match := pattern.search(before)):
            kind, start = each, match.start()
    for each, pattern in _FITS_BEHIND:
        if kind in (None, "about") and (match := pattern.search(behind)):
            kind, end = each, end + match.end()
    named = re.search(rf"(?<!\w)(?:{_names(measure)})(?: is| of| are|:)? ?$", text[:start])
    if found.bare and kind and not named and not (measure.money and _MONEY.search(f"{text[: found.start]}")):
        return None
    if named:
        start = named.start()
    if kind is None and measure.group:
        grouped = _FOR.search(before)
        if grouped or (not found.bare) or _PLAY.search(behind):
            kind = "exact" if not found.bare or (grouped and _ENDS.search(behind)) else None
            start = grouped.start() if grouped else start
    return None if kind is None else (_made(kind, measure, found.value), (start, end))


def _made(kind: Kind, measure: Measure, value: float) -> AmountLimit:
    name = measure.name
    if measure.least:  # "for a child of 6" wants what is fit from an age of 6 or less on
        return AmountLimit(name, most=value)
    match kind:
        case "most":
            return AmountLimit(name, most=value)
        case "least":
            return AmountLimit(name, least=value)
        case "below":
            return AmountLimit.below(name, value)
        case "above":
            return AmountLimit.above(name, value)
        case "about":
            return AmountLimit(name, value * (1 - ABOUT), value * (1 + ABOUT))
        case "exact":
            return AmountLimit(name, value, value)


@cache
def _with_unit(measure: Measure) -> re.Pattern[str]:
    number = rf"(?P<number>{_NUMBER})"
    if measure.money:
        signed = rf"{_SIGN} ?(?P<signed>{_NUMBER})(?: ?(?:{_names(measure)}))?"
        return re.compile(rf"(?<![A-Za-z0-9_.])(?:{signed}|{number} ?(?:{_SIGN}|{_names(measure)}))")
    return re.compile(rf"(?<![A-Za-z0-9_.]){number}[ -]?(?:{_names(measure)})(?:[- ]game)?")


@cache
def _names(measure: Measure) -> str:
    """Returns a pattern of the words for a measure: its units and its own name."""
    words = sorted({*measure.units, measure.name.replace("_", " ")}, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![a-z])" if word[-1].isascii() else "") for word in words)


def _value(text: str) -> float:
    if text[0].isdigit():
        thousands = re.sub(r"(?<=\d)[,.](?=\d{3}(?!\d))", "", text)
        return float(thousands.replace(",", "."))
    if text in _CHINESE:
        return float({"两": 2}.get(text, "一二三四五六七八九十".find(text) + 1))
    head, _, scale = text.rpartition(" ")
    if scale in ("hundred", "thousand"):
        return (1 if head == "a" else small_value(head)) * (100.0 if scale == "hundred" else 1000.0)
    return float(small_value(text))


def _ways(measure: Measure, domain: Domain) -> Iterator[tuple[Way, re.Pattern[str]]]:
    """The words for less and more of a number; "shorter" is of time where the catalogue knows how long things take."""
    for way, words in (("less", measure.less), ("more", measure.more)):
        own = [word for word in words if not (domain.timed and word in ("shorter", "longer"))]
        if own:
            named = "|".join(re.escape(word) for word in sorted(own, key=len, reverse=True))
            yield (
                way,
                re.compile(
                    rf"(?<!\w)(?:(?:a (?:bit|little)|much|something) )?(?:{named})(?![a-z])(?! than (?!th[aeio]|it\b))"
                ),
            )  # type: ignore[misc]
