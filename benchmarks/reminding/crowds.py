"""Fills a database with people who have a reminder a week, as fast as it takes them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.dialogue.state import ChatState
from bot.reminders.plans import Wish, wished
from bot.reminders.records import Buttons, Delivery, DeliveryState, Subscription
from bot.reminders.schedule import WEEK, Schedule
from bot.reminders.streams import Stream
from bot.shells.storage.reminder_rows import delivery_values, subscription_values
from bot.shells.storage.rows import row_of
from bot.shells.storage.tables import chats, deliveries, metadata, subscriptions

ZONE = "Europe/Berlin"
WEEKS_BEFORE = 8
"""Reminders that those who are due have had; all others have had one."""
_SEEDS = 10_000
"""Rows that the bot's own code makes; more are copies of them under other numbers."""
_SHIFTED = ("id", "chat_id", "subscription_id")
_TABLES = (chats, subscriptions, deliveries)


async def fill(engine: AsyncEngine, people: int, now: datetime, *, seed: int = 7) -> None:
    """So many, due in the week that begins in two hours. Each has chosen a level and had a reminder last week."""
    if not people:
        return
    dice = random.Random(seed)  # noqa: S311 - nothing to guess
    seeds = [_person(number, dice, now) for number in range(1, min(people, _SEEDS) + 1)]
    async with engine.begin() as connection:
        await _insert(connection, seeds, now)
        for copy in range(1, -(-people // _SEEDS)):
            await _copy(connection, copy * _SEEDS, min(_SEEDS, people - copy * _SEEDS))
    await _settle(engine)


async def make_due(engine: AsyncEngine, count: int, now: datetime, *, over: timedelta, seed: int = 11) -> None:
    """Let so many of them, anywhere in the table, have become due one after the other, over so long before now."""
    async with engine.begin() as connection:
        people = (await connection.execute(select(func.max(subscriptions.c.id)))).scalar_one()
        ids = random.Random(seed).sample(range(1, people + 1), count)  # noqa: S311
        due = [_due(id_, now - over * (count - place) / count) for place, id_ in enumerate(ids)]
        moved: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("day", "occurs_at", "due_at", "next_at")}
        await connection.execute(
            update(subscriptions).where(subscriptions.c.id == bindparam("of")).values(moved | {"token": 0}),
            [{"of": it.id} | {f"new_{name}": getattr(it, name) for name in moved} for it in due],
        )
        past = [delivery_values(_sent(it, weeks)) for it in due for weeks in range(2, WEEKS_BEFORE + 1)]
        await connection.execute(insert(deliveries), past)
    await _settle(engine)


def _person(number: int, dice: random.Random, now: datetime) -> Subscription:
    schedule = Schedule((dice.randint(1, 7),), dice.randrange(24 * 60), ZONE)
    wish = Wish(number, Stream.EXERCISE, schedule)
    it = wished(wish, timedelta(seconds=dice.randrange(900)), None, None, now + timedelta(hours=2)).subscription
    assert it  # noqa: S101
    return it


def _due(id_: int, at: datetime) -> Subscription:
    schedule = Schedule((at.isoweekday(),), 0, ZONE)
    return Subscription(id_, id_, Stream.EXERCISE, schedule, at.date(), at, at, at)


def _sent(it: Subscription, weeks: int) -> Delivery:
    """Its reminder so many weeks ago."""
    at = it.occurs_at - weeks * WEEK
    buttons = Buttons.OPEN if weeks == 1 else Buttons.CLOSED
    passage = f"calcium/{weeks}"
    return Delivery(
        it.id,
        it.chat_id,
        at.date(),
        at,
        0,
        DeliveryState.SENT,
        1,
        passage,
        message_id=weeks,
        sent_at=at,
        buttons=buttons,
    )


async def _insert(connection: AsyncConnection, seeds: Sequence[Subscription], now: datetime) -> None:
    state = row_of(ChatState()) | {"updated_at": now}
    await connection.execute(insert(chats), [state | {"chat_id": it.chat_id} for it in seeds])
    numbered = [subscription_values(it) | {"id": it.chat_id} for it in seeds]
    await connection.execute(insert(subscriptions), numbered)
    history = [delivery_values(_sent(it, 1)) | {"subscription_id": it.chat_id} for it in seeds]
    await connection.execute(insert(deliveries), history)


async def _copy(connection: AsyncConnection, shift: int, count: int) -> None:
    """The first rows once more, under numbers so much higher."""
    for table in _TABLES:
        key = table.c.subscription_id if "subscription_id" in table.c else table.c.chat_id
        columns = [
            column + literal(shift, BigInteger) if column.name in _SHIFTED else column for column in table.columns
        ]
        copied = select(*columns).where(key <= count)
        await connection.execute(insert(table).from_select([column.name for column in table.columns], copied))


async def _settle(engine: AsyncEngine) -> None:
    """PostgreSQL's autovacuum would do this a minute later; SQLite in use keeps no statistics."""
    if engine.dialect.name == "postgresql":
        async with engine.connect() as connection:
            bare = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in metadata.tables:
                await bare.execute(text(f"VACUUM ANALYZE {table}"))
