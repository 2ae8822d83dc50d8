"""Keeps the state of chats in SQLite or PostgreSQL; the code is the same for both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue.state import ChatState
from bot.ports import Clock, StoredRows
from bot.shells.storage.engine import single_statements
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.pictures import SqlPictureCache
from bot.shells.storage.place import Place
from bot.shells.storage.rows import row_of, state_of
from bot.shells.storage.tables import chat_tables, chats

Insert = Callable[[Table], sqlite.Insert | postgresql.Insert]
_INSERT: dict[str, Insert] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def _now() -> datetime:
    return datetime.now(UTC)


class SqlChatStore:
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place, now: Clock = _now) -> None:
        self._engine = engine
        self._single = single_statements(engine)
        self._place = place
        self._now = now
        self.pictures = SqlPictureCache(engine, place)

    async def load(self, chat_id: int) -> ChatState:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                row = (await connection.execute(select(chats).where(chats.c.chat_id == chat_id))).mappings().first()
        return state_of(dict(row)) if row else ChatState()

    async def save(self, chat_id: int, state: ChatState) -> None:
        values = {**row_of(state), "updated_at": self._now()}
        insert = _INSERT[self._engine.dialect.name](chats).values(chat_id=chat_id, **values)
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(insert.on_conflict_do_update(index_elements=[chats.c.chat_id], set_=values))

    async def forget(self, chat_id: int) -> None:
        with storage_errors(self._place):
            async with self._engine.begin() as connection:
                for table in reversed(chat_tables()):
                    await connection.execute(delete(table).where(table.c.chat_id == chat_id))
            if self._engine.dialect.name == "sqlite":
                async with self._single.connect() as connection:  # else it can still be read in the write-ahead log
                    await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def rows_of(self, chat_id: int) -> StoredRows:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                found = {}
                for table in chat_tables():
                    rows = await connection.execute(select(table).where(table.c.chat_id == chat_id))
                    found[table.name] = [_plain(table, row) for row in rows.mappings()]
        return {name: rows for name, rows in found.items() if rows}


def _plain(table: Table, row: Any) -> dict[str, Any]:
    """A row as JSON can hold it. SQLite gives instants without their zone, which is UTC."""
    values = {column.name: row[column] for column in table.columns}
    return {
        name: value.replace(tzinfo=value.tzinfo or UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
