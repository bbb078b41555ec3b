"""The log of use in SQL: written by conversations, read by the training."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, select

from bot.feedback import Judged, Listed, Shadowed, UseEvent
from bot.store_opening import told
from bot.store_tables import USES

_TYPES: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in (Listed, Judged, Shadowed)}


@dataclass(frozen=True, slots=True)
class LoggedUse:
    """An event of use with the talk and the person it belongs to; `seq` counts all events, the oldest first."""

    seq: int
    talk: str
    user: str
    at: datetime
    event: UseEvent


class UseLog:
    """The events of use of all people. Raises StoreError whenever the database refuses."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, talk: str, user: str, events: Sequence[UseEvent]) -> None:
        """Adds events, all of them or none."""
        now = datetime.now(UTC)
        rows = [
            {"talk": talk, "user": user, "type": type(event).__name__, "at": now, "payload": _dumped(event)}
            for event in events
        ]
        if rows:
            with told(), self._engine.begin() as connection:
                connection.execute(USES.insert(), rows)

    def forget(self, connection: Connection, user: str) -> None:
        """Deletes all events of a person, within a transaction that deletes more of them."""
        connection.execute(USES.delete().where(USES.c.user == user))

    def __iter__(self) -> Iterator[LoggedUse]:
        """Yields all events, the oldest first."""
        with told(), self._engine.connect() as connection:
            found = connection.execute(select(USES).order_by(USES.c.seq)).all()
        for row in found:
            yield LoggedUse(row.seq, row.talk, row.user, row.at, _TYPES[row.type].validate_python(row.payload))


def _dumped(event: UseEvent) -> Any:
    return _TYPES[type(event).__name__].dump_python(event, mode="json")
