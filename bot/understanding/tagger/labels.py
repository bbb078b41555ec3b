"""The label sets of the tagger, in the order of its outputs. A change here needs new weights."""

from typing import get_args

from bot.understanding.types import Attitude, Attribute, Intent, MentionKind
from retrieval.wish import Critique

INTENTS: tuple[Intent, ...] = get_args(Intent)
KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
ATTITUDES: tuple[Attitude, ...] = get_args(Attitude)
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
CRITIQUES: tuple[Critique, ...] = get_args(Critique)
REFERENCES = ("none", "it", "place")
"""No film is meant, the one talked about, or one by its place among those shown (which, the rules say)."""

OUTSIDE = 0
TAGS = 1 + 2 * len(KINDS)


def begin(kind: int) -> int:
    """Returns the tag that begins a span of the kind (its index in `KINDS`)."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """Returns the tag that continues a span of the kind."""
    return 2 + 2 * kind
