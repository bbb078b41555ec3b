"""What one talk keeps: its log of taste events and its turns, in memory and in the store."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.carrying import carried
from bot.store import Store, TurnRecord
from bot.taste import Taste, TasteEvent, fold

Unsaved = dict[str, tuple[tuple[TasteEvent, ...], tuple[TurnRecord, ...]]]
"""What the store refused, by talk: kept by the recommender, since a talk may be opened anew for every turn."""


class Journal:
    """The log of one talk of one user; not thread-safe, its conversation sees to that.

    Whatever changes the taste, a turn or a panel, is a step with a number of its own, to be undone by itself.
    """

    def __init__(self, store: Store, user: str, talk: str, unsaved: Unsaved) -> None:
        """Raises StoreError when the store cannot be read."""
        self._store, self._user, self._talk, self._unsaved = store, user, talk, unsaved
        logged = store.events(user)
        others = [(entry.talk, entry.event) for entry in logged if entry.talk != talk]
        now = datetime.now(UTC)
        days = {id_: (now - begun) / timedelta(days=1) for id_, begun in store.begun(user).items()} if others else {}
        self._carried = carried(others, days)
        self._log: list[TasteEvent] = [entry.event for entry in logged if entry.talk == talk]
        self._turns = store.turns(talk)
        self._saved = (len(self._log), len(self._turns))
        events, turns = unsaved.get(talk, ((), ()))
        self._log += events
        self._turns += turns

    @property
    def taste(self) -> Taste:
        """The fold of what other talks left and of this talk's log."""
        return self.taste_with(())

    @property
    def log(self) -> tuple[TasteEvent, ...]:
        """The events of this talk, oldest first."""
        return tuple(self._log)

    @property
    def turns(self) -> tuple[TurnRecord, ...]:
        """The turns of this talk, oldest first."""
        return tuple(self._turns)

    @property
    def last(self) -> TurnRecord | None:
        """The latest turn."""
        return self._turns[-1] if self._turns else None

    @property
    def next_step(self) -> int:
        """The number of the next turn or panel edit."""
        return 1 + max([turn.number for turn in self._turns] + [event.turn for event in self._log], default=0)

    @property
    def focus(self) -> tuple[str, ...]:
        """The ids of the items last spoken of, the first one being "it"."""
        return next((turn.focus for turn in reversed(self._turns) if turn.focus), ())

    def taste_with(self, events: Iterable[TasteEvent]) -> Taste:
        """Returns the taste as it would be after these events; nothing is kept."""
        return fold([*self._carried, *self._log, *events])

    def words(self) -> dict[int, str]:
        """Returns what was said in each turn, by its number."""
        return {turn.number: turn.utterance for turn in self._turns}

    def keep(self, events: Iterable[TasteEvent], turn: TurnRecord | None = None) -> None:
        """Keeps events and a turn, in memory at once. Raises StoreError when the store refuses them."""
        self._log += events
        self._turns += [turn] if turn else []
        self._save()

    def forget(self) -> None:
        """Deletes everything that is kept of this user, in every talk, and begins this one afresh."""
        self._store.forget(self._user)
        self._store.begin(self._talk, self._user)
        self._carried, self._log, self._turns, self._saved = [], [], [], (0, 0)
        self._unsaved.pop(self._talk, None)

    def _save(self) -> None:
        """Writes what is not yet stored: after a refusal, the next turn brings the missing ones along."""
        events, turns = self._log[self._saved[0] :], self._turns[self._saved[1] :]
        self._unsaved[self._talk] = (tuple(events), tuple(turns))
        self._store.append(self._talk, self._user, events, turns)
        self._saved = (len(self._log), len(self._turns))
        del self._unsaved[self._talk]
