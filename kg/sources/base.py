"""The seam of catalogue sources: something that can be read into items, and an account of what was done to them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.domain import FILMS, Domain
from kg.items import Item


@dataclass(frozen=True, slots=True)
class Report:
    """What reading a source did, in items and in cells.

    `read` rows were seen and `kept` became items. `merged` counts what came from elsewhere and joined an item
    (notes, estimates), `dropped` the rows left out and `cleaned` the cells changed, each by reason.
    """

    source: str
    read: int = 0
    kept: int = 0
    merged: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    cleaned: Mapping[str, int] = field(default_factory=dict)
    parts: tuple["Report", ...] = ()

    def lines(self) -> list[str]:
        """Returns the account for people, one line a figure, the parts' lines below."""
        own = [f"{self.source}: read {self.read:,}, kept {self.kept:,}"]
        for word, counts in (("merged", self.merged), ("dropped", self.dropped), ("cleaned", self.cleaned)):
            own += [f"  {word} {count:,}: {reason}" for reason, count in sorted(counts.items()) if count]
        return own + [f"  {line}" for part in self.parts for line in part.lines()]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The items of a source, sorted by id, the report on them, and what kind of things they are."""

    items: tuple[Item, ...]
    report: Report
    domain: Domain = FILMS


class CatalogueSource(Protocol):
    """A catalogue that can be read again and again with the same result."""

    @property
    def name(self) -> str:
        """The source's name, for reports."""
        ...

    def fingerprint(self) -> str:
        """Returns a short text that changes with the source's content. Raises CatalogueError when it is missing."""
        ...

    def load(self) -> Loaded:
        """Returns the clean items, sorted by id. Raises CatalogueError when the source is missing or cannot be read."""
        ...


@dataclass(slots=True)
class Tally:
    """The counters of a report while a source is being read."""

    read: int = 0
    merged: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    cleaned: Counter[str] = field(default_factory=Counter)

    def loaded(self, source: str, items: Iterable[Item], parts: tuple[Report, ...] = ()) -> Loaded:
        """Returns the items sorted by id with the finished report."""
        ordered = tuple(sorted(items, key=lambda item: item.id))
        report = Report(
            source, self.read, len(ordered), dict(self.merged), dict(self.dropped), dict(self.cleaned), parts
        )
        return Loaded(ordered, report)
