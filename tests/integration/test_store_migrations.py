"""The schema over time: old databases are brought up to date with nothing lost, newer ones are refused."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.migrations import revisions
from bot.store import LoggedEvent, Store, TurnRecord
from bot.store_opening import make_engine
from bot.store_tables import META, SCHEMA
from bot.taste import Shown
from kg.errors import StoreError

OLD = Path(__file__).with_name("old_store.sql").read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[str]:
    """The address of a database that an older program made."""
    file = tmp_path / "talks.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.executescript(OLD)
    connection.close()
    yield f"sqlite:///{file}"


def test_the_newest_revision_is_the_programs_schema() -> None:
    assert revisions()[0] == SCHEMA


def test_an_old_database_is_migrated_and_loses_nothing(old: str) -> None:
    for _ in ("migrated", "opened again"):
        store = Store(old)
        assert store.turns("t1") == [TurnRecord(1, "hi", "hello", "chat", ("a",))]
        assert store.events("ann") == [LoggedEvent("t1", Shown(1, ("a", "b")))]
        assert store.begun("ann")["t1"].year == 2026
        store.close()
    store = Store(old)
    read = store.mark("t1", "ann")
    assert store.append("t1", "ann", [], [TurnRecord(2, "more", "yes", "chat")], after=read) != read
    store.close()


def test_migrated_tables_are_the_declared_ones(database: str) -> None:
    Store(database).close()
    engine = make_engine(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, META) == []
    engine.dispose()


def test_an_old_database_becomes_what_a_new_one_is(old: str, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    found = []
    for address in (old, new):
        Store(address).close()
        engine = make_engine(address)
        names = inspect(engine)
        found.append({t: ({c["name"] for c in names.get_columns(t)}, names.get_indexes(t)) for t in META.tables})
        engine.dispose()
    assert found[0] == found[1]


def test_a_newer_database_is_refused_and_left_as_it_is(database: str) -> None:
    Store(database).close()
    engine = make_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer Tastemaker"):
        Store(database)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    engine.dispose()


def test_a_migration_that_fails_changes_nothing(old: str) -> None:
    file = Path(old.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (x INTEGER)")  # in the way of the second revision
    connection.close()
    with pytest.raises(StoreError):
        Store(old)
    connection = sqlite3.connect(file)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {"talks", "turns", "events", "bookmarks"}
    assert "stamp" not in [row[1] for row in connection.execute("PRAGMA table_info(talks)")]
    connection.close()


def test_several_that_open_a_new_database_at_once(database: str) -> None:
    together, failed = Barrier(4), []

    def open_it() -> None:
        together.wait()
        try:
            Store(database).close()
        except StoreError as error:
            failed.append(error)

    threads = [Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_an_up_to_date_database_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.sqlite3'}"
    Store(url).close()
    code = f"import sys; from bot.store import Store; Store({url!r}).close(); sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
