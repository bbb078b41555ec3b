"""Catalogues of any size whose skew is the default catalogue's: for `bench.growth`, and for nothing else.

The best known items of the core stay as they are, half of the catalogue at most. Each further one takes its numbers,
genres, countries, languages, themes and axes from an item drawn from the core, so that what goes together still does.
Its people come from a Simon process (Simon, On a class of skew distribution functions, 1955): a credit goes to a new
name with the chance that the core shows, else it copies an earlier credit, which makes the known better known. So a
name's credits follow Zipf's law at any size, and the number of names grows with the number of items. No career ends in
it: the best known grow better known than people do (`docs/growth.md` has how much).
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kg.items import Item
from kg.sources import Loaded, Report
from retrieval.encoder import DIMENSIONS, Vectors

Numbers = npt.NDArray[np.int64]
ROLES = ("directors", "writers", "cast")
# The share of a title's words that nobody used before. A title of one word is always new.
COINED = 0.3
# How far a vector lies from the one it starts at: at a cosine of about .76, so that a catalogue grows denser, as real
# ones do: a film of the default catalogue lies at .67 to the nearest other one.
SPREAD = 0.7


@dataclass(frozen=True)
class Grown:
    """A catalogue source of `count` items grown from a core, the same for the same seed."""

    core: Sequence[Item]
    count: int
    seed: int = 0
    name: str = "grown"

    def fingerprint(self) -> str:
        """Returns a text that changes with the size and the seed."""
        return f"{len(self.core)} {self.count} {self.seed}"

    def load(self) -> Loaded:
        """Returns the items, sorted by id."""
        items = tuple(sorted(grown(self.core, self.count, self.seed), key=lambda item: item.id))
        return Loaded(items, Report(self.name, len(items), len(items)))


def grown(core: Sequence[Item], count: int, seed: int = 0) -> Iterator[Item]:
    """Yields `count` items, those kept from the core first."""
    random = np.random.default_rng(seed)
    kept = sorted(core, key=lambda item: (-item.popularity, item.id))[: count // 2]
    yield from kept
    bases = [core[row] for row in random.integers(len(core), size=count - len(kept))]
    people = {role: _credits(core, kept, bases, role, random) for role in ROLES}
    titles = _titles([item.title for item in core], bases, random)
    for place, (base, title) in enumerate(zip(bases, titles, strict=True)):
        own = {role: next(credits) for role, credits in people.items()}
        yield replace(base, id=f"grown-{place:07}", title=title, link="", image="", **own)


def share_of_top(counts: Sequence[int], share: float = 0.01) -> float:
    """Returns the share of all that the largest counts hold, `share` of their number: how skewed they are."""
    ordered = sorted(counts, reverse=True)
    top = ordered[: max(1, round(share * len(ordered)))]
    return sum(top) / max(sum(ordered), 1)


def skew(items: Sequence[Item]) -> dict[str, tuple[int, float]]:
    """Returns for each list of an item how many names there are, and the share of it that their top hundredth holds."""
    lists = (*ROLES, "genres", "countries", "languages", "themes", "moods")
    counts = {name: Counter(each for item in items for each in getattr(item, name)) for name in lists}
    return {name: (len(found), share_of_top(list(found.values()))) for name, found in counts.items()}


def _credits(
    core: Sequence[Item], kept: Sequence[Item], bases: Sequence[Item], role: str, random: np.random.Generator
) -> Iterator[tuple[str, ...]]:
    """Yields the people of one role for each base, as many as the base has."""
    every = [name for item in core for name in getattr(item, role)]
    known = list(dict.fromkeys(name for item in kept for name in getattr(item, role)))
    number = {name: place for place, name in enumerate(known)}
    first = np.array([number[name] for item in kept for name in getattr(item, role)], dtype=np.int64)
    lengths = [len(getattr(base, role)) for base in bases]
    slots, names = _simon(first, sum(lengths), len(set(every)) / max(len(every), 1), len(known), random)
    known += _invented(every, names - len(known))
    given = iter(slots.tolist())
    for length in lengths:
        yield tuple(dict.fromkeys(known[next(given)] for _ in range(length)))


def _simon(first: Numbers, draws: int, fresh: float, names: int, random: np.random.Generator) -> tuple[Numbers, int]:
    """Returns the numbers of `draws` more credits after the `first` ones, and how many names there are then."""
    slots = np.arange(len(first), len(first) + draws)
    new = (random.random(draws) < fresh) | (slots == 0)
    copied = (random.random(draws) * slots).astype(np.int64)
    source = np.concatenate([np.arange(len(first)), np.where(new, slots, copied)])
    while not np.array_equal(further := source[source], source):
        source = further
    own = np.concatenate([first, names - 1 + np.cumsum(new)])
    return own[source[len(first) :]], names + int(new.sum())


def _invented(names: Sequence[str], count: int) -> list[str]:
    """Returns `count` names, all different: the first word of one name and the rest of another."""
    firsts = list(dict.fromkeys(name.partition(" ")[0] for name in names))
    lasts = list(dict.fromkeys(name.partition(" ")[2] for name in names if " " in name)) or ["Nobody"]
    pairs = len(firsts) * len(lasts)
    step = next(step for step in range(int(0.618 * pairs) + 1, 2 * pairs + 3) if math.gcd(step, pairs) == 1)
    # Steps of one length that shares no divisor with the number of pairs meet every pair once before any twice.
    places = ((step * turn % pairs, turn // pairs) for turn in range(1, count + 1))
    return [
        f"{firsts[place // len(lasts)]} {lasts[place % len(lasts)]}{f' {again + 1}' if again else ''}"
        for place, again in places
    ]


def _titles(real: Sequence[str], bases: Sequence[Item], random: np.random.Generator) -> Iterator[str]:
    """Yields a title for each base, of as many words, drawn as often as the real titles use them, some of them new."""
    words = [word for title in real for word in title.split()]
    for base in bases:
        length = len(base.title.split())
        drawn = [words[place] for place in random.integers(len(words), size=2 * length)]
        coined = random.random(length) < (COINED if length > 1 else 1.0)
        yield " ".join(
            _coined(word, other) if new else word
            for word, other, new in zip(drawn[:length], drawn[length:], coined, strict=True)
        )


def _coined(word: str, other: str) -> str:
    return f"{word[: (len(word) + 1) // 2]}{other[len(other) // 2 :].lower()}"


class GrownVectors:
    """An encoder that runs no network: a known text keeps its vector, any other gets one that lies as real ones do.

    It starts at the vector of a known text and goes a part of the way from a second one to a third, so that what is
    added varies as real vectors do; the three are drawn by the text itself. Vectors have unit length.
    """

    name = "grown/1"

    def __init__(self, known: Mapping[str, Vectors]) -> None:
        """`known` holds the vectors (384,) of texts that a network read."""
        self._known = known
        self._matrix = np.stack(list(known.values()))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (len(texts), 384)."""
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        draws = np.array([_draws(text) for text in texts], dtype=np.int64).reshape(-1, 3) % len(self._matrix)
        start, one, other = (self._matrix[rows] for rows in draws.T)
        found[:] = start + SPREAD * (one - other)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
        for row, text in enumerate(texts):
            if text in self._known:
                found[row] = self._known[text]
        return found


def _draws(text: str) -> tuple[int, int, int]:
    digest = hashlib.blake2b(text.encode(), digest_size=12).digest()
    one, two, three = (int.from_bytes(digest[at : at + 4], "big") for at in (0, 4, 8))
    return one, two, three
