"""Weekly reminders: what people asked for, what became of each, and what may be sent when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("stream", sa.String, nullable=False),
        sa.Column("weekdays", sa.JSON, nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("standing", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("occurs_at", _INSTANT, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("next_at", _INSTANT),
        sa.Column("token", sa.Integer, nullable=False),
        sa.Column("offset_seconds", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Date),
        sa.Column("last_part", sa.Integer, nullable=False),
        sa.Column("ignored_since", _INSTANT),
        sa.Column("high_impact", sa.Boolean, nullable=False),
        sa.UniqueConstraint("chat_id", "stream"),
        sqlite_autoincrement=True,
    )
    waits = sa.text("next_at IS NOT NULL")
    op.create_index("subscriptions_due", "subscriptions", ["next_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "deliveries",
        sa.Column(
            "subscription_id", sa.Integer, sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("occurs_at", _INSTANT, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("passage", sa.String),
        sa.Column("asks", sa.Boolean, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("sent_at", _INSTANT),
        sa.Column("mark", sa.String),
        sa.Column("marked_at", _INSTANT),
        sa.Column("buttons", sa.String),
    )
    closing = sa.text("buttons = 'closing'")
    op.create_index(
        "deliveries_closing", "deliveries", ["subscription_id"], sqlite_where=closing, postgresql_where=closing
    )
    op.create_table(
        "rate",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("next_free", _INSTANT, nullable=False),
        sa.Column("held_until", _INSTANT),
    )
    op.create_table(
        "zone_data",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        # Each reminder updates its row: dead ones must not pile up between two vacuums.
        op.execute("ALTER TABLE subscriptions SET (autovacuum_vacuum_scale_factor = 0.01)")
