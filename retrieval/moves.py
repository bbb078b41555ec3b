"""Moves: how the next suggestions shall differ from earlier ones. The first ten are the critiques of the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Critique = Literal[
    "newer", "older", "shorter", "longer", "lighter", "darker", "better_known", "lesser_known", "different", "similar"
]
AxisMove = Literal[
    "funnier",
    "more_serious",
    "scarier",
    "less_scary",
    "more_violent",
    "less_violent",
    "more_romantic",
    "less_romantic",
    "faster",
    "slower",
    "easier",
    "more_demanding",
]
Move = Critique | AxisMove | Literal["different_director", "same_director"]

_PAIRS: tuple[tuple[Move, Move], ...] = (
    ("newer", "older"),
    ("shorter", "longer"),
    ("lighter", "darker"),
    ("better_known", "lesser_known"),
    ("different", "similar"),
    ("funnier", "more_serious"),
    ("scarier", "less_scary"),
    ("more_violent", "less_violent"),
    ("more_romantic", "less_romantic"),
    ("faster", "slower"),
    ("easier", "more_demanding"),
    ("different_director", "same_director"),
)
OPPOSITE: Mapping[Move, Move] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True)
class Steer:
    """A move away from the middle of the items in `base` (ids)."""

    move: Move
    base: tuple[str, ...]


def onward(standing: Iterable[Steer], said: Iterable[Steer]) -> tuple[Steer, ...]:
    """Returns the moves that stand after new ones: each takes the place of an earlier same or opposite one.

    "Another director" said again is another than all of them.
    """
    steers = {steer.move: steer for steer in standing}
    for steer in said:
        steers.pop(OPPOSITE[steer.move], None)
        before = steers.pop(steer.move, None)
        if before and steer.move == "different_director":
            steer = Steer(steer.move, tuple(dict.fromkeys((*before.base, *steer.base))))  # noqa: PLW2901
        steers[steer.move] = steer
    return tuple(steers.values())
