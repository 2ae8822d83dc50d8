"""By what names Telegram knows our pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("file_id", sa.String, nullable=False),
    )
