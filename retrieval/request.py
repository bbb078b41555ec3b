"""A wish made ready for one index: ids as rows, words as a vector, hard constraints as a mask."""

from dataclasses import dataclass

import numpy as np

from retrieval.columns import Mask, Rows
from retrieval.constraints import allowed_rows
from retrieval.encoder import Encoder, Vectors
from retrieval.index import Index
from retrieval.steering import Steered, steered_rows
from retrieval.wish import Wish

# The newest words say most about what is wanted, and the encoder reads about this many characters.
TEXT_KEPT = 500
DISLIKED_WEIGHT = 0.5


@dataclass(frozen=True)
class Request:
    """What the generators and the features read.

    `text` and `taste` are unit vectors (384,) or None: what was said, and the liked items' centroid less half the
    disliked ones'. `allowed` (n,) keeps every hard constraint; `steered` is those that also go the way of the moves.
    """

    wish: Wish
    text: Vectors | None
    taste: Vectors | None
    liked: Rows
    disliked: Rows
    steers: tuple[Steered, ...]
    allowed: Mask
    steered: Mask

    @staticmethod
    def of(index: Index, wish: Wish, encoder: Encoder) -> "Request":
        """Returns the request; encodes the wish's text, if it has any."""
        words = wish.text.strip()[-TEXT_KEPT:]
        columns = index.columns
        liked, disliked, base = columns.rows(wish.liked), columns.rows(wish.disliked), columns.rows(wish.base)
        steers = tuple((steer.move, columns.rows(steer.base)) for steer in wish.steers)
        allowed = allowed_rows(columns, wish)
        return Request(
            wish=wish,
            text=encoder.encode([words])[0] if words else None,
            taste=_taste(index.matrix, liked, disliked, base if "similar" in wish.moves else base[:0]),
            liked=liked,
            disliked=disliked,
            steers=steers,
            allowed=allowed,
            steered=allowed & steered_rows(columns, index.matrix, steers),
        )


def _taste(matrix: Vectors, liked: Rows, disliked: Rows, near: Rows) -> Vectors | None:
    wanted = np.concatenate([liked, near])
    if not len(wanted):
        return None
    taste = matrix[wanted].mean(axis=0)
    if len(disliked):
        taste = taste - DISLIKED_WEIGHT * matrix[disliked].mean(axis=0)
    length = float(np.linalg.norm(taste))
    return None if length == 0 else (taste / length).astype(np.float32)
