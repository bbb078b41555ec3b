"""The sources of a catalogue, kept in the data folder: which they are, and the items that each gave when it was read.

home/sources/catalogue.json   the names of the sources, the first has the say
home/sources/NAME/            items.jsonl, domain.json, report.json, mapping.toml, rejected.csv
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from kg.catalogue import Catalogue
from kg.domain import FILMS, Domain
from kg.errors import CatalogueError
from kg.sources.base import CatalogueSource, Loaded, Report
from kg.sources.default import DefaultSource, default_catalogue, default_fingerprint
from kg.sources.joining import joined

DEFAULT = "default"
_NAMES = TypeAdapter(tuple[str, ...])


class Shelf:
    """The folder `sources` of a data folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "sources"

    @property
    def names(self) -> tuple[str, ...]:
        """The sources of the catalogue in use; the default alone where none was put there.

        Raises CatalogueError when the list of them is damaged, because what is not on it is removed.
        """
        path = self.folder / "catalogue.json"
        try:
            return _NAMES.validate_json(path.read_bytes())
        except FileNotFoundError:
            return (DEFAULT,)
        except (OSError, ValueError) as error:
            raise CatalogueError(
                f"The list of the sources in use, {path}, is damaged. Delete it and ingest them again, by name."
            ) from error

    def set(self, names: Sequence[str]) -> None:
        """Makes these the sources of the catalogue."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / "catalogue.tmp"
        aside.write_text(json.dumps(list(names)), encoding="utf-8")
        os.replace(aside, self.folder / "catalogue.json")

    def place(self, name: str) -> Path:
        """Returns the folder of a source."""
        return self.folder / name

    def put(self, name: str, loaded: Loaded) -> None:
        """Keeps what a source gave. Raises CatalogueError when it cannot be written."""
        place = self.place(name)
        try:
            place.mkdir(parents=True, exist_ok=True)
            loaded.domain.save(place)
            (place / "report.json").write_text(json.dumps(asdict(loaded.report)), encoding="utf-8")
            aside = place / "items.tmp"
            Catalogue(loaded.items).save(aside)
            os.replace(aside, place / "items.jsonl")
        except OSError as error:
            raise CatalogueError(f"The source cannot be kept in {place} ({error.strerror}).") from error

    def has(self, name: str) -> bool:
        """Returns whether a source was read before."""
        return name == DEFAULT or (self.place(name) / "items.jsonl").is_file()

    def get(self, name: str) -> Loaded:
        """Returns what a source gave when it was read. Raises CatalogueError when it was not, or is damaged."""
        if name == DEFAULT:
            return default_catalogue()
        place = self.place(name)
        try:
            items = Catalogue.load(place / "items.jsonl")
            report: Report = TypeAdapter(Report).validate_json((place / "report.json").read_bytes())
            return Loaded(tuple(items), report, Domain.load(place))
        except (OSError, ValueError, CatalogueError) as error:
            raise CatalogueError(f"The source {place} is damaged: {_again(name)}.") from error

    def domain(self, name: str) -> Domain:
        """Returns what kind of things a source holds."""
        return FILMS if name == DEFAULT else Domain.load(self.place(name))

    def catalogue(self, names: Sequence[str] | None = None) -> CatalogueSource:
        """Returns the catalogue that these sources make together; None are those in use."""
        names = self.names if names is None else tuple(names)
        return DefaultSource() if names == (DEFAULT,) else Shelved(self, names)


class Shelved:
    """The sources of a shelf, joined."""

    def __init__(self, shelf: Shelf, names: Sequence[str]) -> None:
        self.name = " + ".join(names)
        self._shelf, self._names = shelf, tuple(names)

    def fingerprint(self) -> str:
        """Returns a hash of all that the sources gave."""
        digest = hashlib.sha256()
        for name in self._names:
            digest.update(self._digest(name))
        return digest.hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the items of all sources."""
        return joined([self._shelf.get(name) for name in self._names])

    def _digest(self, name: str) -> bytes:
        if name == DEFAULT:
            return default_fingerprint().encode()
        parts: list[Any] = []
        for file in ("items.jsonl", "domain.json"):
            try:
                parts.append((self._shelf.place(name) / file).read_bytes())
            except OSError as error:
                raise CatalogueError(f"The source {name} is not there any more: {_again(name)}.") from error
        return hashlib.sha256(b"\0".join(parts)).digest()


def _again(name: str) -> str:
    if name == "wikidata":
        return "run `tastemaker ingest wikidata` again"
    return f"give its file or folder to `tastemaker ingest` again, with `--name {name}`"
