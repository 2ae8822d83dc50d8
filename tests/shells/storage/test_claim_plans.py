"""How the databases go about a claim: what is cheap for a few people must stay so for a million."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Executable, event, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.reminders.records import Buttons, Delivery, DeliveryState, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.storage.reminder_rows import delivery_values, subscription_values
from bot.shells.storage.reminder_statements import ANY_DUE, CLAIM, CLOSING, LOCKED_OF, PARTS
from bot.shells.storage.tables import deliveries, subscriptions
from tests.shells.storage.conftest import StorageSettings, engine_for, opened

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ONE = Subscription(0, 1, Stream.EXERCISE, Schedule((1,), 540, "Europe/Berlin"), date(2026, 11, 30), NOW, NOW, NOW)


async def fill(engine: AsyncEngine, people: int, due: int) -> None:
    """So many subscriptions; so many of them, from the first to the last, are due."""
    times = [
        NOW + timedelta(minutes=-1 if number % (people // due) == 0 else number) for number in range(1, people + 1)
    ]
    rows = [subscription_values(replace(ONE, chat_id=chat_id, next_at=at)) for chat_id, at in enumerate(times)]
    async with engine.begin() as connection:
        await connection.execute(insert(subscriptions), rows)
        await connection.execute(text("ANALYZE"))


async def plan_of(engine: AsyncEngine, statement: Executable, **values: object) -> str:
    """In the database's own words; PostgreSQL's two plans, for these values and, as it may soon do, for any."""
    said: list[tuple[str, Sequence[object]]] = []
    async with engine.connect() as connection:
        event.listen(connection.sync_connection, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
        await connection.execute(statement, values)
        written, parameters = said[-1]
        if engine.dialect.name == "sqlite":
            return await told(connection, f"EXPLAIN QUERY PLAN {written}", tuple(parameters))
        await connection.exec_driver_sql(f"PREPARE asked AS {written}")
        given = ", ".join(f"'{value}'" for value in parameters)
        plans = []
        for mode in ("custom", "generic"):
            await connection.exec_driver_sql(f"SET plan_cache_mode = force_{mode}_plan")
            plans.append(await told(connection, f"EXPLAIN EXECUTE asked{f'({given})' if given else ''}"))
        await connection.exec_driver_sql("DEALLOCATE asked")
        return "\n".join(plans)


async def told(connection: AsyncConnection, explain: str, parameters: tuple[object, ...] = ()) -> str:
    return "\n".join(str(row[-1]) for row in await connection.exec_driver_sql(explain, parameters))


async def test_fault_21_a_claim_reads_what_is_due_by_its_index_and_nothing_from_end_to_end(
    sql_settings: StorageSettings,
) -> None:
    async with opened(sql_settings), engine_for(sql_settings) as engine:
        await fill(engine, 10_000, 500)
        plan = await plan_of(engine, CLAIM, now=NOW, lease=NOW, most=50)
    assert "subscriptions_due" in plan
    assert "Seq Scan on subscriptions" not in plan
    assert "SCAN subscriptions" not in plan


async def test_a_look_at_what_is_due_reads_the_index_and_nothing_else(sql_settings: StorageSettings) -> None:
    """PostgreSQL would read the table from its start, once a second, if it expected many to be due."""
    async with opened(sql_settings), engine_for(sql_settings) as engine:
        await fill(engine, 10_000, 5_000)
        plan = await plan_of(engine, ANY_DUE, now=NOW)
    assert "subscriptions_due" in plan
    assert "Seq Scan" not in plan


async def test_a_look_at_buttons_that_are_to_go_reads_no_others(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings), engine_for(sql_settings) as engine:
        await fill_with_history(engine)
        plan = await plan_of(engine, CLOSING.limit(10))
    assert "deliveries_closing" in plan
    assert "Seq Scan" not in plan


async def test_a_step_reads_what_it_needs_by_its_keys(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings), engine_for(sql_settings) as engine:
        await fill_with_history(engine)
        ids = list(range(10, 18))
        plans = [
            await plan_of(engine, LOCKED_OF, ids=ids),
            await plan_of(engine, PARTS, ids=ids, parts=[(id_, NOW, 0) for id_ in ids]),
        ]
    for plan in plans:
        assert "Seq Scan" not in plan
        assert not re.search(r"SCAN (subscriptions|deliveries)", plan)


async def fill_with_history(engine: AsyncEngine) -> None:
    await fill(engine, 1_000, 50)
    sent = Delivery(0, 1, ONE.day, NOW, 0, DeliveryState.SENT, 1, buttons=Buttons.OPEN)
    rows = [
        delivery_values(replace(sent, subscription_id=id_, occurs_at=NOW + timedelta(days=day)))
        for id_ in range(1, 1_001)
        for day in range(10)
    ]
    async with engine.begin() as connection:
        await connection.execute(insert(deliveries), rows)
        await connection.execute(text("ANALYZE"))


@pytest.mark.parametrize("most", [1, 10])
async def test_fault_20_a_claim_takes_no_more_than_asked_however_postgres_joins(
    postgres_settings: StorageSettings, most: int
) -> None:
    async with opened(postgres_settings), engine_for(postgres_settings) as engine:
        await fill(engine, 1_000, 100)
        async with engine.begin() as connection:
            name = (await connection.execute(text("SELECT current_database()"))).scalar_one()
            for join in ("hashjoin", "mergejoin", "material", "hashagg", "sort"):  # what is left is a nested loop
                await connection.execute(text(f"ALTER DATABASE {name} SET enable_{join} = off"))
        async with opened(postgres_settings, lambda: NOW) as anew:
            assert len(await anew.reminders.claim(most)) == most
        async with engine.connect() as connection:
            due = select(func.count()).select_from(subscriptions).where(subscriptions.c.next_at <= NOW)
            assert (await connection.execute(due)).scalar_one() == 100 - most
