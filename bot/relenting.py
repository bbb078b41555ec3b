"""A "yes" to an offered relaxation: the change that lets films in, as events of the taste log. Pure."""

from dataclasses import asdict, replace
from typing import Any

from bot.taste import Forgot, Lifted, Limited, Taste, TasteEvent
from retrieval.constraints import Relaxation
from retrieval.wish import Limits

_LIMITS = tuple(asdict(Limits()))


def relent(relaxation: Relaxation, taste: Taste, turn: int, utterance: str) -> list[TasteEvent]:
    """Returns the events that make the relaxation hold: a wider limit, a dropped one, or a forgotten wish or ban."""
    if relaxation.first:
        both = (relaxation.first, replace(relaxation, first=None))
        return [event for one in both for event in relent(one, taste, turn, utterance)]
    if relaxation.amount:
        return [Limited(turn, utterance, Limits(amounts=(relaxation.amount,)))]
    if relaxation.constraint in _LIMITS:
        if relaxation.limit is None:
            return [Lifted(turn, (relaxation.constraint,))]
        wider: dict[str, Any] = {relaxation.constraint: relaxation.limit}
        return [Limited(turn, utterance, Limits(**wider))]
    keys = tuple(p.key for p in taste.having("want", "avoid", "dislike") if p.entity in relaxation.entities)
    return [Forgot(turn, keys)] if keys else []
