"""Names into a wording: said as one says them, with the article that they need."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from bot.wording.shapes import Shape
from kg.items import Fact
from kg.names import object_called

_ARTICLE = re.compile(r"\b([Aa])n? \{(\w+)\}")
_VOWEL = re.compile(r"(?!uni|use|eu|one\b|once\b)[aeiou]", re.IGNORECASE)


def filled(text: str, shape: Shape, facts: Sequence[Fact], films: Sequence[str]) -> str:
    """Returns a wording with the facts' objects and the films' labels in its places, its beginning a capital."""
    values = [_joined([spoken(fact, shape.language) for fact in facts], shape.language)] if shape.relation else []
    values += [_joined(films, shape.language)] if shape.films else []
    places: Mapping[str, str] = dict(zip(shape.slots, values, strict=True))

    def with_article(match: re.Match[str]) -> str:
        return f"{match[1]}{'n' if _VOWEL.match(places[match[2]]) else ''} {{{match[2]}}}"

    fitting = _ARTICLE.sub(with_article, text)
    whole = re.sub(r"\{(\w+)\}", lambda match: places[match[1]], fitting)
    return whole[:1].upper() + whole[1:]


def spoken(fact: Fact, language: str) -> str:
    """Returns how the object of a fact is said: "a heist", "New York", "crime", "104 minutes"."""
    name = object_called(fact.object, language)
    unit = _table()["units"][language].get(fact.relation.lower())
    if unit:
        return str(unit.format(name=name, plural="" if name == "1" else "s"))
    if fact.relation == "HAS_GENRE":
        return name.lower()
    if fact.relation == "HAS_THEME" and language == "en":
        return _themes().get(name, name)
    return name


def bare(fact: Fact, language: str) -> str:
    """Returns the object's name without article or unit, as it stands in a plain list: "Christmas", "monster"."""
    name = object_called(fact.object, language)
    if fact.relation == "HAS_THEME" and language == "en":
        return re.sub(r"^(?:an?|the) ", "", _themes().get(name, name))
    return name.lower() if fact.relation == "HAS_GENRE" else name


def is_subject(fact: Fact) -> bool:
    """Whether a theme is what a film is about, not a way of telling ("based on a novel")."""
    return fact.relation != "HAS_THEME" or fact.object.name not in _table()["forms"]["names"]


def _joined(names: Sequence[str], language: str) -> str:
    """Returns names as a list; one with an "and" of its own comes last, behind "as well as"."""
    if language == "zh" or len(names) < 2:
        return "、".join(names)
    ordered = sorted(names, key=lambda name: " and " in name)
    return ", ".join(ordered[:-1]) + (" as well as " if " and " in ordered[-1] else " and ") + ordered[-1]


@cache
def _themes() -> dict[str, str]:
    """Themes that are said with an article or a capital."""
    table = _table()
    one = {name: f"{'an' if _VOWEL.match(name) else 'a'} {name}" for name in table["articles"]["a"]}
    themes: dict[str, str] = table["themes"]
    return one | {name: f"the {name}" for name in table["articles"]["the"]} | themes


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("spoken.toml").read_text(encoding="utf-8"))
