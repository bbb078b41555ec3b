"""Conversations, turns and taste events in SQL, through SQLAlchemy: SQLite by default, PostgreSQL by its URL.

Several processes may write one database. Every write of a talk gives it a new stamp; who read the talk before says with
which stamp, and is refused where another one went on meanwhile.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from bot.feedback_log import UseLog
from bot.store_opening import open_database, told
from bot.store_tables import BOOKMARKS, EVENTS, LONGEST_TALK, LONGEST_USER, TALKS, TURNS
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
    TasteEvent,
    Undone,
)
from kg.errors import StoreError

_EVENT_TYPES: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (
        Asked,
        Preferred,
        Limited,
        Lifted,
        Shown,
        Refused,
        Accepted,
        Restarted,
        Forgot,
        Gathered,
        Moved,
        Offered,
        Undone,
        Redone,
    )
}
_GOES_ON_FOR = timedelta(days=30)
"""How long a client that sends its whole history, and no id, finds its talk again."""


class MovedOnError(StoreError):
    """Another process went on with the talk since it was read: read it again."""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One stored turn. `focus` are the ids of the items that the reply spoke of, the first one being "it"."""

    number: int
    utterance: str
    reply: str
    act: str
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A taste event with the talk it belongs to."""

    talk: str
    event: TasteEvent


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a talk and its user's other talks were when they were read; another one means that there is more."""

    stamp: str
    others: tuple[int, int]


