"""Which shown items an utterance means: "the first one", "the other two", "it", "that Nolan one", "the older". Pure."""

import re
from collections.abc import Callable, Sequence

from bot.extremes import pointed_at
from bot.understanding.types import Understanding
from kg.items import Item, facts_of

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
    "last": -1, "final": -1,
}  # fmt: skip
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "couple": 2}
_SPAN = re.compile(r"\b(first|last) (two|three|four|couple|2|3|4)\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|(?:number|no\.?|#) ?(\d{{1,2}}))\b", re.IGNORECASE)
_CHINESE = re.compile(r"第([一二三四五六七八九十]|[1-9]\d?)|(最后)")
_DIGITS = "一二三四五六七八九十"
_NUMBERS = re.compile(
    r"(?<![\w.])(?:\d{1,2}|one|two|three|four|five)(?:\s*(?:,|and|&|,\s*and)\s*(?:\d{1,2}|one|two|three|four|five))+\b",
    re.I,
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SEEN = re.compile(r"\b(seen|watched|saw)\b|看过", re.IGNORECASE)
_ALL = re.compile(r"\b(both|all of them|these|those|them|none of)\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\b(the|that|this) one (with|by|from|about|in|starring|directed|where)\b|"
    r"\b(that|the|this) (?!other\b|first\b|last\b|only\b)[\w' -]*?\bone\b(?! of (?:my|the))|那部",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\bthe (?:others\b|other (one|two|three|four|ones|film|films|movie|movies|\d)\b)", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(both( of them| of those)?|neither( of them| of those)?|the two( of them)?)\b|两部都", re.IGNORECASE
)
_SHOWN_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def meant(
    understanding: Understanding,
    utterance: str,
    last_shown: Sequence[str],
    focus: Sequence[str],
    find: Callable[[str], Item | None],
    earlier: Sequence[str] = (),
) -> tuple[str, ...]:
    """Returns the ids of the shown items that the utterance refers to, in the order said; () when it names none.

    A description that fits none of the items last shown may be of an `earlier` one, the latest first.
    """
    choices = tuple(focus) if len(focus) > 1 else tuple(last_shown)
    if extreme := _by_extreme(utterance, [item for item in map(find, choices) if item]):
        return extreme
    if others := _others(utterance, last_shown, focus):
        return others
    if named := _by_place(utterance, last_shown, understanding):
        return named
    described_from = (*last_shown, *reversed(earlier))
    if described := _by_description(understanding, utterance, [item for item in map(find, described_from) if item]):
        return described
    if _BOTH.search(utterance) and len(choices) == 2 and not understanding.mentions:
        return choices
    if understanding.reference == 0 and not points_out(utterance):
        return tuple(focus[:1]) or tuple(last_shown[:1])
    if _ALL.search(utterance) and (understanding.intent in ("compare", "reject") or _SEEN.search(utterance)):
        return tuple(last_shown)
    return ()


def points_out(utterance: str) -> bool:
    """Returns whether the words describe one of the films shown: "that De Niro one", "the one with the dog"."""
    found = _DESCRIBED.search(utterance)
    return found is not None and found.group().lower() not in ("that one", "the one", "this one", "that right one")


def _by_extreme(utterance: str, items: Sequence[Item]) -> tuple[str, ...]:
    """The older, the shorter … of those spoken of; () where it cannot be told."""
    extreme = pointed_at(utterance)
    ordered = extreme.ordered(items) if extreme else []
    return (ordered[0].id,) if len(ordered) > 1 else ()


def _others(utterance: str, shown: Sequence[str], focus: Sequence[str]) -> tuple[str, ...]:
    """Those that were shown and not just spoken of; "the other one" of two that were compared is the second of them."""
    found = _OTHER.search(utterance)
    if found is None:
        return ()
    single = (found.group(1) or "").lower() in ("one", "film", "movie")
    pair = len(focus) == 2
    if single and pair:
        return (focus[1],)
    spoken = set(focus) if len(focus) < len(shown) else set(focus[:1])
    rest = tuple(item for item in shown if item not in spoken)
    return rest[:1] if single else rest


def _by_place(utterance: str, shown: Sequence[str], understanding: Understanding) -> tuple[str, ...]:
    """Ordinals count only where the understanding saw a reference, or where several may be meant."""
    about_shown = understanding.reference not in (None, 0) or understanding.intent in ("compare", "reject", "accept")
    several = about_shown or _SEEN.search(utterance)
    if not several:
        return ()
    if span := _SPAN.search(utterance):
        count = _COUNTS[span.group(2).lower()]
        return tuple(shown[:count] if span.group(1).lower() == "first" else shown[-count:])
    if several and (listed := _NUMBERS.search(utterance)):
        numbers = re.findall(r"\d+|[a-z]+", listed.group().lower())
        places = [_WORDS.get(word) or int(word) for word in numbers if word.isdigit() or word in _WORDS]
        return tuple(dict.fromkeys(item for place in places if (item := _at(shown, place))))
    if not about_shown:  # "the first film I ever saw" is none of ours
        return ()
    places = places_said(utterance) or [understanding.reference or 0]
    return tuple(dict.fromkeys(item for place in places if (item := _at(shown, place))))


def places_said(utterance: str) -> list[int]:
    """Returns the places that are named, English ones first: 1 of "the first", 2 of 第二部, -1 of "the last"."""
    return [
        *(int(m[2]) if m[2] else _ORDINALS[m[1].lower()] for m in _ORDINAL.finditer(utterance)),
        *(_chinese_place(m[1]) for m in _CHINESE.finditer(utterance)),
    ]


def _chinese_place(number: str | None) -> int:
    if number is None:
        return -1
    return _DIGITS.index(number) + 1 if number in _DIGITS else int(number)


def _at(shown: Sequence[str], place: int) -> str | None:
    if place == -1:
        return shown[-1] if shown else None
    return shown[place - 1] if 0 < place <= len(shown) else None


def _by_description(understanding: Understanding, utterance: str, items: Sequence[Item]) -> tuple[str, ...]:
    """The first of the items that has what is named beside "that … one": a person, a genre, a country, a year."""
    if not points_out(utterance):
        return ()
    named = {m.entity for m in understanding.mentions if m.kind != "item" and m.entity}
    years = {int(year) for year in _SHOWN_YEAR.findall(utterance)}
    fitting = [
        item.id
        for item in items
        if (named or years)
        and named <= {fact.object.id for fact in facts_of(item)}
        and (not years or item.year in years)
    ]
    return tuple(fitting[:1])
