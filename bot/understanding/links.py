"""The seam to the catalogue: finding named things in a text, and the node that a name means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.understanding.reading import Span
from bot.understanding.types import MentionKind


@dataclass(frozen=True, slots=True)
class Linked:
    """The node a name means; `rivals` are others that fit almost as well, best first. `entity` is None for no node."""

    entity: str | None = None
    rivals: tuple[str, ...] = ()


class Links(Protocol):
    """What the understander asks of the catalogue. `CatalogueLinks` is the real one, `NoLinks` knows nothing."""

    def spot(self, text: str) -> tuple[Span, ...]:
        """Returns catalogue names found in the text, in order, without overlaps."""
        ...

    def link(self, text: str, kind: MentionKind, near: Sequence[str] = ()) -> Linked:
        """Returns the node that `text` names. `near` are ids of items talked about, which settle which of several."""
        ...


class NoLinks:
    """An empty catalogue: finds and links nothing."""

    def spot(self, text: str) -> tuple[Span, ...]:
        """Returns no spans."""
        return ()

    def link(self, text: str, kind: MentionKind, near: Sequence[str] = ()) -> Linked:
        """Returns no node."""
        return Linked()
