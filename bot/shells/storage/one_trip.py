"""SQLite's connection, with one trip to its thread for a statement.

aiosqlite makes four: a cursor, the statement, its rows, the end of the cursor. Each wakes the thread and then the event
loop, which takes longer than most of our statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import aiosqlite

Parameters = Sequence[Any]
Statement = Callable[[sqlite3.Connection], sqlite3.Cursor]


@dataclass(frozen=True)
class Outcome:
    """What a cursor knows in the end."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[Any] = ()


class OneTripConnection(aiosqlite.Connection):
    def __init__(self, path: str, *, busy_timeout: float) -> None:
        """`busy_timeout`: seconds to wait for another process. Nothing is opened before it is awaited."""

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)  # BEGIN is ours, see engine.py

        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True  # a connection that is lost must not keep the process alive

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # all that SQLAlchemy uses of one
        return OneTripCursor(self)

    async def run(self, statement: Statement) -> Outcome:
        return await self._execute(_run, self._conn, statement)  # type: ignore[no-any-return, no-untyped-call]


class OneTripCursor:
    """What SQLAlchemy wants of a cursor; it reads all rows at once in any case."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._outcome = Outcome()

    async def __aenter__(self) -> OneTripCursor:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Nothing to end."""

    async def execute(self, sql: str, parameters: Parameters = ()) -> None:
        self._outcome = await self._connection.run(lambda connection: connection.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Parameters]) -> None:
        self._outcome = await self._connection.run(lambda connection: connection.executemany(sql, parameters))

    async def fetchall(self) -> Sequence[Any]:
        return self._outcome.rows

    async def close(self) -> None:
        """Done already."""

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._outcome.lastrowid


def _run(connection: sqlite3.Connection, statement: Statement) -> Outcome:
    """In the connection's thread."""
    with closing(statement(connection)) as cursor:
        rows = cursor.fetchall()
        return Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
