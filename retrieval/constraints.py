"""Hard constraints: what keeps an item out, for one item and for the whole catalogue; the least change that helps."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from kg.items import AXES, Item
from retrieval.columns import Columns, Floats, Mask, entities_of
from retrieval.wish import AmountLimit, Wish

Constraint = Literal["must", "avoid", "exclude", "year_min", "year_max", "runtime_min", "runtime_max", "amount"]
LIMITS: tuple[Constraint, ...] = ("year_min", "year_max", "runtime_min", "runtime_max")
# How far a limit is widened before it is dropped: years, then minutes.
STEPS: dict[Constraint, tuple[int, ...]] = {
    "year_min": (5, 10),
    "year_max": (5, 10),
    "runtime_min": (15, 30),
    "runtime_max": (15, 30),
}
DROPPED = 100.0
# Few items carry the word "violent", but every one has a measure of it: who wants none gets at most this much, of 4.
# Films whose notes call them violent have 3.6 on average, 1 is a scuffle (`docs/catalogue.md` has the scale).
MOST_OF_SCALE: dict[str, tuple[str, float]] = {
    "theme:violence": ("violence", 1.5),
    "mood:violent": ("violence", 1.5),
}
# How far a limit on a number of the catalogue's own is widened before it is dropped, as a share of it.
SHARES = (0.1, 0.25)
_SMALL = 10.0


@dataclass(frozen=True, slots=True)
class Broken:
    """A constraint that an item does not keep, and the entity ids concerned (empty for a limit or an exclusion).

    `amount` is the limit on a number of the catalogue's own.
    """

    constraint: Constraint
    entities: frozenset[str] = frozenset()
    amount: AmountLimit | None = None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smaller wish: the constraint changed, its entity ids, the new limit (None: dropped), and what it frees.

    With `amount`, the limit on a number of the catalogue's own, as widened, or without ends where it is dropped.
    With `first`, that one is made before, and both together free the items.
    `wish` is the changed wish, `frees` how many more items it allows, `cost` how large a change it is (0 … 100 and up).
    """

    constraint: Constraint
    entities: frozenset[str]
    limit: int | None
    frees: int
    cost: float
    wish: Wish
    amount: AmountLimit | None = None
    first: "Relaxation | None" = None


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
    if avoided := (wish.avoid & entities) | _beyond_scale(item, wish):
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
    own = {amount.name: amount for amount in item.amounts}
    for limit in limits.amounts:
        if limit.name not in own or not limit.keeps(own[limit.name].low, own[limit.name].high):
            yield Broken("amount", amount=limit)


def _beyond_scale(item: Item, wish: Wish) -> frozenset[str]:
    """Returns what is avoided and has no word in the item, but too much of it by its measure."""
    if item.axes is None:
        return frozenset()
    scales = ((entity, *MOST_OF_SCALE[entity]) for entity in wish.avoid & MOST_OF_SCALE.keys())
    return frozenset(entity for entity, axis, most in scales if getattr(item.axes, axis) > most)


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
        for axis, most in {MOST_OF_SCALE[entity] for entity in wish.avoid & MOST_OF_SCALE.keys()}:
            mask &= ~(columns.axes[:, AXES.index(axis)] > np.float32(most))
    mask[columns.rows(wish.exclude)] = False
    mask &= _within(columns.year, wish.limits.year_min, wish.limits.year_max)
    mask &= _within(columns.runtime, wish.limits.runtime_min, wish.limits.runtime_max)
    for limit in wish.limits.amounts:
        mask &= _keeping(columns, limit)
    return mask


def _within(values: Floats, least: int | None, most: int | None) -> Mask:
    # Comparing with NaN is false: an unknown value keeps no limit.
    mask = np.ones(len(values), dtype=np.bool_)
    if least is not None:
        mask &= values >= least
    if most is not None:
        mask &= values <= most
    return mask


def _keeping(columns: Columns, limit: AmountLimit) -> Mask:
    """A catalogue without the number keeps no limit on it; nor does an unknown value."""
    if limit.name not in columns.amounts:
        return np.zeros(len(columns), dtype=np.bool_)
    low, high = columns.amounts[limit.name]
    mask = ~np.isnan(low)
    if limit.least is not None:
        mask &= high >= limit.least
    if limit.most is not None:
        mask &= low <= limit.most
    return mask


def relaxations(columns: Columns, wish: Wish) -> list[Relaxation]:
    """Returns the changes that would allow more items, the smallest change first: single ones, else pairs of them.

    A limit is widened by a step before it is dropped; a group of `must` or one avoided entity is dropped. What the
    user excluded by name (seen, disliked, shown) is never given back.
    """
    found = _single(columns, wish, int(allowed_rows(columns, wish).sum()))
    return sorted(found or _pairs(columns, wish), key=lambda change: (change.cost, -change.frees))


def _pairs(columns: Columns, wish: Wish) -> Iterator[Relaxation]:
    """Yields what two drops together free, each pair once."""
    now = int(allowed_rows(columns, wish).sum())
    drops = [change for change in _changes(columns, wish) if change[2] is None]
    for place, (constraint, entities, limit, cost, changed) in enumerate(drops):
        first = Relaxation(constraint, entities, limit, 0, cost, changed)
        later = {(name, ids) for name, ids, *_ in drops[place + 1 :]}
        for second in _single(columns, changed, now):
            if (second.constraint, second.entities) in later and second.limit is None:
                yield replace(second, first=first, cost=cost + second.cost)


def _single(columns: Columns, wish: Wish, now: int) -> list[Relaxation]:
    """Returns each change that allows more than `now` items."""
    found = []
    for constraint, entities, limit, cost, changed in _changes(columns, wish):
        frees = int(allowed_rows(columns, changed).sum()) - now
        if frees > 0:
            found.append(Relaxation(constraint, entities, limit, frees, cost, changed))
    for amount, cost, changed in _wider_amounts(wish):
        frees = int(allowed_rows(columns, changed).sum()) - now
        if frees > 0:
            found.append(Relaxation("amount", frozenset(), None, frees, cost, changed, amount))
    return found


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


def _wider_amounts(wish: Wish) -> Iterator[tuple[AmountLimit, float, Wish]]:
    """Yields each limit on a number of the catalogue's own: a tenth wider, a quarter wider, dropped."""
    for limit in wish.limits.amounts:
        rest = tuple(other for other in wish.limits.amounts if other != limit)
        widened = {
            AmountLimit(limit.name, _moved(limit.least, -share), _moved(limit.most, share)): 100 * share
            for share in reversed(SHARES)
        }
        for wider, cost in widened.items():
            yield wider, cost, _with_amounts(wish, (*rest, wider))
        yield AmountLimit(limit.name), DROPPED, _with_amounts(wish, rest)


def _with_amounts(wish: Wish, amounts: tuple[AmountLimit, ...]) -> Wish:
    return replace(wish, limits=replace(wish.limits, amounts=amounts))


def _moved(value: float | None, share: float) -> float | None:
    """Returns the value moved by a share of it to a number that one would say: whole, or below 10 in tenths."""
    if value is None:
        return None
    digits = 1 if abs(value) < _SMALL else 0
    step = max(abs(value * share), 10.0**-digits)
    scale = 10.0**digits
    return (math.floor((value - step) * scale) if share < 0 else math.ceil((value + step) * scale)) / scale


def _with_limit(wish: Wish, name: Constraint, value: int | None) -> Wish:
    changed: dict[str, Any] = {name: value}
    return replace(wish, limits=replace(wish.limits, **changed))
