"""All items in memory, found by id or by title, and kept in one file."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from kg.errors import CatalogueError
from kg.items import Amount, Axes, Item, Joined
from kg.text import normalise_title

_LISTS = frozenset(
    ("genres", "directors", "cast", "languages", "countries", "themes", "moods", "writers"),
)
_DEFAULTS = {field.name: field.default for field in fields(Item)}


class Catalogue:
    """An immutable set of items."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}
        self._titles: dict[str, list[Item]] | None = None

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the catalogue's order."""
        return tuple(self._items)

    def get(self, item_id: str) -> Item | None:
        """Returns the item, or None for an unknown id."""
        return self._items.get(item_id)

    def find(self, title: str, year: int | None = None) -> Item | None:
        """Returns the item of this title, the most popular where several have it; None where none has.

        Titles are compared in one spelling (`kg.text.normalise_title`). With a year, only an item of that year fits,
        or else of the year before or after (films open in one year here and in the next there).
        """
        named = self._by_title().get(normalise_title(title), ())
        if year is None:
            return named[0] if named else None
        for distance in (0, 1):
            for item in named:
                if item.year is not None and abs(item.year - year) == distance:
                    return item
        return None

    def save(self, path: Path) -> None:
        """Writes one JSON object a line; fields that are unknown are left out. Raises CatalogueError on a full disk."""
        try:
            with path.open("w", encoding="utf-8") as file:
                for item in self:
                    line = json.dumps(_record(item), ensure_ascii=False, separators=(",", ":"), default=asdict)
                    file.write(line + "\n")
        except OSError as error:
            raise CatalogueError(f"The catalogue cannot be written to {path} ({error.strerror}).") from error

    @staticmethod
    def load(path: Path) -> "Catalogue":
        """Returns the saved catalogue. Raises CatalogueError when the file is missing or damaged."""
        try:
            with path.open("rb") as lines:
                return Catalogue(_item(json.loads(line)) for line in lines)
        except OSError as error:
            raise CatalogueError(
                f"The catalogue {path} cannot be read ({error.strerror}): run `tastemaker ingest`."
            ) from error
        except (ValueError, TypeError, KeyError) as error:
            raise CatalogueError(f"The catalogue {path} is damaged ({error}): run `tastemaker ingest`.") from error

    def _by_title(self) -> dict[str, list[Item]]:
        if self._titles is None:
            titles: defaultdict[str, list[Item]] = defaultdict(list)
            for item in sorted(self, key=lambda item: (-item.popularity, item.id)):
                titles[normalise_title(item.title)].append(item)
            self._titles = dict(titles)
        return self._titles


def _record(item: Item) -> dict[str, Any]:
    return {name: value for name, default in _DEFAULTS.items() if (value := getattr(item, name)) != default}


def _item(record: Any) -> Item:
    if not isinstance(record, dict):
        raise TypeError("a line holds no object")
    for name in _LISTS & record.keys():
        # Names stand in many items: one text for all of them takes a third of the memory.
        record[name] = tuple(map(sys.intern, record[name]))
    if "axes" in record:
        record["axes"] = Axes(**record["axes"])
    if "joined" in record:
        record["joined"] = tuple(
            Joined(each["relation"], each["kind"], tuple(each["names"])) for each in record["joined"]
        )
    if "amounts" in record:
        record["amounts"] = tuple(Amount(**each) for each in record["amounts"])
    return Item(**record)
