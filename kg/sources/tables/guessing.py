"""The guess which column means what: by its name first, by what its cells hold otherwise."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.domain import known_measures, known_nouns, known_roles
from kg.sources.tables.cells import (
    currency_of,
    is_empty,
    minutes_of,
    number_of,
    separator_of,
    text_of,
    year_of,
    yes_or_no,
)
from kg.sources.tables.mapping import LISTS, RESERVED, Mapping
from kg.sources.tables.reading import RawTable, plain
from kg.tables import read_data

SAMPLE = 2_000  # rows that are looked at
MOSTLY = 0.8
LONG_TEXT, SHORT_TEXT = 80, 60  # characters, on average
FEW = 0.5  # distinct values a cell, below which a column of names repeats itself
_URL = re.compile(r"^https?://", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)(?:\?|$)|image|thumb|cover|poster|photo", re.IGNORECASE)
_ID = re.compile(r"\b(?:id|key|no|number|index|rank|position)\b")


def known_names() -> frozenset[str]:
    """Returns the plain names of columns that are known: they tell a header from a row."""
    fields = [name for names in read_data("columns").values() for name in names]
    people = [name for role in known_roles().values() for name in role["columns"]]
    numbers = [
        name for each in known_measures().values() for part in ("columns", "low", "high") for name in each.get(part, ())
    ]
    return frozenset((*fields, *people, *numbers))


@dataclass
class Guess:
    """A mapping in the making: what has been assigned, and the columns that are left."""

    table: RawTable
    left: list[str]
    mapping: Mapping = field(default_factory=Mapping)

    def take(self, part: dict[str, list[str]], name: str, *columns: str) -> None:
        """Assigns columns that are left to a field."""
        part.setdefault(name, []).extend(columns)
        self.left = [column for column in self.left if column not in columns]

    def named(self, names: Iterable[str]) -> list[str]:
        """Returns the columns left that have one of the plain names, in the order of the names."""
        by_name = {plain(column): column for column in reversed(self.left)}
        return [by_name[name] for name in names if name in by_name]

    def cells(self, column: str) -> list[Any]:
        """Returns the cells of a column that say something, of the first rows."""
        return [cell for _, row in self.table.rows[:SAMPLE] if not is_empty(cell := row.get(column))]


def guess(table: RawTable, name: str = "") -> Mapping:
    """Returns the mapping that the names and the cells of the table's columns suggest. `name` is the file's.

    Whatever it cannot place is under `ignored`; a table always has a title, if it has a column.
    """
    found = Guess(table, list(table.columns))
    _by_name(found)
    _title(found)
    for column in tuple(found.left):
        _by_content(found, column)
    mapping = found.mapping
    mapping.ignored = found.left
    mapping.currency = currency_of(cell for column in mapping.numbers.get("price", ()) for cell in found.cells(column))
    if not mapping.currency:
        mapping.currency = currency_of(mapping.numbers.get("price", ())) or ("$" if "price" in mapping.numbers else "")
    mapping.noun = _noun(table, name)
    return mapping


def _by_name(found: Guess) -> None:
    columns = read_data("columns")
    for role, known in known_roles().items():
        for column in found.named(known["columns"])[:1]:
            found.take(found.mapping.people, role, column)
    for measure, known in known_measures().items():
        ends = (*found.named(known.get("low", ()))[:1], *found.named(known.get("high", ()))[:1])
        numbers = ends or tuple(found.named(known["columns"])[:1])
        if numbers and all(_share(found.cells(column), number_of) >= MOSTLY for column in numbers):
            found.take(found.mapping.numbers, measure, *numbers)
    for slot, names in columns.items():
        matching = found.named(names)
        for column in matching if slot in LISTS else matching[:1]:
            if _fits(slot, found.cells(column)):
                found.take(found.mapping.columns, slot, column)


def _fits(slot: str, cells: Sequence[Any]) -> bool:
    """Returns whether the cells can be what the column's name says: a "note" may be a rating or a remark."""
    reads = {"year": year_of, "runtime": minutes_of, "rating": number_of, "popularity": number_of}
    if slot in reads:
        return _share(cells, reads[slot]) >= MOSTLY
    if slot in ("genres", "themes", "moods", "countries", "languages"):
        return _length(cells) < 3 * SHORT_TEXT
    return bool(cells) or slot == "title"


