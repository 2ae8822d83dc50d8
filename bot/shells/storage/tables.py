"""The tables. A row that belongs to a chat names it in `chat_id`: so all of a chat can be shown and deleted.

A change here needs a step in migrations/versions and its number in REVISIONS; tests compare the two.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, DateTime, Index, Integer, MetaData, String, Table, Text, text

REVISIONS = ("0001", "0002", "0003")
"""Every schema there was, oldest first. The code works with the last one. Alembic, which has the steps between them,
takes 0.1 s to import and is left alone when there is nothing to do."""

NUMBERS_MESSAGES = "numbers_messages"
"""In the `info` of a table whose rows name messages by their number: in a chat that moves, messages get new ones."""

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

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=True),
    Column("payload", Text, nullable=True),
    Column("tries", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("done_at", DateTime(timezone=True), nullable=True),
)
Index(
    "inbox_pending",
    inbox.c.update_id,
    sqlite_where=text("done_at IS NULL"),
    postgresql_where=text("done_at IS NULL"),
)

answers = Table(
    "answers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer_ids", JSON, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False, index=True),
    info={NUMBERS_MESSAGES: True},
)


def chat_tables() -> list[Table]:
    """The tables whose rows belong to a chat, those first that others refer to."""
    return [table for table in metadata.sorted_tables if "chat_id" in table.columns]
