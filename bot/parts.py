"""What the conversation is given to work with: one value, so that tests can hand over fakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.asking import Asks, best_question
from bot.pulse import Pulse
from bot.understanding.types import Context, Understanding
from bot.wording.shapes import Shape
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from retrieval.ranking import Retriever
from retrieval.versions import SHIPPED


class Understands(Protocol):
    """From an utterance to its meaning. `spoken_of` are ids of items lately talked about."""

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the meaning; never raises for any text."""
        ...


class Words(Protocol):
    """Gives shapes of reasons their wordings."""

    def draw(self, wanted: Sequence[tuple[str, Shape]], pulse: Pulse | None = None) -> Sequence[Sequence[str]]:
        """Returns for each (seed, shape) the wordings that suit, best first; see `Wordings.draw`."""
        ...

    def written(self, seconds: float) -> bool:
        """Waits until what is to be written beforehand is written, so long at most; returns whether it is."""
        ...


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
    wordings: Words | None = None
    asks: Asks = best_question
    model: str = SHIPPED
    shadow: Shadow | None = None
    explore: float = 0.0
