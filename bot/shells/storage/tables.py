"""The tables. A row that belongs to a chat names it in `chat_id`: so all of a chat can be shown and deleted.

A change here needs a step in migrations/versions and its number in REVISIONS; tests compare the two.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer, MetaData, String, Table

REVISIONS = ("0001", "0005")
"""Every schema there was, oldest first. The code works with the last one. Alembic, which has the steps between them,
takes 0.1 s to import and is left alone when there is nothing to do."""

metadata = MetaData()

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("level", String, nullable=False),
    Column("intents", JSON, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("offered", JSON, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    Column("key", String, primary_key=True),
    Column("file_id", String, nullable=False),
)
"""By what name Telegram knows a picture; about nobody."""


def chat_tables() -> list[Table]:
    """The tables whose rows belong to a chat, those first that others refer to."""
    return [table for table in metadata.sorted_tables if "chat_id" in table.columns]
