"""What to look for: the one value that the conversation hands to retrieval."""

from dataclasses import dataclass
from typing import Literal

Critique = Literal[
    "newer", "older", "shorter", "longer", "lighter", "darker", "better_known", "lesser_known", "different", "similar"
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers an item must keep, borders included; years, and minutes of runtime. None is no limit."""

    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as sets of ids.

    Hard: `must` (each group: an item has at least one of its entity ids), `avoid` (entity ids no item may have),
    `exclude` (item ids never to show: seen, rejected, disliked, avoided, shown), `limits`.
    Soft: `prefer`, `disprefer` (entity ids), `liked`, `disliked` (item ids), `text` (what was said, for vector search),
    `moves` (critiques of the items in `base`, the ones last shown).
    `count` is how many items are wanted. `novelty` is 0 (the safest picks) … 1 (the most varied and least known).
    """

    text: str = ""
    must: tuple[frozenset[str], ...] = ()
    avoid: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    limits: Limits = Limits()
    prefer: tuple[str, ...] = ()
    disprefer: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    moves: tuple[Critique, ...] = ()
    base: tuple[str, ...] = ()
    count: int = 5
    novelty: float = 0.2
