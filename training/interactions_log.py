"""A log of use as arrays: who chose which item when, and how they liked it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.columns import Floats, Mask

Numbers = npt.NDArray[np.int64]
Times = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Log:
    """Events (e,), each person's together and in the order of time; equal times keep the order of the file.

    `items` are rows of a catalogue; `times` are seconds, all 0 where the log has none; `weights` say how much an event
    tells (a purchase more than a view); `ratings` are 0 … 1, NaN for other events. `disliked` events say no.
    """

    people: Numbers
    items: Numbers
    times: Times
    weights: Floats
    ratings: Floats
    disliked: Mask

    @staticmethod
    def of(people: Numbers, items: Numbers, times: Times, weights: Floats, ratings: Floats, disliked: Mask) -> "Log":
        """Returns the log of events in any order."""
        order = np.lexsort((times, people))
        return Log(people[order], items[order], times[order], weights[order], ratings[order], disliked[order])

    def __len__(self) -> int:
        return len(self.people)

    def where(self, mask: Mask) -> "Log":
        """Returns the events for which the mask (e,) holds."""
        return Log(
            self.people[mask],
            self.items[mask],
            self.times[mask],
            self.weights[mask],
            self.ratings[mask],
            self.disliked[mask],
        )

    @property
    def chosen(self) -> "Log":
        """The events that do not say no."""
        return self.where(~self.disliked)

    def spans(self) -> Iterator[tuple[int, slice]]:
        """Yields each person with the slice of their events."""
        starts = np.flatnonzero(np.diff(self.people, prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(self)], strict=True):
            yield int(self.people[start]), slice(start, end)

    def last_of_each(self) -> Mask:
        """Returns a mask (e,) of every person's last event."""
        last: Mask = np.diff(self.people, append=-1) != 0
        return last


@dataclass(frozen=True)
class Decision:
    """One choice of a person, with what was known before it: the prediction task.

    `liked` and `disliked` are rows of the catalogue in order, each once, the last mention counting; `now` is the time
    of the event before it, so that nothing of the choice itself is known. `excluded` may not be suggested.
    """

    person: int
    target: int
    liked: tuple[int, ...]
    disliked: tuple[int, ...]
    now: float
    excluded: tuple[int, ...] = ()


def decision_at(log: Log, span: slice, place: int, most: int | None = None) -> Decision | None:
    """Returns the decision at an event of a person's span, having seen only the last `most` events before it.

    None where the item was met before, where the event says no, or where nothing was before.
    """
    target = int(log.items[place])
    if log.disliked[place] or place == span.start or target in set(log.items[span.start : place].tolist()):
        return None
    start = span.start if most is None else max(span.start, place - most)
    items, refused = log.items[start:place].tolist(), log.disliked[start:place].tolist()
    last = {item: no for item, no in zip(items, refused, strict=True)}
    order = list(dict.fromkeys(reversed(items)))[::-1]
    return Decision(
        person=int(log.people[place]),
        target=target,
        liked=tuple(item for item in order if not last[item]),
        disliked=tuple(item for item in order if last[item]),
        now=float(log.times[place - 1]),
    )
