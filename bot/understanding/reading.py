"""One part's opinion of an utterance, before the merge decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.types import Attitude, Attribute, Intent, MentionKind
from retrieval.wish import Critique


@dataclass(frozen=True, slots=True)
class Span:
    """A thing named at `start`–`end` (characters, end excluded).

    `confidence` (0 … 1) is that of place and kind, `sure` that of the attitude; `leanings` are the probabilities of all
    attitudes, in the order of their type, where they are known.
    """

    start: int
    end: int
    kind: MentionKind
    attitude: Attitude = "about"
    confidence: float = 1.0
    sure: float = 1.0
    leanings: tuple[float, ...] = ()

    def overlaps(self, other: "Span") -> bool:
        """Returns whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part makes of an utterance. Spans do not overlap and are in order of the text.

    `intents` lists every act found, best first; `confidence` (0 … 1) is that of the best one. `reference` is 0 for
    "it", None for none; ordinals are the rules' task. `doubts` holds the confidence of single fields and
    `scores` the probability of each act as the best one, where they are known.
    """

    intents: tuple[Intent, ...] = ()
    spans: tuple[Span, ...] = ()
    reference: int | None = None
    attribute: Attribute | None = None
    critique: tuple[Critique, ...] = ()
    confidence: float = 1.0
    doubts: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[Intent, float] = field(default_factory=dict)


def without_overlaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Returns the spans in order of the text; of two that overlap the more confident stays, then the longer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (-span.confidence, span.start - span.end, span.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))
