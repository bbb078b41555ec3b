"""A database, opened: its engine, its schema brought up to date, and a sentence for whatever is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import URL, Connection, Engine, column, create_engine, event, func, inspect, make_url, select, table
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from bot.store_tables import SCHEMA, TALKS
from kg.errors import SettingsError, StoreError

_log = structlog.get_logger(__name__)
_VERSION = table("alembic_version", column("version_num"))
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(7460312))
"""Of several processes that open a new database at once, one makes the tables; any number would do."""
_POSTGRES = {"postgres", "postgresql"}
_ANSWER_WITHIN = 5  # seconds


def make_engine(url: str) -> Engine:
    """Returns the engine of a database's URL, not yet connected. Raises SettingsError for what is no such URL."""
    try:
        where = make_url(url)
        if where.drivername in _POSTGRES:
            where = where.set(drivername="postgresql+psycopg")
        if where.get_backend_name() == "sqlite":
            return _sqlite(where)
        wait = {"connect_timeout": _ANSWER_WITHIN} if where.get_driver_name() == "psycopg" else {}
        # asks before use, so that a server which was started again is no error
        return create_engine(where, pool_pre_ping=True, connect_args=wait)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise SettingsError(
            "DATABASE_URL names no database that can be used. "
            "Write it as postgresql://user:password@host:5432/database, or unset it."
        ) from error


def open_database(url: str) -> Engine:
    """Returns the engine of a database whose tables are those of this program; older ones are migrated first.

    Raises StoreError when it is away, cannot be written, or is of a newer program; SettingsError for a wrong URL.
    """
    engine = make_engine(url)
    if engine.url.get_backend_name() == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        _make_folder(Path(str(engine.url.database)).parent)
    with told():
        with engine.connect() as connection:
            found = _version(connection)
        if found != SCHEMA:
            _migrate(engine)
    return engine


def look(url: str) -> str:
    """Returns what the database is and which schema it has; changes nothing. Raises as `open_database` does."""
    engine = make_engine(url)
    try:
        file = engine.url.database if engine.url.get_backend_name() == "sqlite" else None
        if file is not None and not Path(file).exists():
            return f"nothing kept yet in {file}"
        with told(), engine.connect() as connection:
            found = _version(connection)
            server = f"{engine.dialect.name} {'.'.join(map(str, engine.dialect.server_version_info or ()))}".strip()
    finally:
        engine.dispose()
    if found == SCHEMA:
        return f"{server} answers, schema {found}"
    before = "is empty" if found is None else f"has schema {found or 'from before 0001'}"
    return f"{server} answers and {before}; opening it brings it to {SCHEMA}"


@contextmanager
def told() -> Iterator[None]:
    """Makes a StoreError with a sentence of what the database raises while the block runs."""
    try:
        yield
    except SQLAlchemyError as error:
        _log.warning("store refused", error=type(error).__name__)
        reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        server = "psycopg" in type(getattr(error, "orig", None)).__module__
        if server and isinstance(error, OperationalError):
            cure = "Start that server, or check DATABASE_URL"
        else:
            cure = "Free some disk space or check the rights of the data folder"
        raise StoreError(
            f"The conversation could not be saved or read ({reason}). {cure}, then go on: "
            "nothing said so far is lost while this talk stays open."
        ) from error


def _sqlite(url: URL) -> Engine:
    """Transactions begin when we say so and own the file at once: two processes then wait instead of failing."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _manual(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _version(connection: Connection) -> str | None:
    """The revision written in the database; "" for tables from before there were any, None for an empty database."""
    names = inspect(connection)
    if names.has_table(_VERSION.name):
        return connection.scalar(select(_VERSION.c.version_num))
    return "" if names.has_table(TALKS.name) else None


def _migrate(engine: Engine) -> None:
    from bot.migrations import revisions, upgrade  # noqa: PLC0415  # Alembic, for a database that is not up to date

    with engine.begin() as connection:
        if engine.url.get_backend_name() == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        found = _version(connection)
        if found and found not in revisions():
            raise StoreError(
                f"The conversations in {engine.url.render_as_string()} were kept by a newer Tastemaker (its schema is "
                f"{found}, this one knows {SCHEMA}). Update this program, or set DATABASE_URL to another database."
            )
        if found != SCHEMA:
            upgrade(connection, unmarked=found == "")
            _log.info("store migrated", before=found, now=SCHEMA)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data folder {folder} cannot be made ({error.strerror}). Set TASTEMAKER_HOME to a folder you own."
        ) from error
