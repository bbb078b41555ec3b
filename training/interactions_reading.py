"""Reading a shop's log of use (CSV, JSON lines, Parquet): columns guessed and told, bad rows counted with reasons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from training.interactions_columns import columns_of, events_of, ratings_of, times_of
from training.interactions_log import Log, Numbers
from training.scorer_dialogues import title_and_year


@dataclass(frozen=True)
class ReadLog:
    """A log that was read. `columns` are those found, by meaning; `bad` counts what was left out, by reason."""

    log: Log
    columns: Mapping[str, str]
    read: int
    people: tuple[str, ...] = field(repr=False)
    bad: Mapping[str, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Returns the account, a line a fact."""
        found = ", ".join(f"{name} ← {column}" for name, column in self.columns.items())
        people, items = len(np.unique(self.log.people)), len(np.unique(self.log.items))
        kept = f"{len(self.log):,} of {self.read:,} rows kept: {people:,} people, {items:,} items"
        return [f"columns: {found}", kept, *(f"left out, {reason}: {count:,}" for reason, count in self.bad.items())]


def read_interactions(path: Path, catalogue: Catalogue) -> ReadLog:
    """Returns the log of a file (.csv, .tsv, .jsonl, .parquet) joined to the catalogue by id, else by title and year.

    A `movies.csv` beside the file (MovieLens) tells the titles of its ids. Raises CatalogueError when the file cannot
    be read, has no column for people or items, or no row that can be used.
    """
    table = _table(path)
    columns = columns_of(table.columns)
    if "user" not in columns or not {"item", "title"} & set(columns):
        raise CatalogueError(
            f"{path} needs a column of people and one of items; it has {', '.join(map(str, table.columns))}. "
            "Name them user and item (a catalogue id), or user, title and year."
        )
    bad: Counter[str] = Counter()
    items = _items(table, columns, catalogue, _titles_beside(path))
    ratings, refused_rating = ratings_of(table, columns, bad)
    weights, refused_event = events_of(table, columns)
    times = times_of(table, columns)
    people, names = pd.factorize(table[columns["user"]].astype("string"))
    checks = {
        "no person": people < 0,
        "an item that the catalogue does not have": items < 0,
        "an event of no known kind": np.isnan(weights),
        "a time that cannot be read": np.isnan(times),
    }
    kept = np.ones(len(table), dtype=np.bool_)
    for reason, wrong in checks.items():
        if count := int((kept & wrong).sum()):
            bad[reason] += count
        kept &= ~wrong
    if not kept.any():
        raise CatalogueError(
            f"No row of {path} can be used: {', '.join(bad) or 'it is empty'}. Is it this catalogue's?"
        )
    every = Log.of(people.astype(np.int64), items, times, weights, ratings, refused_rating | refused_event)
    order = np.lexsort((times, people))
    return ReadLog(every.where(kept[order]), columns, len(table), tuple(map(str, names)), dict(bad))


def _table(path: Path) -> pd.DataFrame:
    try:
        match path.suffix.lower():
            case ".parquet" | ".pq":
                return pd.read_parquet(path)
            case ".jsonl" | ".ndjson" | ".json":
                return pd.read_json(path, lines=True, dtype=False)
            case _:
                return pd.read_csv(path, sep=None, engine="python", dtype="string", encoding="utf-8-sig")
    except (OSError, ValueError, ImportError, pd.errors.ParserError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CatalogueError(
            f"{path} cannot be read as a log ({reason}). I read CSV, JSON lines and Parquet."
        ) from error


def _items(table: pd.DataFrame, columns: Mapping[str, str], catalogue: Catalogue, beside: Mapping[str, str]) -> Numbers:
    row_of = {item: row for row, item in enumerate(catalogue.ids)}

    def row(key: tuple[str, str, str]) -> int:
        item, title, year = key
        if item in row_of:
            return row_of[item]
        name, its_year = title_and_year(title or beside.get(item, ""))
        number = int(float(year)) if year.replace(".", "", 1).isdigit() else its_year
        found = catalogue.find(name, number) if name else None
        return row_of[found.id] if found else -1

    parts = [
        table[columns[name]].astype("string").fillna("") if name in columns else pd.Series("", index=table.index)
        for name in ("item", "title", "year")
    ]
    keys = pd.Series(list(zip(*parts, strict=True)), index=table.index)
    rows = {key: row(key) for key in keys.unique()}
    places: Numbers = keys.map(rows).to_numpy(dtype=np.int64)
    return places


def _titles_beside(path: Path) -> dict[str, str]:
    beside = path.parent / "movies.csv"
    if not beside.is_file() or beside == path:
        return {}
    movies = _table(beside)
    columns = columns_of(movies.columns)
    if not {"item", "title"} <= set(columns):
        return {}
    return dict(zip(movies[columns["item"]].astype("string"), movies[columns["title"]].astype("string"), strict=True))
