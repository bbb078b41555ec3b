"""Which column means what: a short TOML file, or a guess that can be kept as one."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.domain import Domain, Facet, domain_of, field_of, measure_of, role_of
from kg.errors import CatalogueError
from kg.items import EDGE_RELATIONS

LISTS = ("genres", "themes", "moods", "countries", "languages")
ONCE = ("id", "title", "year", "description", "runtime", "rating", "popularity", "link", "image", "deleted")
RESERVED = frozenset(("item", "person", "genre", "country", "language", "theme", "mood", "value", "text", "facet"))
_NAME = re.compile(r"[^\W\d_]\w*(?: \w+)*")


class Mapping(BaseModel):
    """The columns of a table by what they hold, and the words for the things in it.

    `columns` has the fields that every catalogue has (`ONCE`: one column each, `LISTS`: one or more), `people` the
    roles, `facets` further kinds of names, `numbers` further numbers (two columns are the ends of a range), `flags`
    yes-or-no columns that become themes. `ignored` is for the reader: columns that are not used.
    """

    model_config = ConfigDict(extra="forbid")

    noun: str = ""
    plural: str = ""
    verb: str = ""
    past: str = ""
    doing: str = ""
    noun_zh: str = ""
    table: str = ""
    encoding: str = ""
    delimiter: str = ""
    currency: str = ""
    columns: dict[str, list[str]] = Field(default_factory=dict)
    people: dict[str, list[str]] = Field(default_factory=dict)
    facets: dict[str, list[str]] = Field(default_factory=dict)
    numbers: dict[str, list[str]] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    ignored: list[str] = Field(default_factory=list)

    @field_validator("columns", "people", "facets", "numbers", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: [each] if isinstance(each, str) else each for key, each in value.items()}
        return value

    @field_validator("columns")
    @classmethod
    def _known(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if unknown := value.keys() - {*ONCE, *LISTS}:
            raise ValueError(f"has no field {', '.join(sorted(unknown))}; it may have {', '.join((*ONCE, *LISTS))}")
        return value

    @field_validator("facets", "numbers", "people")
    @classmethod
    def _named(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        for name in value:
            if not _NAME.fullmatch(name) or name in RESERVED or f"HAS_{name.upper()}" in EDGE_RELATIONS:
                raise ValueError(f"cannot have the name {name!r}: take another word, of letters and blanks")
        return value

    def column(self, field: str) -> str | None:
        """Returns the column of a field that has one."""
        return next(iter(self.columns.get(field, ())), None)

    def used(self) -> set[str]:
        """Returns all columns that the mapping reads."""
        parts = (self.columns, self.people, self.facets, self.numbers)
        return {column for part in parts for columns in part.values() for column in columns} | set(self.flags.values())

    def domain(self) -> Domain:
        """Returns the kind of catalogue that the mapping makes."""
        words = {name: getattr(self, name) for name in ("plural", "verb", "past", "doing", "noun_zh")}
        roles = [name for name in self.people if field_of(name) is None]
        return domain_of(self.noun or "item", **words).with_own(
            roles=tuple(role_of(name) for name in roles),
            facets=tuple(Facet.of(name) for name in self.facets),
            measures=tuple(measure_of(name, self.currency) for name in self.numbers),
            timed="runtime" in self.columns,
        )


def read_mapping(path: Path) -> Mapping:
    """Returns the mapping of a TOML file. Raises CatalogueError with what is wrong in it."""
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CatalogueError(f"The mapping {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"The mapping {path} is no TOML ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"The mapping {path}: {place} {first['msg'].removeprefix('Value error, ')}.") from error


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Writes the mapping as TOML that `read_mapping` reads. Raises CatalogueError when it cannot be written."""
    lines = ["# Which column means what; `tastemaker ingest SOURCE --mapping THIS` reads it."]
    tables: list[str] = []
    for name, value in mapping.model_dump().items():
        if isinstance(value, dict) and value:
            tables += ["", f"[{name}]", *(f"{_key(key)} = {_value(each)}" for key, each in value.items())]
        elif value and not isinstance(value, dict):
            lines.append(f"{name} = {_value(value)}")
    try:
        path.write_text("\n".join([*lines, *tables]) + "\n", encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"The mapping {path} cannot be written ({error.strerror}).") from error


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)


def _value(value: str | list[str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return _quoted(value[0]) if len(value) == 1 else f"[{', '.join(_quoted(each) for each in value)}]"


def _quoted(text: str) -> str:
    escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text)
    return f'"{escaped}"'
