"""What only the whole catalogue can tell about its people: how a name is spelled, and who is known best."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.items import Item
from kg.sources.names import distinct
from kg.text import fold

LEADS = 3
_MARKS = re.compile(r"[\W_]+")


def one_spelling(items: Sequence[Item], others: Sequence[Item]) -> tuple[list[Item], int]:
    """Returns `others` with their people spelled as in `items` (else as most of `others` do), and the names changed.

    `J.K. Simmons` becomes `J. K. Simmons`: names are equal without case, accents, marks and spaces. Names of `items`
    stay: one source that spells two names alike but for an accent means two people.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for weight, part in ((len(others) + 1, items), (1, others)):
        for item in part:
            for name in _people(item):
                counts[_key(name)][name] += weight
    spelling = {name: _commonest(found) for found in counts.values() if len(found) > 1 for name in found}
    changed = {name for item in others for name in _people(item) if spelling.get(name, name) != name}
    return [_renamed(item, lambda name: spelling.get(name, name)) for item in others], len(changed)


def best_known_first(items: Iterable[Item], billed: Iterable[Item]) -> list[Item]:
    """Returns the items, whose casts stand in the alphabet's order, with the people first that one knows.

    How known a person is: for each of their films its popularity times the chance that theirs was a leading part, which
    is one in the size of an alphabetical cast, and one in three for the first three of a `billed` film.
    """
    films = list(items)
    fame: defaultdict[str, float] = defaultdict(float)
    for item, leads in [(item, item.cast) for item in films] + [(item, item.cast[:LEADS]) for item in billed]:
        for name in leads:
            fame[name] += item.popularity / len(leads)
    return [replace(item, cast=tuple(sorted(item.cast, key=lambda name: (-fame[name], name)))) for item in films]


def _people(item: Item) -> Iterable[str]:
    return (*item.directors, *item.writers, *item.cast)


def _key(name: str) -> str:
    return _MARKS.sub("", fold(name)) or name


def _commonest(found: Counter[str]) -> str:
    return min(found, key=lambda name: (-found[name], name))


def _renamed(item: Item, spell: Callable[[str], str]) -> Item:
    directors, writers, cast = (
        distinct([spell(name) for name in names]) for names in (item.directors, item.writers, item.cast)
    )
    return replace(item, directors=directors, writers=writers, cast=cast)
