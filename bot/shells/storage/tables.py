"""The tables. A row that belongs to a chat names it in `chat_id`: so all of a chat can be shown and deleted.

A change here needs a step in migrations/versions and its number in REVISIONS; tests compare the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.shells.storage.instants import Instant

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every schema there was, oldest first. The code works with the last one. Alembic, which has the steps between them,
takes 0.1 s to import and is left alone when there is nothing to do."""

NUMBERS_MESSAGES = "numbers_messages"
"""In the `info` of a table whose rows name messages by their number: in a chat that moves, messages get new ones.

Reminders are such too, although only groups move and those have none.
"""

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


votes = Table(
    "votes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("outcome", String, nullable=False),
    Column("intent", String),
    Column("level", String, nullable=False),
    Column("liked", Boolean, nullable=False),
    Column("voted_at", DateTime(timezone=True), nullable=False),
    info={NUMBERS_MESSAGES: True},
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("text", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("intent", String),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("chat_id", "message_id"),  # what is sent twice is one letter
    info={NUMBERS_MESSAGES: True},
    sqlite_autoincrement=True,  # else an old button could delete a newer row that was given its number
)

visit_questions = Table(
    "visit_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("text", String, nullable=False),
    Column("intent", String),
    Column("level", String, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

pictures = Table(
    "pictures",
    metadata,
    Column("key", String, primary_key=True),
    Column("file_id", String, nullable=False),
)
"""By what name Telegram knows a picture; about nobody."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("stream", String, nullable=False),
    Column("weekdays", JSON, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("occurs_at", Instant, nullable=False),
    Column("part", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("token", Integer, nullable=False),
    Column("offset_seconds", Integer, nullable=False),
    Column("last_day", Date),
    Column("last_part", Integer, nullable=False),
    Column("ignored_since", Instant),
    Column("high_impact", Boolean, nullable=False),
    UniqueConstraint("chat_id", "stream"),
    info={NUMBERS_MESSAGES: True},
    sqlite_autoincrement=True,  # else an old button could speak of somebody else's
)
Index(
    "subscriptions_due",
    subscriptions.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("occurs_at", Instant, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("passage", String),
    Column("asks", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("sent_at", Instant),
    Column("mark", String),
    Column("marked_at", Instant),
    Column("buttons", String),
    info={NUMBERS_MESSAGES: True},
)
Index(
    "deliveries_closing",
    deliveries.c.subscription_id,
    sqlite_where=text("buttons = 'closing'"),
    postgresql_where=text("buttons = 'closing'"),
)

reminder_drafts = Table(
    "reminder_drafts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("draft", JSON, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    info={NUMBERS_MESSAGES: True},
)

rate = Table(
    "rate",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("next_free", Instant, nullable=False),
    Column("held_until", Instant),
)
"""One row, for all processes: when the next reminder may be sent, and until when Telegram wants none; about nobody."""

zone_data = Table(
    "zone_data",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", String, nullable=False),
)
"""One row: by which release of the zones' rules the instants were worked out; about nobody."""


def chat_tables() -> list[Table]:
    """The tables whose rows belong to a chat, those first that others refer to."""
    return [table for table in metadata.sorted_tables if "chat_id" in table.columns]
