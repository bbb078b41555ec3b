"""The fold of the log of taste events. Pure.

Nothing is ever changed in place. `undo` appends an event, and the fold then passes over the turn that it names:
the state after an undo is the fold over fewer events.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby

from bot.limits import limit_names, narrowed, without_limits, without_moved
from bot.taste import (
    Accepted,
    Asked,
    Forgot,
    Gathered,
    Lifted,
    Limited,
    Moved,
    Offered,
    Preferred,
    Redone,
    Refused,
    Restarted,
    Shown,
    Taste,
    TasteEvent,
    Undone,
)
from retrieval.moves import Move, onward

# A limit that is dropped takes along the moves that go the same way.
MOVES_OF_LIMITS: Mapping[str, tuple[Move, ...]] = {
    "year_min": ("newer",),
    "year_max": ("older",),
    "runtime_min": ("longer",),
    "runtime_max": ("shorter",),
}


def fold(events: Iterable[TasteEvent]) -> Taste:
    """Returns the taste after all events. Pure; the same events give the same taste, and () gives an empty one."""
    log = list(events)
    undone = undone_turns(log)
    # What was shown or asked stays so: an undo takes back what the user said, not what they saw.
    standing = (event for event in log if event.turn not in undone or isinstance(event, Shown | Asked))
    taste = Taste()
    for stated, run in groupby(standing, key=lambda event: isinstance(event, Preferred)):
        together = tuple(run)
        taste = _with_all(taste, together) if stated else reduce(apply, together, taste)
    return taste


def _with_all(taste: Taste, run: Sequence[TasteEvent]) -> Taste:
    """Returns the taste after many preferences, each taking the place of an older one of its key, in linear time."""
    held = {preference.key: preference for preference in taste.preferences}
    for event in run:
        if isinstance(event, Preferred):
            held.pop(event.preference.key, None)
            held[event.preference.key] = event.preference
    # what other talks left (their turns are negative) does not bring anybody into this one
    told = (event.preference.holder for event in run if isinstance(event, Preferred) and event.turn >= 0)
    company = tuple(dict.fromkeys((*taste.company, *told)))
    return replace(taste, preferences=tuple(held.values()), company=company)


def apply(taste: Taste, event: TasteEvent) -> Taste:  # noqa: C901 — one case an event
    """Returns the taste after one more event."""
    match event:
        case Preferred():
            return _with_all(taste, (event,))
        case Limited(limits=limits, soft=soft):
            stated = limit_names(limits)
            leaned = taste.leaned | stated if soft else taste.leaned - stated
            return replace(taste, limits=narrowed(taste.limits, limits), leaned=leaned)
        case Lifted(fields=fields):
            moves = {move for field in fields for move in MOVES_OF_LIMITS.get(field, ())}
            steers = tuple(steer for steer in taste.steers if steer.move not in moves)
            return replace(taste, limits=without_limits(taste.limits, fields), steers=steers)
        case Shown(items=items):
            seen_before = tuple(i for i in taste.shown if i not in items)
            return replace(taste, shown=(*seen_before, *items), last_shown=items)
        case Refused(items=items):
            return replace(taste, refused=taste.refused | set(items))
        case Accepted(items=items):
            last = items[-1] if items else taste.last_accepted
            return replace(taste, accepted=taste.accepted | set(items), last_accepted=last, like_these=())
        case Restarted(kinds=kinds, like=like, holders=holders):
            kept = tuple(
                p for p in taste.preferences if p.attitude != "want" or p.kind not in kinds or p.holder not in holders
            )
            fresh = like or {"genre", "keyword"} & set(kinds)
            limits = without_moved(taste.limits) if fresh else taste.limits
            return replace(
                taste, preferences=kept, like_these=like, steers=() if fresh else taste.steers, limits=limits
            )
        case Gathered(holders=holders):
            return replace(taste, company=holders)
        case Forgot(keys=keys):
            return _without(taste, keys)
        case Moved(steers=steers):
            return replace(taste, steers=onward(taste.steers, steers))
        case Asked():
            return replace(taste, asked=(*taste.asked, event))
        case Undone() | Redone() | Offered():
            return taste  # the fold passes over what was undone; an offer changes nothing until it is taken


def _without(taste: Taste, keys: tuple[str, ...]) -> Taste:
    """Returns the taste with these preferences forgotten; with () all is, but for what was shown and asked."""
    if not keys:
        return Taste(shown=taste.shown, last_shown=taste.last_shown, asked=taste.asked)
    kept = tuple(p for p in taste.preferences if p.key not in keys)
    like_these = tuple(item for item in taste.like_these if item not in keys)
    return replace(taste, preferences=kept, refused=taste.refused - set(keys), like_these=like_these)


def undone_turns(events: Iterable[TasteEvent]) -> frozenset[int]:
    """Returns the turns whose changes are taken back and were not put back since."""
    undone: set[int] = set()
    for event in events:
        if isinstance(event, Undone):
            undone.add(event.of_turn)
        elif isinstance(event, Redone):
            undone.discard(event.of_turn)
    return frozenset(undone)


def changes(events: Iterable[TasteEvent]) -> tuple[int, ...]:
    """Returns the turns that changed the taste and still stand, oldest first."""
    log = list(events)
    undone = undone_turns(log)
    turns = {
        e.turn for e in log if not isinstance(e, Shown | Asked | Offered | Undone | Redone) and e.turn not in undone
    }
    return tuple(sorted(turns))
