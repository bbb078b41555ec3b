"""What the bot gives back: recommendations, replies, and the events of a streamed reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.types import Understanding
from kg.items import Fact, Item
from retrieval.moves import Move as MoveName

Act = Literal["recommend", "ask", "answer", "explain", "compare", "confirm", "chat", "apologise"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an item was chosen. `text` claims nothing that `evidence` does not hold.

    `worded` tells that the language model worded all of it, no template.
    """

    text: str
    evidence: tuple[Fact, ...] = ()
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An item, the scorer's calibrated belief that the user takes it (0–1), and the reason."""

    item: Item
    score: float
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Move:
    """A way to go on from what was suggested: `count` items that keep every hard wish lie that way.

    `name` is a move of `retrieval.moves`; `words` are what to say to go there, in the language of the talk.
    """

    name: MoveName
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole answer. `timings` are seconds: understand, retrieve, score, first_token, total.

    `moves` are the ways to go on from the recommendations, those that divide what is left most evenly first.
    """

    text: str
    act: Act
    understanding: Understanding
    recommendations: tuple[Recommendation, ...] = ()
    evidence: tuple[Fact, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    turn: int = 0
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """First event of a turn: what the utterance was taken to mean."""

    understanding: Understanding
    kind: Literal["understanding"] = "understanding"


@dataclass(frozen=True, slots=True)
class Recommended:
    """The items are known; their reasons are in them. Sent only when there are some."""

    recommendations: tuple[Recommendation, ...]
    kind: Literal["recommendations"] = "recommendations"


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer's text."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Done:
    """Last event of a turn: the whole reply."""

    reply: Reply
    kind: Literal["done"] = "done"


ReplyEvent = Understood | Recommended | TextDelta | Done
