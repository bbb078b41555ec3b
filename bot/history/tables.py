"""From the bytes of a CSV file to its header and rows, whatever its encoding and separator."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.history.types import HistoryError

_BLANKS = re.compile(r"[\s_]+")
_SEPARATORS = ",;\t|"
_LONGEST_CELL = 1 << 24


@dataclass(frozen=True, slots=True)
class Table:
    """`header` cells are in lower case, one blank between words. `rows` are (row as a spreadsheet counts, cells)."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def text_of(content: bytes, name: str) -> str:
    """Returns the text of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    Raises HistoryError for an empty or a binary file.
    """
    if not content.strip():
        raise HistoryError(f"{name} is empty. Export your history again and give me the new file.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise HistoryError(f"{name} is not a text file. I read .csv and .json exports, and the .zip they come in.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def table_of(text: str, is_known: Callable[[str], bool]) -> Table:
    """Returns the table of a CSV text. The separator is the one that gives the header most cells that are known.

    Iterating the rows raises csv.Error where quotation marks make one cell of a great part of the file.
    """
    csv.field_size_limit(_LONGEST_CELL)
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> tuple[int, int]:
        header = _folded(next(csv.reader([first], delimiter=separator), []))
        return sum(map(is_known, header)), len(header)

    separator = max(_SEPARATORS, key=known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = ((number, row) for number, row in enumerate(reader, start=1) if any(cell.strip() for cell in row))
    _, header = next(rows, (0, []))
    return Table(_folded(header), rows)


def _folded(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(_BLANKS.sub(" ", cell).strip().casefold() for cell in header)
