"""From a file to named columns and numbered rows: CSV in any dialect, JSON Lines, JSON, Parquet, SQLite."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from kg.errors import CatalogueError

_SEPARATORS = ",;\t|"
_SNIFFED = 50  # lines
_LONGEST_CELL = 1 << 24
_PARQUET, _SQLITE = b"PAR1", b"SQLite format 3\x00"
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
EXTRA = "(cells beyond the header)"


@dataclass(frozen=True, slots=True)
class RawTable:
    """`columns` as the file names them. `rows` are (row number as the file counts, cells by column).

    Cells are what the file holds: text, numbers, lists, or None. A row with more cells than the header keeps them under
    `EXTRA`. A row that could not be read at all has its reason under `broken`.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Any]], ...]
    broken: tuple[tuple[int, str], ...] = ()


def plain(name: str) -> str:
    """Returns the name of a column in lower case with single blanks: `YearPublished`, `year_published` → the same."""
    return re.sub(r"[\s_\-./()]+", " ", _CAMEL.sub(" ", name)).strip().casefold()


def read_table(
    path: Path, known: frozenset[str] = frozenset(), *, table: str = "", encoding: str = "", delimiter: str = ""
) -> RawTable:
    """Returns the table of a file. `known` are plain names of columns that tell a header from a first row.

    `table` is the SQLite table, the largest where it is not named. Raises CatalogueError with a sentence for a file
    that is missing, empty, or of another kind.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    if not content.strip():
        raise CatalogueError(f"{path} is empty: there is nothing to ingest.")
    if content.startswith(_SQLITE):
        return _sqlite(path, table)
    if content.startswith(_PARQUET):
        return _parquet(path)
    text = _text(content, path, encoding)
    if path.suffix.lower() in (".json", ".jsonl", ".ndjson") or text.lstrip()[:1] in "[{":
        return _json(text, path)
    return _csv(text, path, known, delimiter)


def _text(content: bytes, path: Path, encoding: str) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else Windows-1252 (which holds Latin-1)."""
    if encoding:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError) as error:
            raise CatalogueError(f"{path} is not in the encoding {encoding} ({error}). Correct the mapping.") from error
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise CatalogueError(
            f"{path} is not a table that I can read: give me CSV, JSON Lines, Parquet or SQLite, or a MovieLens folder."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv(text: str, path: Path, known: frozenset[str], delimiter: str) -> RawTable:
    csv.field_size_limit(_LONGEST_CELL)
    separator = delimiter or _separator(text)
    rows: list[tuple[int, list[str]]] = []
    broken: list[tuple[int, str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        broken.append((reader.line_num, f"cannot be read as CSV from here on ({error})"))
    if not rows:
        raise CatalogueError(f"{path} has no rows that can be read as a table.")
    header, rest = _header(rows, known)
    if not rest:
        raise CatalogueError(f"{path} has a header and no rows below it: there is nothing to ingest.")
    return RawTable(path.stem, header, tuple(_dicts(header, rest)), tuple(broken))


def _separator(text: str) -> str:
    """Returns the separator that cuts the first lines into most columns, and into as many in every line."""
    lines = [line for line in text.splitlines()[: 4 * _SNIFFED] if line.strip()][:_SNIFFED]

    def regular(separator: str) -> tuple[float, int]:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=separator) if cells]
        widest = max(counts, default=1)
        first = counts[0] if counts else 1
        return (sum(count == first for count in counts) / max(len(counts), 1) if first > 1 else 0.0, widest)

    return max(_SEPARATORS, key=regular)


def _header(
    rows: Sequence[tuple[int, list[str]]], known: frozenset[str]
) -> tuple[tuple[str, ...], Sequence[tuple[int, list[str]]]]:
    """Returns the names of the columns and the rows below; made-up names where the first row is no header.

    A header has a known name, or words only, each once, and more than one of them.
    """
    first = [cell.strip() for cell in rows[0][1]]
    named = [cell for cell in first if cell]
    has_known = any(plain(cell) in known for cell in named)
    words = len(named) > 1 and len(set(named)) == len(named) and all(map(_is_name, named))
    if has_known or (words and len(rows) > 1):
        names = [name or f"column {place}" for place, name in enumerate(first, start=1)]
        return _distinct(names), rows[1:]
    width = max(len(cells) for _, cells in rows)
    return tuple(f"column {place}" for place in range(1, width + 1)), rows


def _is_name(cell: str) -> bool:
    return bool(_WORD.search(cell)) and len(cell) < 40 and not cell[:1].isdigit()


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        again = 2
        own = name
        while own in found:
            own, again = f"{name} {again}", again + 1
        found.append(own)
    return tuple(found)


def _dicts(header: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cells in rows:
        row: dict[str, Any] = dict(zip(header, cells, strict=False))
        if any(cell.strip() for cell in cells[len(header) :]):
            row[EXTRA] = cells[len(header) :]
        yield number, row


def _json(text: str, path: Path) -> RawTable:
    if text.lstrip().startswith("["):
        return _named(path.stem, enumerate(_parsed_list(text, path), start=1))
    records: list[tuple[int, Any]] = []
    broken: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                records.append((number, json.loads(line)))
            except ValueError as error:
                broken.append((number, f"is no JSON ({error})"))
    if not any(isinstance(record, dict) for _, record in records):
        raise CatalogueError(f"{path} holds no JSON objects, one a line: there is nothing to ingest.")
    return _named(path.stem, records, broken)


def _parsed_list(text: str, path: Path) -> list[Any]:
    try:
        records = json.loads(text)
    except ValueError as error:
        raise CatalogueError(f"{path} is no JSON ({error}).") from error
    if not any(isinstance(record, dict) for record in records):
        raise CatalogueError(f"{path} holds no list of objects: there is nothing to ingest.")
    return list(records)


def _named(name: str, records: Iterable[tuple[int, Any]], broken: Sequence[tuple[int, str]] = ()) -> RawTable:
    rows: list[tuple[int, dict[str, Any]]] = []
    bad = list(broken)
    for number, record in records:
        if isinstance(record, dict):
            rows.append((number, _flat(record)))
        else:
            bad.append((number, "is no JSON object"))
    columns = tuple(dict.fromkeys(column for _, row in rows for column in row))
    return RawTable(name, columns, tuple(rows), tuple(bad))


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """`{"price": {"amount": 3}}` has a column `price amount`; lists of objects give their names."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{key} {inner}": each for inner, each in _flat(value).items()}
        elif isinstance(value, list):
            flat[key] = [each.get("name", each.get("title", "")) if isinstance(each, dict) else each for each in value]
        else:
            flat[key] = value
    return flat


def _parquet(path: Path) -> RawTable:
    import pyarrow  # noqa: PLC0415 — half a second, and few catalogues are Parquet
    import pyarrow.parquet  # noqa: PLC0415

    try:
        table = pyarrow.parquet.read_table(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise CatalogueError(f"{path} cannot be read as Parquet ({error}).") from error
    return _named(path.stem, enumerate(table.to_pylist(), start=1))


def _sqlite(path: Path, name: str) -> RawTable:
    engine = create_engine(f"sqlite:///file:{path.resolve().as_posix()}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            table = _chosen(connection, path, name)
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise CatalogueError(f"{path} cannot be read as SQLite ({reason}).") from error
    finally:
        engine.dispose()
    if not rows:
        raise CatalogueError(f"The table {table.name} of {path} has no rows.")
    return RawTable(table.name, tuple(rows[0]), tuple(enumerate(rows, start=1)))


def _chosen(connection: Connection, path: Path, name: str) -> Table:
    """Returns the table asked for, or the one with most rows."""
    database = MetaData()
    database.reflect(connection, views=True)
    if name and name not in database.tables:
        raise CatalogueError(f"{path} has no table {name}. It has: {', '.join(sorted(database.tables)) or 'none'}.")
    if not database.tables:
        raise CatalogueError(f"{path} has no tables: there is nothing to ingest.")
    if name:
        return database.tables[name]
    sizes = {
        table: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for _, table in sorted(database.tables.items())
    }
    return max(sizes, key=lambda table: sizes[table])
