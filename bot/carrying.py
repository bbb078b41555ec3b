"""What a talk begins with: what the same person's other talks left behind. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.fading import faded
from bot.taste import Accepted, Forgot, Preferred, Refused, TasteEvent, fold, undone_turns

EARLIER = -1  # the turn of whatever was said in another talk: it never meets the turns of this one


def carried(logged: Iterable[tuple[str, TasteEvent]], days: Mapping[str, float] | None = None) -> list[TasteEvent]:
    """Returns lasting preferences, moods as far as they have not faded, films taken or refused, and forgettings.

    `logged` are events with the talk that each belongs to, oldest first: an undo reaches its own talk only. `days` is
    how long ago each talk was; one that is not there is over for good, as moods go.
    """
    log, ages = list(logged), days or {}
    by_talk: defaultdict[str, list[TasteEvent]] = defaultdict(list)
    for talk, event in log:
        by_talk[talk].append(event)
    undone = {(talk, turn) for talk, events in by_talk.items() for turn in undone_turns(events)}
    at_end = {talk: fold(by_talk[talk]).preferences for talk in ages if talk in by_talk}
    kept: list[TasteEvent] = []
    for talk, event in log:
        if (talk, event.turn) in undone:
            continue
        if isinstance(event, Refused | Accepted | Forgot) or _lasts(event):
            kept.append(event)
        elif isinstance(event, Preferred) and event.preference in at_end.get(talk, ()):
            mood = faded(event.preference, ages[talk])
            kept += [Preferred(event.turn, mood)] if mood else []
    return [replace(event, turn=EARLIER) for event in kept]


def _lasts(event: TasteEvent) -> bool:
    return isinstance(event, Preferred) and event.preference.scope == "always"
