"""Themes found in descriptions: the closed vocabulary's own names and what people call them, as whole words."""

from collections.abc import Iterable
from dataclasses import replace

from kg.items import Item
from kg.linking.stems import phrase_key
from kg.linking.tables import sayings

MOST_THEMES = 6
_LONGEST = 4  # words
# Names that stand in descriptions for other things: "released on television", "a family moves", "his faith in her".
_TOO_COMMON = frozenset(
    ("family", "love", "war", "plane", "faith", "writer", "television", "theatre", "money", "virus")
)


def vocabulary() -> dict[str, str]:
    """Returns saying (in the singular) → theme: the theme's own name, and what people call it in several words.

    Other single words are left out: a description has them in other senses.
    """
    found: dict[str, str] = {}
    for theme, words in sayings("keywords", "theme"):
        for word in (theme, *(word for word in words if " " in word)):
            key = _singular(word)
            if len(key) > 2 and word not in _TOO_COMMON:
                found.setdefault(key, theme)
    return found


def _singular(text: str) -> str:
    """Returns the words in one spelling, plurals cut; verbs stay as they are: a team that races is no racing."""
    words = phrase_key(text).split()
    return " ".join(
        word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word for word in words
    )


def themes_in(text: str, words: dict[str, str]) -> tuple[str, ...]:
    """Returns the themes that a text speaks of, in its order, `MOST_THEMES` at most; longer sayings go first."""
    keys = _singular(text).split()
    found: dict[str, None] = {}
    start = 0
    while start < len(keys):
        step = 1
        for length in range(min(_LONGEST, len(keys) - start), 0, -1):
            if theme := words.get(" ".join(keys[start : start + length])):
                found.setdefault(theme)
                step = length
                break
        start += step
    return tuple(found)[:MOST_THEMES]


def with_themes(items: Iterable[Item]) -> list[Item]:
    """Returns the items in their order, those without themes with the ones of their descriptions."""
    words = vocabulary()
    return [
        replace(item, themes=themes_in(item.synopsis, words)) if item.synopsis and not item.themes else item
        for item in items
    ]
