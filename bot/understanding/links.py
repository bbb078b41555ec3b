"""The seam to the catalogue: named things in a text, and the node that a name means. `kg.linking.Linker` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.understanding.types import MentionKind
from kg.linking.types import NOTHING, Linked, Spot


class Links(Protocol):
    """What the understander asks of a catalogue."""

    def spot(self, utterance: str, *, context: Sequence[str] = ()) -> tuple[Spot, ...]:
        """Returns catalogue names found in the text, in order, without overlaps."""
        ...

    def link(
        self, text: str, kind: MentionKind, *, year: int | None = None, context: Sequence[str] = (), limit: int = 5
    ) -> Linked:
        """Returns the node that a mention means; `context` are ids talked about before, which settle doubts."""
        ...


class NoLinks:
    """An empty catalogue: finds and links nothing."""

    def spot(self, utterance: str, *, context: Sequence[str] = ()) -> tuple[Spot, ...]:
        """Returns no spots."""
        return ()

    def link(
        self, text: str, kind: MentionKind, *, year: int | None = None, context: Sequence[str] = (), limit: int = 5
    ) -> Linked:
        """Returns no node."""
        return NOTHING
