"""Watched is not liked: what a rating says depends on how its user rates."""

from collections.abc import Sequence
from statistics import fmean

from bot.understanding.types import Attitude

LIKED, DISLIKED = 0.7, 0.4
ENOUGH = 20
# The mean rating of the film sites lies about here (6.5 of 10); a user's own mean is moved to it.
TYPICAL = 0.65
# However someone rates, the top two of ten stay a like and the lowest two a dislike.
_MOST_SHIFT = 0.15


def shift_of(ratings: Sequence[float]) -> float:
    """Returns what to add to a user's ratings (0 … 1) so that strict and generous raters can be compared.

    0 while there are fewer than twenty ratings; never more than 0.15 either way.
    """
    if len(ratings) < ENOUGH:
        return 0.0
    return max(-_MOST_SHIFT, min(_MOST_SHIFT, TYPICAL - fmean(ratings)))


def attitude_of(rating: float | None, liked: bool, wanted: bool, shift: float = 0.0) -> tuple[Attitude, float]:
    """Returns the attitude to a film and its strength, 0 … 1.

    A heart is a like. A rating, shifted, is a like from 70 % of its scale and a dislike up to 40 %; between them, and
    without a rating, the film is seen. What is wanted and not watched is a want. A strength is how much the rating says
    so; for what was seen it is the rating itself, and 1 where there is none.
    """
    if liked:
        return "like", 1.0
    if wanted:
        return "want", 1.0
    if rating is None:
        return "seen", 1.0
    shifted = round(rating + shift, 6)
    if shifted >= LIKED:
        return "like", round(rating, 3)
    if shifted <= DISLIKED:
        return "dislike", round(1.0 - rating, 3)
    return "seen", round(rating, 3)
