"""One suite for all stores; what only a database can do comes after it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, MetaData, String, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.corpus.models import Tier
from bot.dialogue.state import ChatState
from bot.ports import ChatStore
from bot.shells.storage.instants import Instant
from bot.shells.storage.tables import NUMBERS_MESSAGES, chat_tables, chats
from tests.shells.storage.conftest import StorageSettings, engine_for, opened

ANN, BOB = 77, -1_001_234_567_890
"""A person, and a group: Telegram numbers those below zero, with up to 52 bits."""
STATE = ChatState(Tier.ACADEMIC, ("vitamin-k2/role", "bone/β"), ("p-1:1-2",), ("vitamin-k2/foods",), misses=2)

ids = st.lists(st.text(), max_size=6).map(tuple)
states = st.builds(
    ChatState,
    level=st.sampled_from(Tier),
    intents=ids,
    shown=ids,
    offered=ids,
    misses=st.integers(0, 2**31 - 1),
)
chat_ids = st.integers(-(2**63), 2**63 - 1)


async def test_a_chat_that_is_not_known_begins_anew(store: ChatStore) -> None:
    assert await store.load(ANN) == ChatState()
    assert await store.rows_of(ANN) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=states, chat_id=chat_ids)
async def test_what_was_saved_is_loaded(store: ChatStore, state: ChatState, chat_id: int) -> None:
    await store.save(chat_id, state)
    assert await store.load(chat_id) == state


async def test_the_last_state_counts_and_each_chat_has_its_own(store: ChatStore) -> None:
    for state in (STATE, ChatState(), replace(STATE, misses=0)):
        await store.save(ANN, state)
    await store.save(BOB, ChatState())
    assert await store.load(ANN) == replace(STATE, misses=0)
    assert await store.load(BOB) == ChatState()


async def test_a_chats_rows_are_plain_json_and_hold_its_state(store: ChatStore) -> None:
    await store.save(ANN, STATE)
    rows = await store.rows_of(ANN)
    assert json.loads(json.dumps(rows)) == rows
    ((name, (row,)),) = rows.items()
    assert name == "chats"
    assert row.pop("chat_id") == ANN
    row.pop("updated_at", None)
    assert row == {
        "level": "academic",
        "intents": ["vitamin-k2/role", "bone/β"],
        "shown": ["p-1:1-2"],
        "offered": ["vitamin-k2/foods"],
        "misses": 2,
    }


async def test_a_forgotten_chat_begins_anew_and_others_do_not(store: ChatStore) -> None:
    await store.save(ANN, STATE)
    await store.save(BOB, STATE)
    await store.forget(ANN)
    await store.forget(ANN)
    assert (await store.load(ANN), await store.rows_of(ANN)) == (ChatState(), {})
    assert await store.load(BOB) == STATE


async def test_chats_are_saved_side_by_side(store: ChatStore) -> None:
    await asyncio.gather(*(store.save(chat_id, replace(STATE, misses=chat_id)) for chat_id in range(50)))
    found = await asyncio.gather(*(store.load(chat_id) for chat_id in range(50)))
    assert [state.misses for state in found] == list(range(50))


async def test_a_state_outlives_the_program_and_says_when_it_changed(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage:
        await storage.chats.save(ANN, STATE)
    async with opened(sql_settings) as storage:
        assert await storage.chats.load(ANN) == STATE
        changed_at = datetime.fromisoformat((await storage.chats.rows_of(ANN))["chats"][0]["updated_at"])
    assert changed_at.utcoffset() == timedelta(0)


async def test_two_programs_write_to_one_database(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as one, opened(sql_settings) as other:
        both = (one.chats, other.chats)
        await asyncio.gather(*(both[n % 2].save(n % 3, replace(STATE, misses=n)) for n in range(60)))
        for chat_id in range(3):
            state = await one.chats.load(chat_id)
            assert state == await other.chats.load(chat_id)
            assert state.misses in range(60)


@pytest.mark.parametrize(
    ("wrong", "state"),
    [
        ({"level": "expert"}, replace(STATE, level=Tier.FUNDAMENTALS)),
        ({"intents": {"topic": "vitamin-k2"}}, replace(STATE, intents=())),
        ({"shown": None, "offered": "vitamin-k2/foods"}, replace(STATE, shown=(), offered=())),
        ({"offered": [1, "vitamin-k2/foods", None]}, STATE),
        ({"intents": ["gone/gone"]}, replace(STATE, intents=("gone/gone",))),
    ],
)
async def test_what_another_version_wrote_is_read_as_far_as_it_is_understood(
    sql_settings: StorageSettings, wrong: Mapping[str, Any], state: ChatState
) -> None:
    async with opened(sql_settings) as storage, engine_for(sql_settings) as engine:
        await storage.chats.save(ANN, STATE)
        async with engine.begin() as connection:
            await connection.execute(update(chats).values(**wrong))
        assert await storage.chats.load(ANN) == state


def test_every_part_of_the_state_has_its_column() -> None:
    assert {column.name for column in chats.columns} == {field.name for field in fields(ChatState)} | {
        "chat_id",
        "updated_at",
    }


async def test_forgetting_leaves_nothing_of_the_chat_in_any_table(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage, engine_for(sql_settings) as engine:
        await fill_all_tables(engine, ANN, BOB)
        assert set(await storage.chats.rows_of(ANN)) == {table.name for table in chat_tables()}, "shown by /mydata"
        await storage.chats.forget(ANN)
        left = await chats_in_all_tables(engine)
    assert left == {table.name: [BOB] for table in chat_tables()}


async def test_sqlite_keeps_no_trace_of_what_is_forgotten(sqlite_settings: StorageSettings) -> None:
    canary = "topic-canary/role"
    async with opened(sqlite_settings) as storage:
        await storage.chats.save(BOB, STATE)
        for _ in range(20):
            await storage.chats.save(ANN, replace(STATE, intents=(canary,) * 6))
        assert canary.encode() in files_of(sqlite_settings)
        await storage.chats.forget(ANN)
        assert canary.encode() not in files_of(sqlite_settings)


async def test_sqlite_is_set_up_for_safe_and_quick_writing(sqlite_settings: StorageSettings) -> None:
    async with engine_for(sqlite_settings) as engine, engine.connect() as connection:
        names = ("journal_mode", "busy_timeout", "foreign_keys", "synchronous", "secure_delete")
        found = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in names]
    assert found == ["wal", 5000, 1, 2, 1]


async def test_a_save_waits_for_another_program_that_has_locked_the_file(sqlite_settings: StorageSettings) -> None:
    async with opened(sqlite_settings) as storage:
        with closing(sqlite3.connect(sqlite_settings.osteon_data / "osteon.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            saving = asyncio.create_task(storage.chats.save(ANN, STATE))
            await asyncio.sleep(0.05)
            assert not saving.done()
            other.execute("COMMIT")
            await saving
        assert await storage.chats.load(ANN) == STATE


async def fill_all_tables(engine: AsyncEngine, *chat_ids: int) -> None:
    """A row for each chat in each table that the code knows, whatever its columns are."""
    async with engine.begin() as connection:
        for table in chat_tables():
            for number, chat_id in enumerate(chat_ids, start=1):  # no two rows alike: some columns are unique
                some = {Integer: number, String: f"x{number}", DateTime: datetime(2026, 1, 1, tzinfo=UTC), JSON: []}
                some |= {Boolean: True, Date: date(2026, 1, 1), Instant: datetime(2026, 1, 1, tzinfo=UTC)}
                values = {c.name: next(some[kind] for kind in some if isinstance(c.type, kind)) for c in table.columns}
                await connection.execute(table.insert().values(values | {"chat_id": chat_id}))


async def chats_in_all_tables(engine: AsyncEngine) -> dict[str, list[int]]:
    """Whose rows stand in each table that the database itself names."""
    found = MetaData()
    async with engine.connect() as connection:
        await connection.run_sync(found.reflect)
        tables = [table for table in found.sorted_tables if "chat_id" in table.columns]
        return {table.name: list((await connection.execute(select(table.c.chat_id))).scalars()) for table in tables}


def files_of(settings: StorageSettings) -> bytes:
    """The database with what SQLite writes beside it."""
    return b"".join(path.read_bytes() for path in settings.osteon_data.glob("osteon.sqlite3*"))


async def test_a_chat_that_moves_takes_its_state_along(store: ChatStore) -> None:
    await store.save(ANN, STATE)
    await store.migrate(ANN, BOB)
    await store.migrate(ANN, BOB)
    assert (await store.load(BOB), await store.load(ANN)) == (STATE, ChatState())
    assert await store.rows_of(ANN) == {}


async def test_what_a_chat_has_under_its_new_number_stays(store: ChatStore) -> None:
    await store.save(ANN, STATE)
    await store.save(BOB, replace(STATE, misses=0))
    await store.migrate(ANN, BOB)
    assert await store.load(BOB) == replace(STATE, misses=0)
    assert await store.rows_of(ANN) == {}


async def test_a_chat_that_moves_leaves_nothing_behind_in_any_table(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as store, engine_for(sql_settings) as engine:
        await fill_all_tables(engine, ANN)
        await store.chats.migrate(ANN, BOB)
        found = await chats_in_all_tables(engine)
    assert found == {table.name: [] if table.info.get(NUMBERS_MESSAGES) else [BOB] for table in chat_tables()}
