"""Which shown items an utterance means: "the first one", "the last two", "it", "that Nolan one". Pure."""

import re
from collections.abc import Callable, Sequence

from bot.understanding.types import Understanding
from kg.items import Item

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
    "last": -1, "final": -1,
}  # fmt: skip
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "couple": 2}
_SPAN = re.compile(r"\b(first|last) (two|three|four|couple|2|3|4)\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|(?:number|no\.?|#) ?(\d{{1,2}}))\b", re.IGNORECASE)
_CHINESE = re.compile(r"第([一二三四五六七八九十])|(最后)")
_NUMBERS = re.compile(
    r"(?<![\w.])(?:\d{1,2}|one|two|three|four|five)(?:\s*(?:,|and|&|,\s*and)\s*(?:\d{1,2}|one|two|three|four|five))+\b",
    re.I,
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SEEN = re.compile(r"\b(seen|watched|saw)\b|看过", re.IGNORECASE)
_ALL = re.compile(r"\b(both|all of them|these|those|them|none of)\b", re.IGNORECASE)
_THAT_ONE = re.compile(r"\b(that|the)\b.*\bone\b", re.IGNORECASE)


def meant(
    understanding: Understanding,
    utterance: str,
    last_shown: Sequence[str],
    focus: Sequence[str],
    find: Callable[[str], Item | None],
) -> tuple[str, ...]:
    """Returns the ids of the shown items that the utterance refers to, in the order said; () when it names none."""
    if named := _by_place(utterance, last_shown, understanding):
        return named
    if described := _by_person(understanding, utterance, last_shown, find):
        return described
    if understanding.reference == 0:
        return tuple(focus[:1]) or tuple(last_shown[:1])
    if _ALL.search(utterance) and (understanding.intent in ("compare", "reject") or _SEEN.search(utterance)):
        return tuple(last_shown)
    return ()


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
    places = [_place(match) for match in _ORDINAL.finditer(utterance)]
    places += ["一二三四五六七八九十".index(m.group(1)) + 1 if m.group(1) else -1 for m in _CHINESE.finditer(utterance)]
    if not places and understanding.reference:
        places = [understanding.reference]
    return tuple(dict.fromkeys(item for place in places if (item := _at(shown, place))))


def _place(match: re.Match[str]) -> int:
    return int(match.group(2)) if match.group(2) else _ORDINALS[match.group(1).lower()]


def _at(shown: Sequence[str], place: int) -> str | None:
    if place == -1:
        return shown[-1] if shown else None
    return shown[place - 1] if 0 < place <= len(shown) else None


def _by_person(
    understanding: Understanding, utterance: str, shown: Sequence[str], find: Callable[[str], Item | None]
) -> tuple[str, ...]:
    if not _THAT_ONE.search(utterance):
        return ()
    people = {m.entity.removeprefix("person:") for m in understanding.mentions if m.kind == "person" and m.entity}
    items = [item for item in map(find, shown) if item]
    return tuple(item.id for item in items if people & {*item.directors, *item.cast, *item.writers})[:1]
