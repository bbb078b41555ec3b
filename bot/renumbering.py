"""Steps that the store could not take, numbered after those that another process has kept meanwhile. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.store import TurnRecord
from bot.taste import Preferred, Redone, TasteEvent, Undone

Steps = tuple[tuple[TasteEvent, ...], tuple[TurnRecord, ...]]
"""Events and turns, oldest first."""


def last_step(events: Iterable[TasteEvent], turns: Iterable[TurnRecord]) -> int:
    """Returns the number of the last turn or panel edit, 0 for none."""
    return max([*(turn.number for turn in turns), *(event.turn for event in events)], default=0)


def renumbered(steps: Steps, after: int) -> Steps:
    """Returns the steps with numbers above `after`, in their order; what they say of earlier steps stays."""
    events, turns = steps
    first = min([*(turn.number for turn in turns), *(event.turn for event in events)], default=after + 1)
    by = max(0, after + 1 - first)
    if not by:
        return steps
    return tuple(_moved(events, first, by)), tuple(replace(turn, number=turn.number + by) for turn in turns)


def _moved(events: Sequence[TasteEvent], first: int, by: int) -> Iterable[TasteEvent]:
    for event in events:
        moved = replace(event, turn=event.turn + by)
        if isinstance(moved, Preferred) and moved.preference.turn >= first:
            moved = replace(moved, preference=replace(moved.preference, turn=moved.preference.turn + by))
        elif isinstance(moved, Undone | Redone) and moved.of_turn >= first:
            moved = replace(moved, of_turn=moved.of_turn + by)
        yield moved
