"""How long work tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called often; must be quick."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Says that `done` of `total` steps of the stage ("items", "vectors", "chroma", "graph") are finished."""
        ...


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
