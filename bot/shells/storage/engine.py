"""SQLAlchemy's engine for either database. It opens nothing before its first use.

SQLite has one connection: one writer is 2 to 6 times faster than several that wait for each other's locks, and the
WAL-reset bug of SQLite before 3.51.3 needs two. What writes begins with BEGIN IMMEDIATE: a transaction that reads first
and then wants to write would fail at once beside another one, whatever the busy timeout is.
"""

from __future__ import annotations

import time
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageError
from bot.shells.storage.faults import reason_of, told
from bot.shells.storage.one_trip import OneTripConnection
from bot.shells.storage.place import Place, PostgresPlace, SqlitePlace

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process, such as a backup, that has locked the SQLite file."""
CONNECT_TIMEOUT = 10.0
"""Seconds, for PostgreSQL."""
SURELY_THERE_FOR = 0.1
"""Seconds since its last use in which a connection to PostgreSQL is not asked whether it is still there: no server that
restarts is back sooner. If nothing but the connection was ended meanwhile, one call fails, and the next is fine."""
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # what was stored outlives a power cut: Telegram no longer has it
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten; SQLite's default is to leave it in the file
)
_POSTGRES = {
    "application_name": "osteon",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}


def build_engine(place: Place) -> AsyncEngine:
    return _sqlite(place) if isinstance(place, SqlitePlace) else _postgres(place)


def single_statements(engine: AsyncEngine) -> AsyncEngine:
    """The same engine for statements that stand alone: each is its own transaction, without a BEGIN and a COMMIT."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(osteon_no_begin=True)  # the driver is in autocommit mode already
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _sqlite(place: SqlitePlace) -> AsyncEngine:
    async def connect() -> aiosqlite.Connection:
        return await OneTripConnection(str(place.path), busy_timeout=BUSY_TIMEOUT)

    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(place.path)),
        async_creator=connect,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,  # every transaction is ended where it was begun; a rollback of none is a trip more
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except Exception:  # a damaged file; the pool does not know the connection yet, and its thread would go on for ever
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("osteon_no_begin"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgres(place: PostgresPlace) -> AsyncEngine:
    import asyncpg  # here, since it takes 50 ms and SQLite does without

    async def connect() -> Any:
        """By asyncpg's own reading of the address, so that `?sslmode=require` and the like mean what they always do."""
        try:
            return await asyncpg.connect(place.dsn, timeout=CONNECT_TIMEOUT, server_settings=_POSTGRES)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise StorageError(told(place, reason_of(error))) from error
        except ValueError:  # its message may hold a part of the password
            raise StorageError(told(place, "its address cannot be read")) from None

    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=connect, pool_size=5, max_overflow=5, hide_parameters=True
    )
    event.listen(engine.sync_engine, "checkin", _note_return)
    event.listen(engine.sync_engine, "checkout", _ping)
    return engine


def _note_return(_connection: Any, entry: ConnectionPoolEntry) -> None:
    entry.info["returned_at"] = time.monotonic()


def _ping(connection: Any, entry: ConnectionPoolEntry, _borrowed: Any) -> None:
    """A restart of the server costs nobody an answer. SQLAlchemy's own ping is a transaction: three trips, not one."""
    from asyncpg import InterfaceError, InternalClientError, PostgresError

    if time.monotonic() < entry.info.get("returned_at", 0.0) + SURELY_THERE_FOR:
        return

    try:
        connection.run_async(lambda driver: driver.execute("SELECT 1"))
    except (PostgresError, InterfaceError, InternalClientError, OSError) as error:  # the third: its end is being read
        raise DisconnectionError("the server has gone away") from error
