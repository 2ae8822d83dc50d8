"""What a reminder would cost if it were nothing but its two commits, by the database's own driver."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing

from benchmarks.reminding.databases import Database
from bot.shells.storage.place import PostgresPlace, place_of

_MAKE = "CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, number INTEGER)"
_FILL = "INSERT INTO floor VALUES (1, 0)"
_WRITE = "UPDATE floor SET number = number + 1"

Commit = Callable[[], Awaitable[object]]


@asynccontextmanager
async def bare_commit(database: Database) -> AsyncIterator[Commit]:
    """To call for each commit."""
    place = place_of(database)
    if isinstance(place, PostgresPlace):
        import asyncpg

        connection = await asyncpg.connect(place.dsn)
        for statement in (_MAKE, _FILL):
            await connection.execute(statement)
        yield lambda: connection.execute(_WRITE)
        await connection.close()
        return
    with closing(sqlite3.connect(place.path, isolation_level=None)) as file:
        for statement in ("PRAGMA synchronous = FULL", _MAKE, _FILL):
            file.execute(statement)

        async def write() -> None:
            file.execute(_WRITE)

        yield write
