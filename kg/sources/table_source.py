"""A file of anyone's as a catalogue source: what is in it, how it was read, what was turned away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.items import Item
from kg.sources.base import Loaded, Report
from kg.sources.keywords import with_themes
from kg.sources.tables import Mapping, RawTable, Rejected, take
from kg.sources.tables.rows import reasons
from kg.text import normalise_title


@dataclass(frozen=True, slots=True)
class Update:
    """What a second reading does to the items that a source had: `before` are merged with the new ones, `gone` leave.

    `before` is () where the new reading replaces the old one. `gone` holds ids, as in the file of deletions, and titles
    with years (`title_key`).
    """

    before: tuple[Item, ...] = ()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """The items of a file with their account, and the rows that were turned away."""

    loaded: Loaded
    rejected: tuple[Rejected, ...]


def read_items(table: RawTable, mapping: Mapping, source: str, update: Update | None = None) -> Read:
    """Returns the items of a table; with an `update`, those of the source after it. Raises CatalogueError as `take`."""
    update = update or Update()
    taken = take(table, mapping, source)
    items, merged = _merged(update.before, taken.items)
    left = {
        id_: item for id_, item in items.items() if id_ not in taken.deleted and not _is_gone(item, source, update.gone)
    }
    kept = tuple(sorted(with_themes(left.values()), key=lambda item: item.id))
    dropped = reasons(taken.rejected)
    if deleted := len(items) - len(left) + len(taken.deleted - items.keys()):
        dropped["deleted, as asked"] = deleted
    without = sum(each.kept for each in taken.rejected)
    report = Report(
        source,
        taken.read + len(update.before),
        len(kept),
        merged={"row that changed an item we had": merged} if merged else {},
        dropped=dict(dropped),
        cleaned={"cell that could not be read, taken without it": without} if without else {},
    )
    return Read(Loaded(kept, report, mapping.domain()), taken.rejected)


def title_key(title: str, year: int | None) -> str:
    """Returns what an item is known by without an id."""
    return f"{normalise_title(title)}|{'' if year is None else year}"


def gone_in(table: RawTable, mapping: Mapping, source: str) -> frozenset[str]:
    """Returns the ids and the titles with years that a file of deletions names."""
    taken = take(table, replace_domain(mapping), source)
    ids = frozenset(item.id for item in taken.items) | taken.deleted
    return ids | frozenset(title_key(item.title, item.year) for item in taken.items)


def replace_domain(mapping: Mapping) -> Mapping:
    """Returns the mapping with what names an item alone: id, title and year."""
    columns = {name: mapping.columns[name] for name in ("id", "title", "year", "deleted") if name in mapping.columns}
    return Mapping(columns=columns)


def _is_gone(item: Item, source: str, gone: frozenset[str]) -> bool:
    return bool({item.id, f"{source}-{item.id}", title_key(item.title, item.year), title_key(item.title, None)} & gone)


def _merged(before: Iterable[Item], now: Iterable[Item]) -> tuple[dict[str, Item], int]:
    """Returns the items by id, the new ones laid over those of the same id, else the same title and year."""
    items = {item.id: item for item in before}
    known = {title_key(item.title, item.year): item.id for item in items.values()}
    changed = 0
    for item in now:
        id_ = item.id if item.id in items else known.get(title_key(item.title, item.year), item.id)
        if id_ in items:
            changed += 1
            items[id_] = _laid_over(items[id_], replace(item, id=id_))
        else:
            items[id_] = item
    return items, changed


def _laid_over(old: Item, new: Item) -> Item:
    """Returns the new item with what only the old one says."""
    names = [name for name in Item.__dataclass_fields__ if not getattr(new, name) and getattr(old, name)]
    return replace(new, **{name: getattr(old, name) for name in names})
