"""All tables of what is kept of people's talk, in one place.

A change here needs a revision in `bot/migrations/versions`, whose number becomes `SCHEMA`; a test compares the two.
"""

import re

from sqlalchemy import JSON, Column, DateTime, Dialect, Index, Integer, MetaData, String, Table, Text, TypeDecorator

SCHEMA = "0003"
"""The newest revision: a database of another one is migrated, or refused, when it is opened."""
LONGEST_TALK, LONGEST_USER = 64, 200  # characters of the two ids
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class _Kept(TypeDecorator[str]):
    """Text as it comes; what PostgreSQL does not keep (NUL, half of a surrogate pair) becomes �."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Returns the text that is kept."""
        return None if value is None else _UNKEEPABLE.sub("�", value)


class Words(_Kept):
    """Text of any length."""

    impl = Text
    cache_ok = True


class Name(_Kept):
    """Text of up to a number of characters."""

    impl = String
    cache_ok = True


META = MetaData()
TALKS = Table(
    "talks",
    META,
    Column("id", Name(LONGEST_TALK), primary_key=True),
    Column("user", Name(LONGEST_USER), nullable=False, index=True),
    Column("created", DateTime(timezone=True), nullable=False),
    # another one after every write: who holds the talk in memory sees by it that somebody else went on with it
    Column("stamp", String(32), nullable=False, server_default=""),
)
TURNS = Table(
    "turns",
    META,
    Column("talk", Name(LONGEST_TALK), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("utterance", Words(), nullable=False),
    Column("reply", Words(), nullable=False),
    Column("act", String(16), nullable=False),
    Column("focus", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
USES = Table(
    "uses",
    META,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("talk", Name(LONGEST_TALK), nullable=False),
    Column("user", Name(LONGEST_USER), nullable=False, index=True),
    Column("type", String(16), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
EVENTS = Table(
    "events",
    META,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("talk", Name(LONGEST_TALK), nullable=False),
    Column("user", Name(LONGEST_USER), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("type", String(16), nullable=False),
    Column("payload", JSON, nullable=False),
    Index("events_by_user", "user", "seq"),
)
BOOKMARKS = Table(
    "bookmarks",
    META,
    Column("history", String(64), primary_key=True),  # a digest of all that was said before
    Column("talk", Name(LONGEST_USER), nullable=False),
    Column("user", Name(LONGEST_USER), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
)
