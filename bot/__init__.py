"""The public Python API: `with Recommender.open() as recommender: recommender.conversation(user="alice").say("…")`.

Names are fetched when they are first used: the web page must be up before the database and the index are imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.recommender import Recommender
    from bot.replies import (
        Done,
        Explanation,
        Move,
        Recommendation,
        Recommended,
        Reply,
        ReplyEvent,
        TextDelta,
        Understood,
    )
    from bot.settings import Settings
    from bot.taste import Preference, Taste
    from bot.understanding.types import Constraints, Mention, Understanding
    from kg.errors import SettingsError, TastemakerError
    from kg.items import Entity, Fact, Item

_HOMES = {
    "bot.conversation": ("Conversation",),
    "bot.recommender": ("Recommender",),
    "bot.replies": (
        "Done",
        "Explanation",
        "Move",
        "Recommendation",
        "Recommended",
        "Reply",
        "ReplyEvent",
        "TextDelta",
        "Understood",
    ),
    "bot.settings": ("Settings",),
    "bot.taste": ("Preference", "Taste"),
    "bot.understanding.types": ("Constraints", "Mention", "Understanding"),
    "kg.errors": ("SettingsError", "TastemakerError"),
    "kg.items": ("Entity", "Fact", "Item"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Constraints",
    "Conversation",
    "Done",
    "Entity",
    "Explanation",
    "Fact",
    "Item",
    "Mention",
    "Move",
    "Preference",
    "Recommendation",
    "Recommended",
    "Recommender",
    "Reply",
    "ReplyEvent",
    "Settings",
    "SettingsError",
    "Taste",
    "TastemakerError",
    "TextDelta",
    "Understanding",
    "Understood",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'bot' has no attribute '{name}'")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return __all__
