"""What one utterance means: the labels, exactly as the public contract names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from retrieval.wish import Critique

Intent = Literal[
    "recommend",
    "inform",
    "critique",
    "accept",
    "reject",
    "ask",
    "explain",
    "compare",
    "edit",
    "greet",
    "thanks",
    "bye",
    "help",
    "other",
]
MentionKind = Literal["item", "person", "genre", "keyword", "language", "country"]
Attitude = Literal["like", "dislike", "seen", "want", "avoid", "about"]
Attribute = Literal[
    "director", "cast", "year", "genre", "runtime", "language", "country", "writer", "rating", "awards", "plot"
]
Source = Literal["rules", "tagger", "model", "linker", "history"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named in the utterance. `text` is copied from it; `start` is its offset in characters.

    `entity` is the id of the linked node or None. `rivals` are other entity ids that fit almost as well
    (Crash 1996 / Crash 2004), best first, and make a question worth asking. `source` says who found it.
    `also` holds ids that are meant together with `entity` ("romcom" is Romance and Comedy).
    """

    text: str
    kind: MentionKind
    attitude: Attitude
    entity: str | None = None
    start: int = -1
    rivals: tuple[str, ...] = ()
    source: Source = "rules"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraints:
    """Limits stated in numbers or as a decade: years, minutes, and how many suggestions are wanted. None is unsaid."""

    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    count: int | None = None

    def stated(self) -> dict[str, int]:
        """Returns only the fields that were said."""
        names = ("year_min", "year_max", "runtime_min", "runtime_max", "count")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Understanding:
    """The meaning of one utterance. `intents` lists every act that is present, best first; `intent` is the best.

    `reference`: 1 for "the first one", -1 for "the last one", 0 for "it", None. `sources` says for each field
    which part decided it.
    """

    intent: Intent = "other"
    mentions: tuple[Mention, ...] = ()
    constraints: Constraints = Constraints()
    reference: int | None = None
    attribute: Attribute | None = None
    critique: tuple[Critique, ...] = ()
    intents: tuple[Intent, ...] = ()
    confidence: float = 1.0
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the history. `role` is `user` or `bot`."""

    role: Literal["user", "bot"]
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """What came before the utterance: up to four turns, oldest first, and the labels of the items shown so far."""

    history: tuple[Turn, ...] = ()
    shown: tuple[str, ...] = ()
