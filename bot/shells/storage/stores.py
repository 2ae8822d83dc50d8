"""Keeps the state of chats in SQLite or PostgreSQL; the code is the same for both."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from sqlalchemy import Executable, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue.state import ChatState
from bot.ports import Clock, StoredRows
from bot.shells.storage.erasures import Erasures
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.place import Place
from bot.shells.storage.reminder_statements import LOCKED
from bot.shells.storage.rows import plain, row_of, state_of
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import moving, upsert
from bot.shells.storage.tables import chat_tables, chats, inbox, subscriptions

_log = logging.getLogger(__name__)

_WRITTEN = (chats.c.updated_at, inbox.c.received_at)
"""Columns whose newest instant tells when the database was last written."""


def upsert_state(engine: AsyncEngine, chat_id: int, state: ChatState, at: datetime) -> Executable:
    return upsert(engine, chats, {"chat_id": chat_id}, {**row_of(state), "updated_at": at})


class SqlChatStore(SqlStore):
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place, now: Clock, erasures: Erasures) -> None:
        super().__init__(engine, place, now)
        self._erasures = erasures

    async def load(self, chat_id: int) -> ChatState:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                row = (await connection.execute(select(chats).where(chats.c.chat_id == chat_id))).mappings().first()
        return state_of(dict(row)) if row else ChatState()

    async def save(self, chat_id: int, state: ChatState) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(upsert_state(self._engine, chat_id, state, self._now()))

    async def forget(self, chat_id: int) -> None:
        with storage_errors(self._place):
            await self._delete(chat_id)
        try:
            self._erasures.note(chat_id, self._now())
        except OSError as error:  # it is deleted all the same; only a backup could bring it back
            _log.error("an erasure could not be noted beside the database: %s", error.strerror)

    async def forget_again(self) -> int:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                seen = [(await connection.execute(select(func.max(column)))).scalar() for column in _WRITTEN]
                ids = {
                    chat_id
                    for table in chat_tables()
                    for chat_id in (await connection.execute(select(table.c.chat_id).distinct())).scalars()
                    if chat_id is not None
                }
            written = [at.replace(tzinfo=at.tzinfo or UTC) for at in seen if at]
            back = self._erasures.among(ids, max(written)) if written else []
            for chat_id in back:
                await self._delete(chat_id)
        return len(back)

    async def _delete(self, chat_id: int) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(LOCKED.where(subscriptions.c.chat_id == chat_id))  # as whoever sends does, first
            for table in reversed(chat_tables()):
                await connection.execute(delete(table).where(table.c.chat_id == chat_id))
        async with self._single.connect() as connection:
            await self._remove_traces(connection)

    async def migrate(self, old: int, new: int) -> None:
        with storage_errors(self._place):
            async with self._engine.begin() as connection:
                for table in chat_tables():
                    for statement in moving(table, old, new):
                        await connection.execute(statement)

    async def rows_of(self, chat_id: int) -> StoredRows:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                found = {}
                for table in chat_tables():
                    rows = await connection.execute(select(table).where(table.c.chat_id == chat_id))
                    found[table.name] = [plain(dict(row)) for row in rows.mappings()]
        return {name: rows for name, rows in found.items() if rows}
