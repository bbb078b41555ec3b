"""Several sources as one catalogue: the first has the say, the others fill its gaps and add what it lacks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from kg.axes import with_estimates
from kg.domain import joined_domains
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.people import one_spelling
from kg.text import normalise_title

_FILLED = tuple(field.name for field in fields(Item) if field.name not in ("id", "title", "popularity", "axes"))


def joined(sources: Sequence[Loaded]) -> Loaded:
    """Returns one catalogue of all sources, sorted by id. Items of the first come unchanged but for filled gaps.

    Two items are one when they have one id, or one title and the same year (next year's with a person in common).
    """
    first, *others = sources
    items = {item.id: item for item in first.items}
    tally = Tally(read=sum(source.report.read for source in sources))
    domain = first.domain
    for source in others:
        domain = joined_domains(domain, source.domain)
        _join(items, source, tally)
    estimated = with_estimates(list(items.values()))
    reports = tuple(source.report for source in sources)
    loaded = tally.loaded(" + ".join(report.source for report in reports), estimated, reports)
    return replace(loaded, domain=domain)


def _join(items: dict[str, Item], source: Loaded, tally: Tally) -> None:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for item in items.values():
        named[normalise_title(item.title)].append(item.id)
    spelled, _ = one_spelling(list(items.values()), source.items)
    taken: set[str] = set()
    for item in spelled:
        same = _same(item, items, named[normalise_title(item.title)])
        if same is None:
            items[item.id] = item
            tally.merged[f"added from {source.report.source}"] += 1
        elif same.id in taken:
            tally.dropped[f"{source.report.source}: a second item like one that was joined"] += 1
        else:
            taken.add(same.id)
            items[same.id] = filled(same, item)
            tally.merged[f"filled from {source.report.source}"] += items[same.id] != same
            tally.merged[f"known already, nothing new from {source.report.source}"] += items[same.id] == same


def _same(item: Item, items: dict[str, Item], namesakes: Iterable[str]) -> Item | None:
    if item.id in items:
        return items[item.id]
    found = [other for id_ in namesakes if (other := items[id_]).id != item.id and _alike(item, other)]
    return min(found, key=lambda other: abs((other.year or 0) - (item.year or 0)), default=None)


def _alike(item: Item, other: Item) -> bool:
    mine, theirs = _people(item), _people(other)
    if item.year is None or other.year is None:
        return bool(mine & theirs)
    if item.year == other.year:
        # A cast may be short, so that having nobody in common says little, but two directors are two films.
        return not (item.directors and other.directors) or bool(
            set(item.directors) & set(other.directors) or mine & theirs
        )
    return abs(item.year - other.year) == 1 and bool(mine & theirs)


def _people(item: Item) -> frozenset[str]:
    return frozenset((*item.directors, *item.writers, *item.cast))


def filled(item: Item, other: Item) -> Item:
    """Returns the item with what it lacks from the other."""
    gaps = {name: getattr(other, name) for name in _FILLED if not getattr(item, name) and getattr(other, name)}
    return replace(item, **gaps) if gaps else item
