"""Keeps the names by which Telegram knows our pictures, in SQLite or PostgreSQL. Nothing in it is about a chat."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.shells.storage.engine import single_statements
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.place import Place
from bot.shells.storage.statements import upsert
from bot.shells.storage.tables import pictures


class SqlPictureCache:
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place) -> None:
        self._single = single_statements(engine)
        self._place = place

    async def file_id(self, key: str) -> str | None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                found = await connection.execute(select(pictures.c.file_id).where(pictures.c.key == key))
                return found.scalar()

    async def save(self, key: str, file_id: str) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(upsert(self._single, pictures, {"key": key}, {"file_id": file_id}))

    async def forget(self, key: str) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(delete(pictures).where(pictures.c.key == key))
