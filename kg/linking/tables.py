"""The hand-written tables `kg/data/aliases_*.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import CatalogueError


@cache
def read_table(name: str) -> dict[str, Any]:
    """Returns the table `kg/data/aliases_NAME.toml`. Raises CatalogueError when it is missing or cannot be parsed."""
    file = files("kg").joinpath("data", f"aliases_{name}.toml")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"The alias table aliases_{name}.toml cannot be read ({error}): reinstall.") from error


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """Returns the sets of words of `aliases_cues.toml` by name."""
    return {name: frozenset(words.split()) for name, words in read_table("cues").items()}


def sayings(name: str, section: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields (what is meant, the ways to say it) of one section; nothing where the section is absent."""
    for meant, words in read_table(name).get(section, {}).items():
        yield meant, tuple(words)
