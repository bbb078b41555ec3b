"""All people of the catalogue, found by full name, surname, nickname or a misspelling of these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.items import Item
from kg.linking.fame import fame_of
from kg.linking.fuzzy import NameIndex
from kg.linking.tables import sayings
from kg.text import normalise_name

FULL, SHORTER, SURNAME, FIRST_NAME = 1.0, 0.93, 0.85, 0.7

# A director makes fewer films than an actor plays in, and is no less meant by "Scott" or "Lee".
_DIRECTOR_WEIGHT = 3.0
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_BEARERS = 8
_FAMOUS = 5_000
# How much a misspelling takes from the fit: Christopher Nolen is not Christopher Walken.
_SLIP = 1.8


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is the normalised name, `fame` log10(n / rank) by the summed popularity of the person's films."""

    id: str
    key: str
    fame: float


class PeopleIndex:
    """Immutable; `people` are sorted by fame, best known first, and every answer names them by position."""

    def __init__(self, items: Iterable[Item]) -> None:
        weights = _weights(items)
        ordered = sorted(weights, key=lambda name: (-weights[name], name))
        fames = fame_of([weights[name] for name in ordered])
        keys = [normalise_name(name) for name in ordered]
        triples = zip(ordered, keys, fames, strict=True)
        self.people = [Person(f"person:{name}", key, fame) for name, key, fame in triples]
        self.position = {person.id: place for place, person in enumerate(self.people)}
        self.keys: dict[str, list[tuple[int, float]]] = {}
        self.aliases = self._read_aliases()
        for place, key in enumerate(keys):
            for name, quality in _name_keys(key):
                bearers = self.keys.setdefault(name, [])
                if len(bearers) < _BEARERS or quality == FULL:
                    bearers.append((place, quality))
        self._compact = {key.replace(" ", ""): place for place, key in reversed(list(enumerate(keys)))}
        self._full = NameIndex(keys)
        self._short_names = sorted(
            {name for place, key in enumerate(keys[:_FAMOUS]) for name, _ in _name_keys(key)} | set(self.aliases)
        )
        self._short = NameIndex(self._short_names)

    def of_text(self, key: str) -> Iterator[tuple[int, float]]:
        """Yields (position, quality 0 … 1) of everyone whom the normalised name may mean, in no order, with repeats."""
        if key in self.aliases:
            yield self.aliases[key], FULL
        yield from self.keys.get(key, ())
        place = self._compact.get(key.replace(" ", ""))
        if place is not None:
            yield place, SHORTER

    def nearly(self, key: str) -> Iterator[tuple[int, float]]:
        """Yields the same for misspelt names."""
        if len(key) < 4:
            return
        for place, similarity in self._full.near(key, 0.76):
            yield place, 1 - _SLIP * (1 - similarity)
        lowest = 0.8 if len(key) < 8 else 0.74 if " " not in key else 0.68
        for position, similarity in self._short.near(key, lowest):
            name = self._short_names[position]
            for place, quality in self.of_text(name):
                yield place, (1 - _SLIP * (1 - similarity)) * quality

    def _read_aliases(self) -> dict[str, int]:
        return {
            normalise_name(word): place
            for name, words in sayings("people", "person")
            if (place := self.position.get(f"person:{name}")) is not None
            for word in words
        }


def _weights(items: Iterable[Item]) -> dict[str, float]:
    weights: defaultdict[str, float] = defaultdict(float)
    for item in items:
        worth = item.popularity + 0.01
        for name in item.directors:
            weights[name] += _DIRECTOR_WEIGHT * worth
        others = {name for joined in item.joined if joined.kind == "person" for name in joined.names}
        for name in {*item.cast, *item.writers, *others}.difference(item.directors):
            weights[name] += worth
    return dict(weights)


def _name_keys(key: str) -> Iterator[tuple[str, float]]:
    """The full name, then what is said for short: without suffix, without middle names, the surname, the first name."""
    yield key, FULL
    words = key.split()
    if words[-1:] and words[-1] in _SUFFIXES and len(words) > 2:
        words = words[:-1]
        yield " ".join(words), SHORTER
    if len(words) < 2:
        return
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}", SHORTER
    for start in range(1, len(words)):
        yield " ".join(words[start:]), SURNAME
    yield words[0], FIRST_NAME
