from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.shells.storage.one_trip import OneTripConnection


class Counted(OneTripConnection):
    trips = 0

    async def _execute(self, *call: Any, **named: Any) -> Any:
        self.trips += 1
        return await super()._execute(*call, **named)  # type: ignore[no-untyped-call]


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Counted]:
    made = Counted(str(tmp_path / "one.sqlite3"), busy_timeout=1.0)
    await made
    yield made
    await made.close()


async def test_a_statement_and_its_rows_take_one_trip_to_the_thread(connection: Counted) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT ?, ?", (1, "two"))
        assert await cursor.fetchall() == [(1, "two")]
    assert (connection.trips, len(cursor.description)) == (1, 2)


async def test_what_was_written_is_counted_and_numbered(connection: Counted) -> None:
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, number INTEGER)")
    await cursor.execute("INSERT INTO numbers (number) VALUES (7)")
    assert (cursor.rowcount, cursor.lastrowid, await cursor.fetchall()) == (1, 1, [])
    await cursor.executemany("INSERT INTO numbers (number) VALUES (?)", [(8,), (9,)])
    assert cursor.rowcount == 2


async def test_a_bad_statement_is_told_and_the_next_one_is_not_harmed(connection: Counted) -> None:
    cursor = connection.cursor()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await cursor.execute("SELECT * FROM missing")
    await cursor.execute("SELECT 1")
    assert await cursor.fetchall() == [(1,)]
