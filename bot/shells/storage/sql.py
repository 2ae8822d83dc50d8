"""What a store in a database does again and again. Every call raises StorageError if the database fails."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Delete, Executable, Select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ports import Clock
from bot.shells.storage.engine import single_statements
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.place import Place

_log = logging.getLogger(__name__)

LONG_LOG = 16_000
"""Pages of SQLite's write-ahead log, 64 MB: more than that only an old reader keeps it from giving back."""


class SqlStore:
    def __init__(self, engine: AsyncEngine, place: Place, now: Clock) -> None:
        self._engine = engine
        self._single = single_statements(engine)
        self._place = place
        self._now = now

    async def _rows(self, question: Select[Any]) -> list[Mapping[str, Any]]:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                return [dict(row) for row in (await connection.execute(question)).mappings()]

    async def _run(self, statement: Executable) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(statement)

    async def _erase(self, wanted: Delete) -> bool:
        """Delete, so that the file holds no trace of it; whether there was anything to delete."""
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                deleted = (await connection.execute(wanted)).rowcount
                await self._remove_traces(connection)
        return deleted > 0

    async def _remove_traces(self, connection: AsyncConnection) -> None:
        """What was deleted can still be read in SQLite's write-ahead log. Not inside a transaction."""
        if self._engine.dialect.name != "sqlite":
            return
        checkpoint = await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        is_blocked, pages, _ = checkpoint.one()
        if is_blocked and pages > LONG_LOG:
            _log.error(
                "another program has been reading %s for long: what is deleted stays in its log, which has grown to "
                "%d pages. Please end that program",
                self._place.told,
                pages,
            )

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        with storage_errors(self._place):
            async with self._engine.begin() as connection:
                yield connection
