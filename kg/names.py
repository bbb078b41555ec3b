"""How the catalogue's entities are called in another language, by the hand-written table `kg/data/names_zh.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache

from kg.items import Entity
from kg.tables import read_data

_KINDS = ("genre", "theme", "mood", "country", "language")


def called(node: str, language: str) -> str:
    """Returns how a node ("genre:Sci-Fi") is called in a language ("zh": 科幻); its own name where we know no other."""
    kind, _, name = node.partition(":")
    return str(_table(language).get(kind, {}).get(name, name))


def object_called(entity: Entity, language: str) -> str:
    """Returns the same for an object of a fact; an item and a number are called as they are."""
    return called(entity.id, language) if entity.kind not in ("item", "value") else entity.name


def translated(kind: str) -> Iterator[tuple[str, str]]:
    """Yields (the catalogue's name, how it is called in Chinese) of one kind of node."""
    yield from _table("zh").get(kind, {}).items()


def is_asked_by(foreign: str) -> bool:
    """Returns whether a name elsewhere in an utterance means the entity: with 家人 somebody watches, mostly."""
    return foreign not in read_data("names_zh")["told_only"]["names"]


@cache
def foreign_names() -> frozenset[str]:
    """Returns all names that are not the catalogue's own."""
    return frozenset(name for kind in _KINDS for name in _table("zh").get(kind, {}).values())


def _table(language: str) -> Mapping[str, Mapping[str, str]]:
    return read_data("names_zh") if language == "zh" else {}
