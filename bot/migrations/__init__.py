"""The database's schema over time, by Alembic: one revision a file in `versions/`, applied when a store is opened.

`alembic revision --autogenerate --rev-id 0003 -m "what changes"` in the project's root begins the next one.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FIRST = "0001"
"""The schema of databases that were made before there were revisions."""


def revisions() -> tuple[str, ...]:
    """Returns the revisions that this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(connection: Connection, *, unmarked: bool) -> None:
    """Brings the database to the newest revision within the connection's transaction.

    `unmarked` says that its tables are those of the first revision, from before that was written down.
    """
    config = _config()
    config.attributes["connection"] = connection
    if unmarked:
        command.stamp(config, FIRST)
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
