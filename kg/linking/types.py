"""What linking takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["item", "person", "genre", "keyword", "language", "country"]


@dataclass(frozen=True, slots=True)
class Linked:
    """The node that a mention means.

    `entity_id` is None where nothing of the catalogue fits. `score` is 0 … 1: how sure we are.
    `rivals` are other nodes and their scores, best first. Without `series` they fit almost as well and a question is
    worth asking (Crash 1996, Crash 2004); with `series` they are further members of the family that was named
    (Harry Potter, Star Wars, Nordic films): ask nothing.
    `also` holds ids meant together with `entity_id` ("romcom" is Romance and Comedy).
    """

    entity_id: str | None
    score: float
    rivals: tuple[tuple[str, float], ...] = ()
    series: bool = False
    also: tuple[str, ...] = ()


NOTHING = Linked(None, 0.0)
LinkSpan = Callable[[str, MentionKind, int | None], Linked]
"""Links the text of a span, its kind, and the year that was said with it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention found in an utterance: `utterance[start:end] == text`, offsets in characters."""

    start: int
    end: int
    text: str
    kind: MentionKind
    linked: Linked

    @property
    def entity_id(self) -> str | None:
        """The id of the node that is meant."""
        return self.linked.entity_id

    @property
    def score(self) -> float:
        """How sure we are, 0 … 1."""
        return self.linked.score
