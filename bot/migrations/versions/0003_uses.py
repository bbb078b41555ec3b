"""What people did with what they were shown, for the scorer to learn from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the table of uses."""
    op.create_table(
        "uses",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("talk", sa.String(64), nullable=False),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_uses_user", "uses", ["user"])
