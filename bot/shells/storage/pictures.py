"""Keeps the names by which Telegram knows our pictures, in SQLite or PostgreSQL. Nothing in it is about a chat."""

from __future__ import annotations

from sqlalchemy import Executable, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.shells.storage.faults import storage_errors
from bot.shells.storage.place import Place
from bot.shells.storage.tables import pictures


class SqlPictureCache:
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place) -> None:
        self._engine = engine
        self._place = place

    async def file_id(self, key: str) -> str | None:
        with storage_errors(self._place):
            async with self._engine.connect() as connection:
                found = await connection.execute(select(pictures.c.file_id).where(pictures.c.key == key))
                return found.scalar()

    async def save(self, key: str, file_id: str) -> None:
        await self._run(_deleted(key), insert(pictures).values(key=key, file_id=file_id))

    async def forget(self, key: str) -> None:
        await self._run(_deleted(key))

    async def _run(self, *statements: Executable) -> None:
        with storage_errors(self._place):
            async with self._engine.begin() as connection:
                for statement in statements:
                    await connection.execute(statement)


def _deleted(key: str) -> Executable:
    return delete(pictures).where(pictures.c.key == key)
