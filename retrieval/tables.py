"""Learned tables are kept by film, not by row: how their keys find rows in a catalogue, and how files are read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kg.errors import ModelError
from kg.items import Item
from kg.text import normalise_title

Places = npt.NDArray[np.int64]


def key_of(item: Item) -> str:
    """Returns the key of a film in a table: its title in one spelling, and its year or nothing."""
    return f"{normalise_title(item.title)}|{item.year or ''}"


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Returns the arrays of a weights file. Raises ModelError when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"The weights {path} cannot be read: run `tastemaker train scorer`.") from error


def rows_by_title(keys: Sequence[str], items: Sequence[Item]) -> Places:
    """Returns for each key the row of its film: the same title, the same year or one beside it, or -1."""
    rows: dict[str, int] = {}
    for row, item in sorted(enumerate(items), key=lambda pair: pair[1].popularity):
        rows[key_of(item)] = row
        rows[f"{normalise_title(item.title)}|"] = row
    found = []
    for key in keys:
        title, _, year = key.rpartition("|")
        years = (year, str(int(year) - 1), str(int(year) + 1)) if year else ("",)
        found.append(next((rows[name] for near in years if (name := f"{title}|{near}") in rows), -1))
    return np.array(found, dtype=np.int64)


def rows_by_id(keys: Sequence[str], items: Sequence[Item]) -> Places:
    """Returns for each key, an item's id, the item's row or -1."""
    rows = {item.id: row for row, item in enumerate(items)}
    return np.array([rows.get(key, -1) for key in keys], dtype=np.int64)
