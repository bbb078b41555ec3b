"""Limits laid over earlier ones, and taken away again. Pure."""

from collections.abc import Iterable
from dataclasses import fields, replace

from retrieval.wish import AmountLimit, Limits


def narrowed(old: Limits, new: Limits) -> Limits:
    """Returns the old limits with the new ones laid over them.

    A range said as a whole replaces the old range; one end alone keeps the other end unless the two contradict.
    """
    year_min, year_max = _span(old.year_min, old.year_max, new.year_min, new.year_max)
    runtime_min, runtime_max = _span(old.runtime_min, old.runtime_max, new.runtime_min, new.runtime_max)
    return Limits(year_min, year_max, runtime_min, runtime_max, _amounts(old.amounts, new.amounts))


def without_limits(limits: Limits, names: Iterable[str]) -> Limits:
    """Returns the limits without those of these names: fields of `Limits`, or `amount:` and the name of one number."""
    gone = set(names)
    kept = () if "amounts" in gone else tuple(each for each in limits.amounts if f"amount:{each.name}" not in gone)
    plain = [name for name in gone if not name.startswith("amount")]
    return replace(limits, **dict.fromkeys(plain), amounts=kept)


def limit_names(limits: Limits) -> frozenset[str]:
    """Returns the names of the limits that are stated, as `without_limits` takes them."""
    plain = (field.name for field in fields(limits) if field.name != "amounts")
    stated = (name for name in plain if getattr(limits, name) is not None)
    return frozenset((*stated, *(f"amount:{limit.name}" for limit in limits.amounts)))


def without_moved(limits: Limits) -> Limits:
    """Returns the limits without those that only moved on from what was shown ("cheaper")."""
    return replace(limits, amounts=tuple(limit for limit in limits.amounts if not limit.moved))


def _amounts(old: Iterable[AmountLimit], new: Iterable[AmountLimit]) -> tuple[AmountLimit, ...]:
    """A limit without ends drops the one that was; a range replaces it; one end keeps the other as `_span` does."""
    held = {limit.name: limit for limit in old}
    for limit in new:
        before = held.pop(limit.name, AmountLimit(limit.name))
        least, most = limit.least, limit.most
        if least is None and most is not None and before.least is not None and before.least <= most:
            least = before.least
        elif most is None and least is not None and before.most is not None and before.most >= least:
            most = before.most
        if least is not None or most is not None:
            held[limit.name] = AmountLimit(limit.name, least, most, limit.moved)
    return tuple(held.values())


def _span(
    old_low: int | None, old_high: int | None, low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, None if old_high is not None and old_high < low else old_high
    if high is not None:
        return None if old_low is not None and old_low > high else old_low, high
    return old_low, old_high
