"""The hand-written tables `kg/data/aliases_*.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kg.tables import read_data


def read_table(name: str) -> Mapping[str, Any]:
    """Returns the table `kg/data/aliases_NAME.toml`. Raises CatalogueError as `read_data` does."""
    return read_data(f"aliases_{name}")


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """Returns the sets of words of `aliases_cues.toml` by name."""
    return {name: frozenset(words.split()) for name, words in read_table("cues").items()}


def sayings(name: str, section: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields (what is meant, the ways to say it) of one section; nothing where the section is absent."""
    for meant, words in read_table(name).get(section, {}).items():
        yield meant, tuple(words)