def _title(found: Guess) -> None:
    """Without a column of that name, the title is the first of short texts that hardly repeat themselves."""
    if "title" in found.mapping.columns or not found.left:
        return
    texts = [
        column
        for column in found.left
        if (cells := found.cells(column))
        and _share(cells, number_of) < FEW
        and _length(cells) < 2 * LONG_TEXT
        and len({text_of(cell) for cell in cells}) >= FEW * len(cells)
        and not any(_URL.match(text_of(cell)) for cell in cells[:20])
    ]
    if texts or len(found.left) == 1:
        found.take(found.mapping.columns, "title", (texts or found.left)[0])


def _by_content(found: Guess, column: str) -> None:
    """Assigns a column whose name is not known: an address, a number, a long text, names that repeat themselves."""
    cells, mapping, name = found.cells(column), found.mapping, plain(column)
    if not cells or not name:
        return
    texts = [text_of(cell) for cell in cells]
    if sum(bool(_URL.match(text)) for text in texts) >= MOSTLY * len(texts):
        slot = "image" if _PICTURE.search(texts[0]) or _PICTURE.search(name) else "link"
        if slot not in mapping.columns:
            found.take(mapping.columns, slot, column)
    elif all(yes_or_no(text) is not None for text in texts) and len(set(texts)) > 1:
        mapping.flags[name.removeprefix("is ")] = column
        found.left.remove(column)
    elif _share(cells, number_of) >= MOSTLY and not any(text[:1].isalpha() for text in texts[:20]):
        _number(found, column, name, cells)
    elif _length(cells) >= LONG_TEXT:
        if "description" not in mapping.columns:
            found.take(mapping.columns, "description", column)
    elif (
        (_repeats(texts) or separator_of(cells) or isinstance(cells[0], list))
        and name not in RESERVED
        and not name[:1].isdigit()
    ):
        facet = singular(re.sub(r"[^\w ]", "", name))
        if facet and facet not in {*mapping.facets, *RESERVED} and not facet.startswith("column "):
            found.take(mapping.facets, facet, column)
        elif facet.startswith("column ") and "genres" not in mapping.columns:
            found.take(mapping.columns, "genres", column)


def _number(found: Guess, column: str, name: str, cells: Sequence[Any]) -> None:
    if _ID.search(name):
        return
    years = [year for cell in cells if (year := _try(year_of, cell))]
    if (
        "year" not in found.mapping.columns
        and len(years) >= MOSTLY * len(cells)
        and 1400 < statistics.median(years) < 2100
    ):
        found.take(found.mapping.columns, "year", column)
    elif not name.startswith("column ") and re.fullmatch(r"[^\W\d_]\w*(?: \w+)*", name) and name not in RESERVED:
        found.take(found.mapping.numbers, name, column)


def _repeats(texts: Sequence[str]) -> bool:
    return len(texts) > 3 and len(set(texts)) <= FEW * len(texts)


def singular(name: str) -> str:
    """Returns the English singular of a column's name by the common rules: mechanics → mechanic."""
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def _noun(table: RawTable, name: str) -> str:
    """Returns the kind of catalogue that the file's name says, else the one whose columns the table has most of."""
    words = plain(f"{name} {table.name}").replace(" ", "_")
    columns = [plain(column) for column in table.columns]

    def signs(noun: str) -> tuple[int, int]:
        known = known_nouns()[noun]
        by_file = max((len(word) for word in known["files"] if word in words), default=0)
        by_column = sum(any(sign in column for column in columns) for sign in known["columns"])
        return by_file, by_column

    nouns = [noun for noun in known_nouns() if noun != "item"]
    named = max(nouns, key=signs)
    if signs(named)[0]:
        return named
    by_columns = max(nouns, key=lambda noun: signs(noun)[1])
    return by_columns if signs(by_columns)[1] else "item"


def _share(cells: Sequence[Any], read: Any) -> float:
    return sum(_try(read, cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _try(read: Any, cell: Any) -> Any:
    try:
        return read(cell)
    except ValueError:
        return None


def _length(cells: Sequence[Any]) -> float:
    return statistics.fmean(len(text_of(cell)) for cell in cells) if cells else 0.0
