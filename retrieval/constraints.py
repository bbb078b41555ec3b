"""Hard constraints: what keeps an item out, for one item and for the whole catalogue; the least change that helps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from kg.items import Item
from retrieval.columns import Columns, Floats, Mask, entities_of
from retrieval.wish import Limits, Wish

Constraint = Literal["must", "avoid", "exclude", "year_min", "year_max", "runtime_min", "runtime_max"]
LIMITS: tuple[Constraint, ...] = ("year_min", "year_max", "runtime_min", "runtime_max")
# How far a limit is widened before it is dropped: years, then minutes.
STEPS: dict[Constraint, tuple[int, ...]] = {
    "year_min": (5, 10),
    "year_max": (5, 10),
    "runtime_min": (15, 30),
    "runtime_max": (15, 30),
}
DROPPED = 100.0


@dataclass(frozen=True, slots=True)
class Broken:
    """A constraint that an item does not keep, and the entity ids concerned (empty for a limit or an exclusion)."""

    constraint: Constraint
    entities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smaller wish: the constraint changed, its entity ids, the new limit (None: dropped), and what it frees.

    `wish` is the changed wish, `frees` how many more items it allows, `cost` how large a change it is (0 … 100 and up).
    """

    constraint: Constraint
    entities: frozenset[str]
    limit: int | None
    frees: int
    cost: float
    wish: Wish


def broken(item: Item, wish: Wish) -> tuple[Broken, ...]:
    """Returns every hard constraint of the wish that the item does not keep; () when it may be shown.

    An item of unknown year or runtime keeps no limit on it.
    """
    return tuple(_broken(item, wish))


def allowed(item: Item, wish: Wish) -> bool:
    """Returns whether the item keeps every hard constraint of the wish."""
    return next(_broken(item, wish), None) is None


def _broken(item: Item, wish: Wish) -> Iterator[Broken]:
    if item.id in wish.exclude:
        yield Broken("exclude")
    entities = entities_of(item) | {item.id}
    for group in wish.must:
        if not group & entities:
            yield Broken("must", group)
    if avoided := wish.avoid & entities:
        yield Broken("avoid", avoided)
    limits = wish.limits
    if not _keeps(item.year, limits.year_min, None):
        yield Broken("year_min")
    if not _keeps(item.year, None, limits.year_max):
        yield Broken("year_max")
    if not _keeps(item.runtime, limits.runtime_min, None):
        yield Broken("runtime_min")
    if not _keeps(item.runtime, None, limits.runtime_max):
        yield Broken("runtime_max")


def _keeps(value: int | None, least: int | None, most: int | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def allowed_rows(columns: Columns, wish: Wish) -> Mask:
    """Returns a mask (n,) over the catalogue, equal to `allowed` of each item (about 0.1 ms for 19,000)."""
    mask = np.ones(len(columns), dtype=np.bool_)
    for group in wish.must:
        wanted = columns.mask_of(group)
        wanted[columns.rows(group)] = True
        mask &= wanted
    if wish.avoid:
        mask &= ~columns.mask_of(wish.avoid)
        mask[columns.rows(wish.avoid)] = False
    mask[columns.rows(wish.exclude)] = False
    mask &= _within(columns.year, wish.limits.year_min, wish.limits.year_max)
    mask &= _within(columns.runtime, wish.limits.runtime_min, wish.limits.runtime_max)
    return mask


def _within(values: Floats, least: int | None, most: int | None) -> Mask:
    # Comparing with NaN is false: an unknown value keeps no limit.
    mask = np.ones(len(values), dtype=np.bool_)
    if least is not None:
        mask &= values >= least
    if most is not None:
        mask &= values <= most
    return mask


def relaxations(columns: Columns, wish: Wish) -> list[Relaxation]:
    """Returns the single changes that would allow more items, the smallest change first.

    A limit is widened by a step before it is dropped; a group of `must` or one avoided entity is dropped. What the
    user excluded by name (seen, disliked, shown) is never given back.
    """
    now = int(allowed_rows(columns, wish).sum())
    found = []
    for constraint, entities, limit, cost, changed in _changes(columns, wish):
        frees = int(allowed_rows(columns, changed).sum()) - now
        if frees > 0:
            found.append(Relaxation(constraint, entities, limit, frees, cost, changed))
    return sorted(found, key=lambda change: (change.cost, -change.frees))


def _changes(columns: Columns, wish: Wish) -> Iterator[tuple[Constraint, frozenset[str], int | None, float, Wish]]:
    nothing: frozenset[str] = frozenset()
    for name in LIMITS:
        value: int | None = getattr(wish.limits, name)
        if value is None:
            continue
        for step in STEPS[name]:
            wider = value - step if name.endswith("min") else value + step
            yield name, nothing, wider, float(step), _with_limit(wish, name, wider)
        yield name, nothing, None, DROPPED, _with_limit(wish, name, None)
    for group in wish.must:
        # A group that nothing in the catalogue has is the likeliest misunderstanding: it goes first.
        cost = DROPPED + 1 if columns.mask_of(group).any() else 0.0
        rest = tuple(other for other in wish.must if other != group)
        yield "must", group, None, cost, replace(wish, must=rest)
    for entity in sorted(wish.avoid):
        # Never offer what was refused while anything else helps.
        yield "avoid", frozenset((entity,)), None, 2 * DROPPED, replace(wish, avoid=wish.avoid - {entity})


def _with_limit(wish: Wish, name: Constraint, value: int | None) -> Wish:
    limits: Limits = replace(wish.limits, **{name: value})
    return replace(wish, limits=limits)
