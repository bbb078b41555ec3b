"""From the rows of a table to items: parsed, validated, told apart; a row that is none has its number and a reason."""

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, Field, ValidationError

from kg.domain import Domain, Facet, Measure, Role, field_of
from kg.errors import CatalogueError
from kg.items import Amount, Item, Joined
from kg.sources.names import distinct
from kg.sources.tables import cells
from kg.sources.tables.cells import MOST, minutes_of, names_of, number_of, people_of, text_of, year_of, yes_or_no
from kg.sources.tables.mapping import LISTS, Mapping
from kg.sources.tables.reading import EXTRA, RawTable, plain
from kg.text import normalise_title

# How well known an item is where the table does not say: all the same.
UNKNOWN_POPULARITY = 0.5
_IMDB = re.compile(r"tt\d{5,10}")


class Record(BaseModel):
    """What an item must keep to; its messages are the reasons for turning a row away."""

    title: str = Field(min_length=1, max_length=300)
    year: int | None = Field(default=None, ge=cells.FIRST_YEAR, le=cells.LAST_YEAR)
    runtime: int | None = Field(default=None, gt=0, le=100_000)
    rating: float | None = Field(default=None, ge=0, le=10)
    synopsis: str = Field(default="", max_length=100_000)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one cell of it, that was not taken. `kept` says that the row became an item without the cell."""

    row: int
    reason: str
    kept: bool
    cells: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """The items of a table in its order, what was turned away, and the ids of items that it says are deleted."""

    items: tuple[Item, ...]
    rejected: tuple[Rejected, ...]
    deleted: frozenset[str]
    read: int


class _Refused(Exception):
    """The reason why a row is no item."""


def take(table: RawTable, mapping: Mapping, source: str) -> Taken:
    """Returns the items of a table. Ids are `source-` and the id column, or the title and year.

    Raises CatalogueError when the mapping names columns that the table lacks, or none for the title.
    """
    _check(table, mapping)
    return _Taking(table, mapping, source).all()


def _check(table: RawTable, mapping: Mapping) -> None:
    if missing := sorted(mapping.used() - set(table.columns)):
        raise CatalogueError(
            f"The mapping names columns that {table.name} does not have: {', '.join(missing)}. "
            f"It has: {', '.join(table.columns)}."
        )
    if mapping.column("title") is None:
        raise CatalogueError(
            f"I cannot tell which column of {table.name} is the title. Say so in a mapping: [columns] title = …"
        )


class _Taking:
    """One pass over the rows; what is known of the columns as wholes is worked out first."""

    def __init__(self, table: RawTable, mapping: Mapping, source: str) -> None:
        self._table, self._mapping, self._source = table, mapping, source
        self._domain: Domain = mapping.domain()
        named = [*(mapping.columns.get(name, ()) for name in LISTS), *mapping.people.values(), *mapping.facets.values()]
        self._separators = {column: self._separator(column) for columns in named for column in columns}
        self._rating_scale = self._scale(mapping.column("rating"))
        self._known_best = self._most(mapping.column("popularity"))
        self._rejected = [Rejected(row, reason, kept=False) for row, reason in table.broken]
        self._rows_of: dict[str, int] = {}
        self._items: dict[str, Item] = {}
        self._deleted: set[str] = set()

    def all(self) -> Taken:
        """Returns what the rows gave."""
        for number, row in self._table.rows:
            try:
                self._take(number, row)
            except _Refused as refusal:
                self._rejected.append(Rejected(number, str(refusal), kept=False, cells=row))
        self._rejected.sort(key=lambda each: each.row)
        read = len(self._table.rows) + len(self._table.broken)
        return Taken(tuple(self._items.values()), tuple(self._rejected), frozenset(self._deleted), read)

    def _take(self, number: int, row: dict[str, Any]) -> None:
        if EXTRA in row:
            raise _Refused("has more cells than the header has names")
        item = self._item(number, row)
        if (column := self._mapping.column("deleted")) and yes_or_no(row.get(column)):
            self._deleted.add(item.id)
        elif (earlier := self._rows_of.get(item.id)) is not None:
            raise _Refused(f"is the same item as row {earlier} ({item.label})")
        else:
            self._rows_of[item.id] = number
            self._items[item.id] = item

    def _item(self, number: int, row: dict[str, Any]) -> Item:
        record = self._record(number, row)
        people = self._people(row)
        made = Item(
            "",
            record.title,
            record.year,
            runtime=record.runtime,
            rating=record.rating,
            synopsis=record.synopsis,
            popularity=self._popularity(row),
            link=self._text(row, "link"),
            image=self._text(row, "image"),
            themes=distinct([*self._names(row, "themes"), *self._flags(row)]),
            genres=self._names(row, "genres"),
            moods=self._names(row, "moods"),
            countries=self._names(row, "countries"),
            languages=self._names(row, "languages"),
            directors=people.get("directors", ()),
            writers=people.get("writers", ()),
            cast=people.get("cast", ()),
            joined=tuple(self._joined(row)),
            amounts=tuple(self._amounts(number, row)),
        )
        return replace(made, id=self._id(row, made))

    def _record(self, number: int, row: dict[str, Any]) -> Record:
        title = self._text(row, "title")
        if not title:
            raise _Refused("has no title")
        rating = self._read(number, row, "rating", number_of)
        try:
            return Record(
                title=title,
                year=self._read(number, row, "year", year_of),
                runtime=self._read(number, row, "runtime", minutes_of),
                rating=None if rating is None else round(rating[0] * self._rating_scale, 2),
                synopsis=self._text(row, "description"),
            )
        except ValidationError as error:
            _refuse(error)

    def _read(self, number: int, row: dict[str, Any], name: str, read: Any) -> Any:
        """Returns the value of a field; a cell that cannot be read is left out, and accounted for."""
        column = self._mapping.column(name)
        return None if column is None else self._cell(number, row, column, read)

    def _cell(self, number: int, row: dict[str, Any], column: str, read: Any) -> Any:
        try:
            return read(row.get(column))
        except ValueError as error:
            self._rejected.append(Rejected(number, f"{column}: {error}; taken without it", kept=True, cells=row))
            return None

    def _text(self, row: dict[str, Any], name: str) -> str:
        column = self._mapping.column(name)
        return text_of(row.get(column)) if column else ""

    def _names(self, row: dict[str, Any], name: str) -> tuple[str, ...]:
        columns = self._mapping.columns.get(name, ())
        return distinct([each for column in columns for each in names_of(row.get(column), self._separators[column])])

    def _flags(self, row: dict[str, Any]) -> list[str]:
        return [name for name, column in self._mapping.flags.items() if yes_or_no(row.get(column))]

    def _people(self, row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """People in the roles that every catalogue has."""
        found: dict[str, tuple[str, ...]] = {}
        for role, columns in self._mapping.people.items():
            if name := field_of(role):
                found[name] = distinct([*found.get(name, ()), *self._persons(row, columns)])
        return found

    def _persons(self, row: dict[str, Any], columns: Sequence[str]) -> tuple[str, ...]:
        return distinct([each for column in columns for each in people_of(row.get(column), self._separators[column])])

    def _joined(self, row: dict[str, Any]) -> list[Joined]:
        found: list[Joined] = []
        own: tuple[Role | Facet, ...] = (*self._domain.roles, *self._domain.facets)
        for each in own:
            if isinstance(each, Role):
                names, kind = self._persons(row, self._mapping.people[each.name]), "person"
            else:
                columns = self._mapping.facets[each.name]
                names = distinct([n for column in columns for n in names_of(row.get(column), self._separators[column])])
                kind = each.name
            if names:
                found.append(Joined(each.relation, kind, names))
        return found

    def _amounts(self, number: int, row: dict[str, Any]) -> list[Amount]:
        found = [self._amount(number, row, measure) for measure in self._domain.measures]
        return [amount for amount in found if amount]

    def _amount(self, number: int, row: dict[str, Any], measure: Measure) -> Amount | None:
        ends = [self._cell(number, row, column, number_of) for column in self._mapping.numbers[measure.name]]
        known = [end for end in ends if end is not None]
        if not known:
            return None
        low, high = min(end[0] for end in known), max(end[1] for end in known)
        return Amount(measure.name, low, high, measure.told(low, high if high < MOST else math.inf))

    def _id(self, row: dict[str, Any], item: Item) -> str:
        given = self._text(row, "id")
        if _IMDB.fullmatch(given):
            return given  # the ids of the default catalogue
        if given:
            return f"{self._source}-{given}"
        slug = normalise_title(item.title).replace(" ", "-")
        made = f"{self._source}-{slug}-{item.year}" if item.year is not None else f"{self._source}-{slug}"
        return self._apart(made, item)

    def _apart(self, made: str, item: Item) -> str:
        """Two items of one title without an id are one unless their makers differ."""
        other = self._items.get(made)
        if other is None or _makers(other) == _makers(item) or not _makers(item):
            return made
        return f"{made}-{'-'.join(normalise_title(name).replace(' ', '-') for name in sorted(_makers(item))[:2])}"

    def _popularity(self, row: dict[str, Any]) -> float:
        """The logarithm of a count, as a share of the highest one; the place in a ranking the other way round."""
        column = self._mapping.column("popularity")
        found = _quietly(row.get(column)) if column else None
        if column is None or found is None or self._known_best <= 0:
            return UNKNOWN_POPULARITY if column is None else 0.0
        share = math.log1p(min(found, self._known_best)) / math.log1p(self._known_best)
        return round(1.0 - share if "rank" in plain(column) else share, 4)

    def _separator(self, column: str) -> str:
        return cells.separator_of(row.get(column) for _, row in self._table.rows)

    def _most(self, column: str | None) -> float:
        values = [value for _, row in self._table.rows if column and (value := _quietly(row.get(column))) is not None]
        return max(values, default=0.0)

    def _scale(self, column: str | None) -> float:
        """Ratings are kept on 0 … 10: stars are doubled, percents divided."""
        most = self._most(column)
        return 2.0 if most <= 5 else 1.0 if most <= 10 else 0.1


def _quietly(cell: Any) -> float | None:
    try:
        found = number_of(cell)
    except ValueError:
        return None
    return found[0] if found else None


def _makers(item: Item) -> frozenset[str]:
    others = (name for joined in item.joined if joined.kind == "person" for name in joined.names)
    return frozenset((*item.directors, *item.writers, *others))


def _refuse(error: ValidationError) -> NoReturn:
    first = error.errors()[0]
    raise _Refused(f"{first['loc'][0]}: {first['msg'].lower()} (it is {str(first['input'])[:40]!r})")


def write_rejected(rejected: Sequence[Rejected], columns: Sequence[str], path: Path) -> None:
    """Writes the rows that were turned away, or a cell of which was, as CSV: number, outcome, reason, the cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "outcome", "reason", *columns))
        for each in rejected:
            outcome = "kept without the cell" if each.kept else "left out"
            writer.writerow((each.row, outcome, each.reason, *(each.cells.get(column, "") for column in columns)))


def reasons(rejected: Sequence[Rejected]) -> Counter[str]:
    """Returns how many rows were left out, by reason; rows are counted together whatever item they name."""
    return Counter(
        "the same item as an earlier row" if each.reason.startswith("is the same item") else each.reason
        for each in rejected
        if not each.kept
    )
