"""Which items belong to one series, from their titles and the people they share."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.items import Item
from kg.text import normalise_title

_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight)"
# What a sequel's title adds to the first one's, in normalised titles: "rocky 2", "it chapter two", "batman returns".
_SEQUEL = re.compile(rf"^(?P<stem>.+?) (?:(?:part|chapter|volume|vol|episode) )?{_NUMBER}(?: 3 d| 3d)?$")
_RETURN = re.compile(r"^(?P<stem>.+?) (?:returns|reloaded|revolutions|begins|rises|forever|again|resurrection|reborn)$")
_ADVENTURE = re.compile(r"^(?P<stem>\S+ \S+(?: \S+)?) and (?:the|a) ")
_SUBTITLE = re.compile(r"\s*(?::|\s[–—-]\s)\s*")


@dataclass(frozen=True, slots=True)
class _Claim:
    """An item's claim to belong to the series of a stem; `shared` people must be the same to believe it."""

    item: Item
    title: str
    people: frozenset[str]
    shared: int

    def meets(self, other: "_Claim", stem: str) -> bool:
        """Returns whether the two are of one series. A title that merely begins alike must meet the whole title."""
        shared = max(self.shared, other.shared)
        founded = shared == 1 or stem in (self.title, other.title)
        return founded and self.title != other.title and len(self.people & other.people) >= shared


def series_of(items: Iterable[Item]) -> dict[str, str]:
    """Returns the series of each item that is in one: item id → the id of the series' earliest item.

    Two items are of one series if one's title is the other's with a number, a subtitle or a word like "returns", or
    both add one to the same words, and they share a director, a writer or a player; or if one's title begins with the
    other's ("Rocky Balboa") and they share two people, three where the title is a single word.
    """
    catalogue = list(items)
    titles = {item.id: normalise_title(item.title) for item in catalogue}
    whole = set(titles.values())
    claims: defaultdict[str, list[_Claim]] = defaultdict(list)
    for item in sorted(catalogue, key=lambda item: (item.year or 9999, item.id)):
        people = frozenset((*item.directors, *item.writers, *item.cast))
        needed = {stem: count for stem, count in _beginnings(titles[item.id]) if stem in whole}
        for stem, count in (needed | dict.fromkeys(_stems(item.title), 1)).items():
            claims[stem].append(_Claim(item, titles[item.id], people, count))
    return _joined(claims)


def _joined(claims: dict[str, list[_Claim]]) -> dict[str, str]:
    """Joins the claims that meet, and what each of them was joined with before; the earliest item leads."""
    leader: dict[str, _Claim] = {}
    for stem, group in claims.items():
        # Only who shares a person can meet: thousands of titles may begin with "Love".
        met: defaultdict[str, list[_Claim]] = defaultdict(list)
        for claim in group:
            others = {other.item.id: other for person in claim.people for other in met[person]}
            for other in others.values():
                if claim.meets(other, stem):
                    _join(_find(leader, claim), _find(leader, other), leader)
            for person in claim.people:
                met[person].append(claim)
    return {item_id: _find(leader, above).item.id for item_id, above in leader.items()}


def _join(one: _Claim, two: _Claim, leader: dict[str, _Claim]) -> None:
    first, second = sorted((one, two), key=lambda claim: (claim.item.year or 9999, claim.item.id))
    leader[first.item.id] = first
    leader[second.item.id] = first


def _find(leader: dict[str, _Claim], claim: _Claim) -> _Claim:
    while (above := leader.get(claim.item.id, claim)).item.id != claim.item.id:
        claim = above
    return claim


def _stems(title: str) -> Iterator[str]:
    """Yields the whole title and every shorter one that it may continue, all normalised."""
    yield normalise_title(title)
    parts: Sequence[str] = _SUBTITLE.split(title)
    for end in range(len(parts), 0, -1):
        head = normalise_title(": ".join(parts[:end]))
        yield head
        for pattern in (_SEQUEL, _RETURN, _ADVENTURE):
            if match := pattern.match(head):
                yield match["stem"]


def _beginnings(title: str) -> Iterator[tuple[str, int]]:
    """Yields the words that the title begins with, and how many people must be shared to call it a series."""
    words = title.split()
    for count in range(1, len(words)):
        yield " ".join(words[:count]), 3 if count == 1 else 2
