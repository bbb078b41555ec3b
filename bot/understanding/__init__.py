"""From an utterance to its meaning: `Understander(links).understand(utterance, context) -> Understanding`."""

from bot.understanding.links import Links, NoLinks
from bot.understanding.merge import Understander
from bot.understanding.types import Context, Turn, Understanding

__all__ = ["Context", "Links", "NoLinks", "Turn", "Understander", "Understanding"]
