"""What the conversation is given to work with: one value, so that tests can hand over fakes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.asking import Asks, best_question
from bot.understanding.types import Context, Understanding
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from retrieval.ranking import Retriever
from retrieval.versions import SHIPPED


class Understands(Protocol):
    """From an utterance to its meaning. `spoken_of` are ids of items lately talked about."""

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning; never raises for any text."""
        ...


Rewords = Callable[[str, Sequence[str]], str | None]
"""Given a template's sentence and the names and numbers it may use, returns another wording, or None."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """Another scorer, asked beside the one that serves and never shown."""

    name: str
    retriever: Retriever


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened parts of a recommender. `model` names the scorer that serves; `explore` is how often, 0 … 1, the last
    place of a list is given to one of the next best, so that its log can tell how another scorer would do."""

    catalogue: Catalogue
    graph: KnowledgeGraph
    retriever: Retriever
    understander: Understands
    reword: Rewords | None = None
    asks: Asks = best_question
    model: str = SHIPPED
    shadow: Shadow | None = None
    explore: float = 0.0
