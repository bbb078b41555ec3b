"""What an ingest was asked to do, and which of it goes with which kind of source."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from kg.errors import CatalogueError

Kind = Literal["shelf", "default", "wikidata", "wikipedia", "movielens", "table"]
"""`shelf` is all that is in use already, to be built anew."""

_CALLED: Mapping[Kind, str] = {
    "shelf": "what is in use already",
    "default": "the included films",
    "wikidata": "Wikidata",
    "wikipedia": "a folder of wikipedia-movie-data",
    "movielens": "a folder of MovieLens",
    "table": "a table",
}
_TABLES: tuple[Kind, ...] = ("table",)
_FILES: tuple[Kind, ...] = ("table", "movielens", "wikipedia")
_GOES_WITH: Mapping[str, tuple[Kind, ...]] = {
    "mapping": _TABLES,
    "write_mapping": _TABLES,
    "noun": _TABLES,
    "table": _TABLES,
    "update": _TABLES,
    "delete": _TABLES,
    "name": _FILES,
    "add": (*_FILES, "wikidata", "default"),
    "since": ("wikidata",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked to do. Without a source, what is in use is built anew.

    `add` None leaves it to the kind of source whether it joins the others.
    """

    source: str = ""
    mapping: Path | None = None
    write_mapping: Path | None = None
    name: str = ""
    noun: str = ""
    table: str = ""
    add: bool | None = None
    update: bool = False
    delete: Path | None = None
    since: int | None = None


def refuse_idle(asked: Asked, kind: Kind) -> None:
    """Raises CatalogueError, naming the option, where one was given that does nothing for this kind of source."""
    for field in fields(asked):
        value, kinds = getattr(asked, field.name), _GOES_WITH.get(field.name)
        if kinds is None or kind in kinds or value == field.default:
            continue
        option = "alone" if field.name == "add" and not value else field.name.replace("_", "-")
        *most, last = (_CALLED[each] for each in kinds)
        goes_with = f"{', '.join(most)} or {last}" if most else last
        raise CatalogueError(f"`--{option}` goes with {goes_with}, and not with {_CALLED[kind]}. Leave it out.")
