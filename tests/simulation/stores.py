"""The stores that a world can stand on. A database is opened once and emptied for each world."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import delete

from bot.ports import Storage
from bot.shells.storage.database import migrate, open_storage
from bot.shells.storage.engine import build_engine
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.storage.place import place_of
from bot.shells.storage.tables import chats, deliveries, rate, subscriptions
from tests.simulation.clocks import Clocks

Fresh = Callable[[Clocks], AbstractAsyncContextManager[Storage]]
"""An empty store that goes by these clocks."""


@dataclass(frozen=True)
class Settings:
    osteon_data: Path
    osteon_database_url: SecretStr | None = None


@asynccontextmanager
async def in_memory(clocks: Clocks) -> AsyncIterator[Storage]:
    yield memory_storage(MemoryChatStore(clocks.wall))


@asynccontextmanager
async def in_database(settings: Settings) -> AsyncIterator[Fresh]:
    """SQLite in the folder, or PostgreSQL at the address."""
    wall: list[Clocks] = []
    await migrate(settings)
    engine = build_engine(place_of(settings))

    @asynccontextmanager
    async def fresh(clocks: Clocks) -> AsyncIterator[Storage]:
        wall[:] = [clocks]
        async with engine.begin() as connection:
            for table in (deliveries, subscriptions, rate, chats):
                await connection.execute(delete(table))
        yield storage

    try:
        async with open_storage(settings, lambda: wall[0].wall(), own_clock=True) as storage:
            yield fresh
    finally:
        await engine.dispose()
