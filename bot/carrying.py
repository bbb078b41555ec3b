"""What a talk begins with: what the same person's other talks left behind. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.fading import faded
from bot.folding import fold, undone_turns
from bot.taste import Accepted, Forgot, Preferred, Refused, TasteEvent

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
    alternatives: dict[tuple[str, int, int], int] = {}  # a group of one turn stays apart from that of another
    kept: list[TasteEvent] = []
    for talk, event in log:
        if (talk, event.turn) in undone:
            continue
        if isinstance(event, Refused | Accepted | Forgot):
            kept.append(replace(event, turn=EARLIER))
        elif isinstance(event, Preferred):
            known = event.preference
            left = known if known.scope == "always" else None
            if left is None and known in at_end.get(talk, ()):
                left = faded(known, ages[talk])
            if left and left.either:
                group = alternatives.setdefault((talk, left.turn, left.either), len(alternatives) + 1)
                left = replace(left, either=group)
            kept += [Preferred(EARLIER, replace(left, turn=EARLIER))] if left else []
    return kept
