"""What ranking answers: the picks, why an item was or was not among them, and how well it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.items import Item
from retrieval.belief import Belief
from retrieval.constraints import Broken, Relaxation


class Pick(NamedTuple):
    """One recommendation: the item, the calibrated chance (0 … 1) that it is taken, and its features by name."""

    item: Item
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The answer to a wish, best first.

    `allowed` counts the items of the catalogue that keep its hard constraints, `pool` those that were scored.
    `relaxations` is () unless fewer items were found than were wanted; then it holds the smallest changes that help.
    `belief` are the scored candidates with their chances.
    `timings` are seconds: `encode` (the text), `retrieve` (candidates and features) and `score` (to the final choice).
    `propensities` are how likely each item was to be in the list: 1 unless chance had a hand in it.
    """

    items: tuple[Pick, ...]
    relaxations: tuple[Relaxation, ...]
    allowed: int
    pool: int
    timings: Mapping[str, float]
    belief: Belief
    propensities: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Why an item was or was not recommended.

    `known` is false for an id that is not in the catalogue. `broken` are the hard constraints that keep it out.
    `rank` is its place among the scored candidates, from 1, or None when no generator found it.
    """

    item_id: str
    known: bool
    broken: tuple[Broken, ...]
    rank: int | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an item fits a wish: the calibrated chance that it is taken, its place (from 1) among the candidates.

    `broken` are the hard constraints that would keep it out.
    """

    item_id: str
    chance: float
    place: int
    broken: tuple[Broken, ...]
