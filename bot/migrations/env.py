"""What Alembic runs: on the connection that the store hands over, or for its command line on the one that is set."""

from alembic import context
from sqlalchemy import Connection

from bot.settings import Settings
from bot.store_opening import make_engine
from bot.store_tables import META


def run(connection: Connection) -> None:
    """Runs the revisions that were asked for."""
    # a batch: SQLite can change a table only by copying it
    context.configure(connection=connection, target_metadata=META, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    with make_engine(Settings().database).begin() as own:
        run(own)
else:
    run(given)