class Store:
    """All that is kept of people's talk. Raises StoreError, with a sentence, whenever the database refuses."""

    def __init__(self, url: str) -> None:
        """Opens the database, migrated first where it is older; see `open_database` for what it raises."""
        self._engine = open_database(url)
        self.uses = UseLog(self._engine)

    def begin(self, talk: str, user: str) -> None:
        """Records a talk of a user, once; a known talk is left as it is. Raises StoreError if it is another user's."""
        if len(talk) > LONGEST_TALK or len(user) > LONGEST_USER:
            raise StoreError(f"A conversation's id has {LONGEST_TALK} characters at most, a user's {LONGEST_USER}.")
        owner = select(TALKS.c.user).where(TALKS.c.id == talk)
        row = {"id": talk, "user": user, "created": datetime.now(UTC), "stamp": uuid4().hex}
        with told():
            try:
                with self._engine.begin() as connection:
                    known = connection.scalar(owner)
                    if known is None:
                        connection.execute(TALKS.insert(), row)
            except IntegrityError:  # somebody else began it at this moment
                with self._engine.begin() as connection:
                    known = connection.scalar(owner)
        if known not in (None, user):
            raise StoreError(f"The conversation {talk} belongs to another user; start a new one without an id.")

    def mark(self, talk: str, user: str) -> Mark:
        """Returns how far the talk is, and the user's other talks: quick to ask before every turn."""
        with self._transaction() as connection:
            stamp = connection.scalar(select(TALKS.c.stamp).where(TALKS.c.id == talk))
            others = select(func.count(EVENTS.c.seq), func.coalesce(func.max(EVENTS.c.seq), 0))
            count, latest = connection.execute(others.where(EVENTS.c.user == user, EVENTS.c.talk != talk)).one()
        return Mark(stamp or "", (count, latest))

    def append(
        self,
        talk: str,
        user: str,
        events: Sequence[TasteEvent],
        turns: Sequence[TurnRecord] = (),
        after: Mark | None = None,
    ) -> Mark | None:
        """Adds events and turns in one transaction: all of them are kept, or none is.

        With `after`, the mark that the talk was read with, raises MovedOnError where another write came first, and
        returns the mark that it has now.
        """
        stamp = uuid4().hex
        mine = TALKS.update().where(TALKS.c.id == talk).values(stamp=stamp)
        with told(), _moved_on(talk), self._engine.begin() as connection:
            if after is None:
                connection.execute(mine)
            elif connection.execute(mine.where(TALKS.c.stamp == after.stamp)).rowcount != 1:
                raise MovedOnError(_MOVED_ON.format(talk))
            if events:
                connection.execute(EVENTS.insert(), [_event_row(talk, user, event) for event in events])
            if turns:
                now = datetime.now(UTC)
                connection.execute(TURNS.insert(), [{"talk": talk, "at": now, **asdict(turn)} for turn in turns])
        return replace(after, stamp=stamp) if after else None

    def events(self, user: str) -> list[LoggedEvent]:
        """Returns all events of a user, oldest first, over all talks."""
        with self._transaction() as connection:
            found = connection.execute(EVENTS.select().where(EVENTS.c.user == user).order_by(EVENTS.c.seq)).all()
        return [LoggedEvent(row.talk, _EVENT_TYPES[row.type].validate_python(row.payload)) for row in found]

    def turns(self, talk: str) -> list[TurnRecord]:
        """Returns the turns of a talk, oldest first."""
        with self._transaction() as connection:
            found = connection.execute(TURNS.select().where(TURNS.c.talk == talk).order_by(TURNS.c.number)).all()
        return [TurnRecord(r.number, r.utterance, r.reply, r.act, tuple(r.focus)) for r in found]

    def talks(self, user: str) -> list[str]:
        """Returns the ids of a user's talks, the latest first."""
        with self._transaction() as connection:
            query = TALKS.select().where(TALKS.c.user == user).order_by(TALKS.c.created.desc())
            return [row.id for row in connection.execute(query)]

    def begun(self, user: str) -> dict[str, datetime]:
        """Returns when each talk of a user began, in UTC."""
        with self._transaction() as connection:
            found = connection.execute(TALKS.select().where(TALKS.c.user == user)).all()
        # SQLite keeps no time zone
        return {row.id: row.created if row.created.tzinfo else row.created.replace(tzinfo=UTC) for row in found}

    def forget(self, user: str) -> None:
        """Deletes everything that is kept of a user."""
        with self._transaction() as connection:
            mine = TALKS.select().with_only_columns(TALKS.c.id).where(TALKS.c.user == user)
            connection.execute(TURNS.delete().where(TURNS.c.talk.in_(mine)))
            connection.execute(EVENTS.delete().where(EVENTS.c.user == user))
            self.uses.forget(connection, user)
            connection.execute(BOOKMARKS.delete().where(BOOKMARKS.c.user == user))
            connection.execute(TALKS.delete().where(TALKS.c.user == user))

    def put_bookmark(self, history: str, talk: str, user: str) -> None:
        """Remembers the talk that goes on after a history (its digest), for a month."""
        now = datetime.now(UTC)
        old = (BOOKMARKS.c.history == history) | (BOOKMARKS.c.at < now - _GOES_ON_FOR)
        # two equal answers at one moment: the first one's talk goes on
        with told(), suppress(IntegrityError), self._engine.begin() as connection:
            connection.execute(BOOKMARKS.delete().where(old))
            connection.execute(BOOKMARKS.insert(), {"history": history, "talk": talk, "user": user, "at": now})

    def take_bookmark(self, history: str) -> str | None:
        """Returns the talk that goes on after a history and forgets it: nobody else is given it. None for no talk."""
        with self._transaction() as connection:
            taken = BOOKMARKS.delete().where(BOOKMARKS.c.history == history)
            return connection.scalar(taken.returning(BOOKMARKS.c.talk))

    def close(self) -> None:
        """Frees the connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with told(), self._engine.begin() as connection:
            yield connection


_MOVED_ON = "The conversation {} went on in another place at this moment; say it once more."


@contextmanager
def _moved_on(talk: str) -> Iterator[None]:
    """The last guard of a turn's number is the table's own key."""
    try:
        yield
    except IntegrityError as error:
        raise MovedOnError(_MOVED_ON.format(talk)) from error


def _event_row(talk: str, user: str, event: TasteEvent) -> dict[str, Any]:
    name = type(event).__name__
    payload = _EVENT_TYPES[name].dump_python(event, mode="json")
    return {"talk": talk, "user": user, "turn": event.turn, "type": name, "payload": payload}
