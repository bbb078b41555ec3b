"""Conversations, turns and taste events in SQL, through SQLAlchemy: SQLite by default, PostgreSQL by its URL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, Connection, DateTime, Index, Integer, MetaData, String, Table, Text, create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.taste import (
    Accepted,
    Asked,
    Forgot,
    Lifted,
    Limited,
    Moved,
    Preferred,
    Redone,
    Refused,
    Restarted,
    Shown,
    TasteEvent,
    Undone,
)
from kg.errors import StoreError

_log = structlog.get_logger(__name__)
_meta = MetaData()
_talks = Table(
    "talks",
    _meta,
    Column("id", String(64), primary_key=True),
    Column("user", String(200), nullable=False, index=True),
    Column("created", DateTime(timezone=True), nullable=False),
)
_turns = Table(
    "turns",
    _meta,
    Column("talk", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("utterance", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("focus", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
_events = Table(
    "events",
    _meta,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("talk", String(64), nullable=False),
    Column("user", String(200), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("type", String(16), nullable=False),
    Column("payload", JSON, nullable=False),
    Index("events_by_user", "user", "seq"),
)
_EVENT_TYPES: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (Asked, Preferred, Limited, Lifted, Shown, Refused, Accepted, Restarted, Forgot, Moved, Undone, Redone)
}


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


class Store:
    """All that is kept of people's talk. Raises StoreError, with a sentence, whenever the database refuses."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite:///") and ":memory:" not in url:
            _make_folder(Path(url.removeprefix("sqlite:///")).parent)
        with _told():
            self._engine = create_engine(url)
            _meta.create_all(self._engine)

    def begin(self, talk: str, user: str) -> None:
        """Records a talk of a user, once; a known talk is left as it is. Raises StoreError if it is another user's."""
        with self._transaction() as connection:
            known = connection.execute(_talks.select().where(_talks.c.id == talk)).first()
            if known is None:
                connection.execute(_talks.insert().values(id=talk, user=user, created=datetime.now(UTC)))
            elif known.user != user:
                raise StoreError(f"The conversation {talk} belongs to another user; start a new one without an id.")

    def append(self, talk: str, user: str, events: Sequence[TasteEvent], turns: Sequence[TurnRecord] = ()) -> None:
        """Adds events and turns in one transaction: all of them are kept, or none is."""
        rows = [
            {
                "talk": talk,
                "user": user,
                "turn": e.turn,
                "type": type(e).__name__,
                "payload": _EVENT_TYPES[type(e).__name__].dump_python(e, mode="json"),
            }
            for e in events
        ]
        now = datetime.now(UTC)
        records = [
            {
                "talk": talk,
                "number": t.number,
                "utterance": t.utterance,
                "reply": t.reply,
                "act": t.act,
                "focus": list(t.focus),
                "at": now,
            }
            for t in turns
        ]
        with self._transaction() as connection:
            if rows:
                connection.execute(_events.insert(), rows)
            if records:
                connection.execute(_turns.insert(), records)

    def events(self, user: str) -> list[LoggedEvent]:
        """Returns all events of a user, oldest first, over all talks."""
        with self._transaction() as connection:
            found = connection.execute(_events.select().where(_events.c.user == user).order_by(_events.c.seq)).all()
        return [LoggedEvent(row.talk, _EVENT_TYPES[row.type].validate_python(row.payload)) for row in found]

    def turns(self, talk: str) -> list[TurnRecord]:
        """Returns the turns of a talk, oldest first."""
        with self._transaction() as connection:
            found = connection.execute(_turns.select().where(_turns.c.talk == talk).order_by(_turns.c.number)).all()
        return [TurnRecord(r.number, r.utterance, r.reply, r.act, tuple(r.focus)) for r in found]

    def talks(self, user: str) -> list[str]:
        """Returns the ids of a user's talks, the latest first."""
        with self._transaction() as connection:
            query = _talks.select().where(_talks.c.user == user).order_by(_talks.c.created.desc())
            return [row.id for row in connection.execute(query)]

    def begun(self, user: str) -> dict[str, datetime]:
        """Returns when each talk of a user began, in UTC."""
        with self._transaction() as connection:
            found = connection.execute(_talks.select().where(_talks.c.user == user)).all()
        # SQLite keeps no time zone
        return {row.id: row.created if row.created.tzinfo else row.created.replace(tzinfo=UTC) for row in found}

    def forget(self, user: str) -> None:
        """Deletes every talk, turn and event of a user."""
        with self._transaction() as connection:
            mine = _talks.select().with_only_columns(_talks.c.id).where(_talks.c.user == user)
            connection.execute(_turns.delete().where(_turns.c.talk.in_(mine)))
            connection.execute(_events.delete().where(_events.c.user == user))
            connection.execute(_talks.delete().where(_talks.c.user == user))

    def close(self) -> None:
        """Frees the connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _told(), self._engine.begin() as connection:
            yield connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        _log.warning("store refused", error=type(error).__name__)
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise StoreError(
            f"The conversation could not be saved or read ({reason}). Free some disk space or check the rights of the "
            "data folder, then go on: nothing said so far is lost while this talk stays open."
        ) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data folder {folder} cannot be made ({error.strerror}). Set TASTEMAKER_HOME to a folder you own."
        ) from error
