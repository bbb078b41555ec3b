"""An offered relaxation as what it would change of a taste, and a "yes" to it as events of the taste log. Pure."""

from dataclasses import asdict, replace
from typing import Any

from bot.limits import narrowed
from bot.taste import Forgot, Lifted, Limited, Offered, Taste, TasteEvent
from retrieval.constraints import Relaxation
from retrieval.wish import Limits

_LIMITS = tuple(asdict(Limits()))


def offer(relaxation: Relaxation, taste: Taste, turn: int) -> Offered:
    """Returns what the relaxation would change of the taste of those present: a limit, or a wish or ban."""
    if relaxation.first:
        first, second = (offer(one, taste, turn) for one in (relaxation.first, replace(relaxation, first=None)))
        both = narrowed(first.limits, second.limits)
        return Offered(turn, both, (*first.lifted, *second.lifted), (*first.keys, *second.keys))
    if relaxation.amount:
        return Offered(turn, Limits(amounts=(relaxation.amount,)))
    if relaxation.constraint in _LIMITS:
        if relaxation.limit is None:
            return Offered(turn, lifted=(relaxation.constraint,))
        wider: dict[str, Any] = {relaxation.constraint: relaxation.limit}
        return Offered(turn, Limits(**wider))
    about = relaxation.entities
    keys = tuple(p.key for p in taste.having("want", "avoid", "dislike") if about & {p.entity, *p.also})
    return Offered(turn, keys=keys)


def relent(offered: Offered, turn: int, utterance: str) -> list[TasteEvent]:
    """Returns the events that make the offer hold: a wider limit, a dropped one, or a forgotten wish or ban."""
    events: list[TasteEvent] = []
    if offered.limits != Limits():
        events.append(Limited(turn, utterance, offered.limits))
    if offered.lifted:
        events.append(Lifted(turn, offered.lifted))
    if offered.keys:
        events.append(Forgot(turn, offered.keys))
    return events
