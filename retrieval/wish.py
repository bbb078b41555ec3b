"""What to look for: the one value that the conversation hands to retrieval."""

import math
from dataclasses import dataclass

from retrieval.moves import Critique, Move, Steer, onward

__all__ = ["AmountLimit", "Critique", "Limits", "Wish"]


@dataclass(frozen=True, slots=True)
class AmountLimit:
    """A limit on a number of the catalogue's own (pages, price), borders included; None is no limit.

    An item keeps it when its value, or some value of its range, lies between. "Under 400" is the largest number
    below 400 (`below`), "more than 2" the smallest above it. `moved` says that it came of a move ("cheaper").
    """

    name: str
    least: float | None = None
    most: float | None = None
    moved: bool = False

    @staticmethod
    def below(name: str, value: float) -> "AmountLimit":
        """Returns the limit to less than a value."""
        return AmountLimit(name, most=math.nextafter(value, -math.inf))

    @staticmethod
    def above(name: str, value: float) -> "AmountLimit":
        """Returns the limit to more than a value."""
        return AmountLimit(name, least=math.nextafter(value, math.inf))

    def keeps(self, low: float, high: float) -> bool:
        """Returns whether a value, or some value of a range, keeps the limit."""
        return (self.least is None or high >= self.least) and (self.most is None or low <= self.most)


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers an item must keep, borders included; years, and minutes of runtime. None is no limit.

    `amounts` are the limits on numbers of the catalogue's own, one a number.
    """

    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    amounts: tuple[AmountLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as sets of ids.

    Hard: `must` (each group: an item has at least one of its entity ids), `avoid` (entity ids no item may have),
    `exclude` (item ids never to show: seen, rejected, disliked, avoided, shown), `limits`.
    Soft: `ideally` (limits that may be broken where little else is left), `prefer`, `disprefer` (entity ids),
    `leanings` (entity ids with a weight below 1), `liked`, `disliked` (item ids), `text` (what was said, for vector
    search), `moves` (of this turn, from the items in `base`, the ones last shown), `standing` (moves of earlier turns).
    `count` is how many items are wanted. `novelty` is 0 (the safest picks) … 1 (the most varied and least known).
    """

    text: str = ""
    must: tuple[frozenset[str], ...] = ()
    avoid: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    limits: Limits = Limits()
    ideally: Limits = Limits()
    prefer: tuple[str, ...] = ()
    leanings: tuple[tuple[str, float], ...] = ()
    disprefer: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    base: tuple[str, ...] = ()
    standing: tuple[Steer, ...] = ()
    count: int = 5
    novelty: float = 0.2

    @property
    def steers(self) -> tuple[Steer, ...]:
        """All moves that hold: this turn's, and the earlier ones that none of them replaces."""
        said = tuple(Steer(move, self.base) for move in self.moves if self.base)
        return onward(self.standing, said)
