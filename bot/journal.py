"""What one talk keeps: its log of taste events and its turns, in memory and in the store.

Another process may go on with the same talk: before a turn the journal looks whether one did, and a write that comes
after another one's is refused, for the turn to be taken again on what is then known.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import structlog

from bot.carrying import carried
from bot.folding import fold
from bot.renumbering import Steps, last_step, renumbered
from bot.store import Mark, MovedOnError, Store, TurnRecord
from bot.taste import Taste, TasteEvent
from kg.errors import StoreError

_log = structlog.get_logger(__name__)
Unsaved = dict[str, Steps]
"""What the store refused, by talk: kept by the recommender, since a talk may be opened anew for every turn."""


class Journal:
    """The log of one talk of one user; not thread-safe, its conversation sees to that.

    Whatever changes the taste, a turn or a panel, is a step with a number of its own, to be undone by itself.
    """

    _log: list[TasteEvent]
    _turns: list[TurnRecord]
    _saved: tuple[int, int]  # how many of the two the store has
    _mark: Mark

    def __init__(self, store: Store, user: str, talk: str, unsaved: Unsaved) -> None:
        """Raises StoreError when the store cannot be read."""
        self._store, self._user, self._talk, self._unsaved = store, user, talk, unsaved
        self._read()

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
        return 1 + last_step(self._log, self._turns)

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

    def refresh(self) -> None:
        """Reads the talk again where another process went on with it, or with another talk of this user.

        Where the user was forgotten meanwhile, it begins afresh. A store that is away is no error: what is in memory
        goes on.
        """
        try:
            mark = self._store.mark(self._talk, self._user)
            if not mark.stamp:  # only a forgetting takes a talk away, and what the store refused before goes with it
                self._begin()
            elif mark != self._mark:
                self._read()
        except StoreError as error:
            _log.warning("talk not refreshed", reason=str(error))

    def keep(self, events: Iterable[TasteEvent], turn: TurnRecord | None = None) -> None:
        """Keeps events and a turn, with what the store refused before: it comes along with the next one.

        Raises MovedOnError, and keeps nothing, where another process went on with the talk meanwhile; StoreError when
        the store refuses, and then they are kept in memory.
        """
        log, turns = [*self._log, *events], [*self._turns, *([turn] if turn else [])]
        new = (tuple(log[self._saved[0] :]), tuple(turns[self._saved[1] :]))
        try:
            self._mark = self._store.append(self._talk, self._user, *new, after=self._mark) or self._mark
        except MovedOnError:
            raise
        except StoreError:
            self._log, self._turns, self._unsaved[self._talk] = log, turns, new
            raise
        self._log, self._turns, self._saved = log, turns, (len(log), len(turns))
        self._unsaved.pop(self._talk, None)

    def forget(self) -> None:
        """Deletes everything that is kept of this user, in every talk, and begins this one afresh."""
        self._store.forget(self._user)
        self._begin()

    def _begin(self) -> None:
        self._unsaved.pop(self._talk, None)
        self._store.begin(self._talk, self._user)
        self._read()

    def _read(self) -> None:
        # the mark first: what comes between is then read twice rather than missed
        mark = self._store.mark(self._talk, self._user)
        logged, turns = self._store.events(self._user), self._store.turns(self._talk)
        others = [(entry.talk, entry.event) for entry in logged if entry.talk != self._talk]
        now = datetime.now(UTC)
        begun = self._store.begun(self._user) if others else {}
        self._carried = carried(others, {id_: (now - when) / timedelta(days=1) for id_, when in begun.items()})
        log = [entry.event for entry in logged if entry.talk == self._talk]
        waiting = renumbered(self._unsaved.get(self._talk, ((), ())), after=last_step(log, turns))
        self._mark, self._saved = mark, (len(log), len(turns))
        self._log = [*log, *waiting[0]]
        self._turns = [*turns, *waiting[1]]
