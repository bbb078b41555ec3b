"""What several processes need to go on with each other's talks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Stamps the talks, and keeps in the database which talk goes on after which history."""
    op.add_column("talks", sa.Column("stamp", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "bookmarks",
        sa.Column("history", sa.String(64), primary_key=True),
        sa.Column("talk", sa.String(200), nullable=False),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_bookmarks_user", "bookmarks", ["user"])
    op.create_index("ix_bookmarks_at", "bookmarks", ["at"])
