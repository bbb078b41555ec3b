"""The public Python API: `with Recommender.open() as recommender: recommender.conversation(user="alice").say("…")`."""

from bot.conversation import Conversation
from bot.recommender import Recommender
from bot.replies import Done, Explanation, Recommendation, Recommended, Reply, ReplyEvent, TextDelta, Understood
from bot.settings import Settings
from bot.taste import Preference, Taste
from bot.understanding.types import Constraints, Mention, Understanding
from kg.errors import TastemakerError
from kg.items import Entity, Fact, Item

__all__ = [
    "Constraints",
    "Conversation",
    "Done",
    "Entity",
    "Explanation",
    "Fact",
    "Item",
    "Mention",
    "Preference",
    "Recommendation",
    "Recommended",
    "Recommender",
    "Reply",
    "ReplyEvent",
    "Settings",
    "Taste",
    "TastemakerError",
    "TextDelta",
    "Understanding",
    "Understood",
]
