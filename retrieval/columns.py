"""The catalogue as numpy columns: row numbers instead of ids, so that a whole catalogue is filtered in microseconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.items import AXES, Item, Relation, edges_of
from kg.series import series_of
from retrieval.joints import Floats, Having, Links, Rows, joints_of

__all__ = ["Columns", "Doubles", "Floats", "Mask", "Rows", "entities_of"]

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def entities_of(item: Item) -> frozenset[str]:
    """Returns the ids of everything that the item is joined to."""
    return frozenset(f"{kind}:{name}" for _, kind, names in edges_of(item) for name in names)


@dataclass(frozen=True)
class Columns:
    """Numbers of all items, in the catalogue's order. Unknown numbers are NaN.

    `amounts` holds for each number of the catalogue's own the low and the high ends of its ranges.
    `links` has the relations of every catalogue, and under `OWN` all that are the catalogue's own.
    `series` is the row of the first item of an item's series, or -1 for an item that is in none.
    """

    ids: tuple[str, ...]
    year: Floats
    runtime: Floats
    popularity: Floats
    rating: Floats
    oscars: Floats
    axes: Floats
    axes_estimated: Mask
    series: Rows
    links: dict[Relation, Links]
    having: Having
    amounts: dict[str, tuple[Doubles, Doubles]]

    @staticmethod
    def of(items: Iterable[Item]) -> "Columns":
        """Returns the columns of the items (about 1.2 s for 19,000)."""
        every = tuple(items)
        links, having = joints_of(every)
        return Columns(
            ids=tuple(item.id for item in every),
            year=_numbers([item.year for item in every]),
            runtime=_numbers([item.runtime for item in every]),
            popularity=_numbers([item.popularity for item in every]),
            rating=_numbers([item.rating for item in every]),
            oscars=_numbers([item.oscars for item in every]),
            axes=_axes(every),
            axes_estimated=np.array([item.axes is None or item.axes.estimated for item in every], dtype=np.bool_),
            series=_series(every),
            links=links,
            having=having,
            amounts=_amounts(every),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row number of each item id."""
        return {item: row for row, item in enumerate(self.ids)}

    @cached_property
    def by_popularity(self) -> Rows:
        """All rows, the best known first; equals in the catalogue's order."""
        return np.argsort(-self.popularity, kind="stable").astype(np.int32)

    def rows(self, item_ids: Iterable[str]) -> Rows:
        """Returns the rows of the ids that are in the catalogue, in the order given."""
        known = (self.row_of.get(item) for item in item_ids)
        return np.array([row for row in known if row is not None], dtype=np.int32)

    def mask_of(self, entity_ids: Iterable[str]) -> Mask:
        """Returns a mask (n,) of the items joined to any of the entities by any relation."""
        mask = np.zeros(len(self), dtype=np.bool_)
        for entity in entity_ids:
            rows = self.having.get(entity)
            if rows is not None:
                mask[rows] = True
        return mask


def _numbers(values: Sequence[float | int | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float32)


def _axes(items: Sequence[Item]) -> Floats:
    unknown = (np.nan,) * len(AXES)
    rows = [unknown if item.axes is None else tuple(getattr(item.axes, axis) for axis in AXES) for item in items]
    return np.array(rows, dtype=np.float32).reshape(len(items), len(AXES))


def _series(items: Sequence[Item]) -> Rows:
    first = series_of(items)
    row_of = {item.id: row for row, item in enumerate(items)}
    return np.array([row_of[first[item.id]] if item.id in first else -1 for item in items], dtype=np.int32)


def _amounts(items: Sequence[Item]) -> dict[str, tuple[Doubles, Doubles]]:
    names = dict.fromkeys(amount.name for item in items for amount in item.amounts)
    columns = {name: (np.full(len(items), np.nan), np.full(len(items), np.nan)) for name in names}
    for row, item in enumerate(items):
        for amount in item.amounts:
            low, high = columns[amount.name]
            low[row], high[row] = amount.low, amount.high
    return columns
