"""What a watch history is made of."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import TastemakerError

Meaning = Literal["watched", "liked", "wanted"]
"""What it says of a film that a file lists it."""


class HistoryError(TastemakerError):
    """A watch history is missing, cannot be read, or is something else."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One row: a film that was watched, or is `wanted` (a watchlist) and not said to be watched.

    `rating` is 0 … 1 of the file's scale, None where the film was not rated. `liked` is a heart or a favourite.
    `imdb_id` is `tt` and digits, "" where the file has none; `date` is when it was watched, rated or listed.
    """

    title: str
    year: int | None = None
    imdb_id: str = ""
    rating: float | None = None
    liked: bool = False
    wanted: bool = False
    date: datetime.date | None = None
    original_title: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read as it stands. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Part:
    """What one file held. `read` counts its rows, `not_films` those of series, episodes and games, left out."""

    source: str
    rows: tuple[Watched, ...] = ()
    read: int = 0
    not_films: int = 0
    bad: tuple[BadRow, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class History:
    """A whole history, in the order of its files. `name` is the file's, `digest` changes with the content."""

    name: str
    parts: tuple[Part, ...]
    digest: str

    @property
    def watched(self) -> tuple[Watched, ...]:
        """All rows that name a film, watched or wanted, repeats included."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def sources(self) -> tuple[str, ...]:
        """What the files were read as, in words, each once."""
        return tuple(dict.fromkeys(part.source for part in self.parts))

    @property
    def read(self) -> int:
        """How many rows were read."""
        return sum(part.read for part in self.parts)

    @property
    def not_films(self) -> int:
        """How many rows were left out, being of series, episodes or games."""
        return sum(part.not_films for part in self.parts)

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """The rows that could not be read as they stand."""
        return tuple(row for part in self.parts for row in part.bad)
