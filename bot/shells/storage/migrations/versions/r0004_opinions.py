"""Votes on replies, letters to the author, and questions for the doctor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("intent", sa.String),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("liked", sa.Boolean, nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("intent", sa.String),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("chat_id", "message_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visit_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("intent", sa.String),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
