"""Reminders in SQLite or PostgreSQL.

The lease is `next_at` itself, moved on by the claim, so what is left behind becomes due again by itself. On PostgreSQL
several processes claim side by side: a row that another one has locked is skipped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.corpus.models import Tier
from bot.ports import Clock
from bot.ports.reminders import Claimed, Part, Rate, Result, Transition
from bot.reminders.delivery import LEASE
from bot.reminders.plans import MOST_IN_WINDOW
from bot.reminders.records import SHOWN, Buttons, Change, Delivery, Subscription
from bot.reminders.streams import Stream
from bot.shells.storage.instants import Instant
from bot.shells.storage.place import Place
from bot.shells.storage.reminder_rows import delivery_of, delivery_values, subscription_of, subscription_values
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import insert_into, upsert, upsert_any
from bot.shells.storage.tables import chats, deliveries, rate, subscriptions, zone_data

_log = logging.getLogger(__name__)

_BATCH = 1000
"""Rows of a transaction that goes through all of them."""
_NAMES = [column.name for column in subscriptions.columns]
_THEIRS = [column.name for column in deliveries.columns]
_KEY = ("subscription_id", "occurs_at", "part")
_ITS_OWN = (subscriptions.c.occurs_at, subscriptions.c.part)
"""The part that a subscription is at."""
_LEVELS = {tier.value: tier for tier in Tier}


class SqlReminderStore(SqlStore):
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place, now: Clock, *, shared: bool) -> None:
        """`shared`: whether other processes may use the database, so that its clock counts and not ours."""
        super().__init__(engine, place, now)
        self._shared = shared
        self._keep = upsert_any(engine, deliveries)
        self._ahead = timedelta(0)
        """By how much the database's clock is ahead of ours."""

    def now(self) -> datetime:
        return self._now() + self._ahead

    async def claim(self, most: int) -> list[Claimed]:
        await self._set_clock()
        now = self.now()
        if not await self._rows(select(subscriptions.c.id).where(subscriptions.c.next_at <= now).limit(1)):
            return []
        async with self._transaction() as connection:
            if self._is_ahead((await connection.execute(select(rate.c.held_until))).scalar()):
                return []
            found = await connection.execute(CLAIM, {"now": now, "most": most, "lease": now + LEASE})
            rows = [dict(row) for row in found.mappings()]
        claimed = sorted(await self._readable(rows), key=lambda it: (it.due_at, it.id))
        return await self._with_context(claimed) if claimed else []

    async def release(self, claimed: Sequence[Subscription]) -> None:
        mine = tuple_(subscriptions.c.id, subscriptions.c.token).in_([(it.id, it.token) for it in claimed])
        if claimed:
            await self._run(update(subscriptions).where(mine).values(next_at=subscriptions.c.due_at))

    async def step(
        self, subscription_id: int, part: Part, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        named = {"id": subscription_id, "occurs_at": part.occurs_at, "part": part.part}
        async with self._transaction() as connection:
            row = (await connection.execute(_STEP, named)).first()
            if unless_held and row and self._is_ahead(row.held_until):
                return None
            return await self._put(connection, row, transition)

    async def plan(self, chat_id: int, stream: Stream, transition: Transition[Result]) -> Result:
        return await self._transact(_of(chat_id) & (subscriptions.c.stream == stream.value), None, transition)

    async def respond(self, chat_id: int, subscription_id: int, part: Part, transition: Transition[Result]) -> Result:
        return await self._transact(_of(chat_id) & (subscriptions.c.id == subscription_id), part, transition)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        rows = await self._rows(select(subscriptions).where(_of(chat_id)))
        return sorted(map(subscription_of, rows), key=lambda it: list(Stream).index(it.stream))

    async def deliveries(self, chat_id: int, since: date) -> list[tuple[Stream, Delivery]]:
        mine = _told().where(deliveries.c.chat_id == chat_id, deliveries.c.day >= since)
        rows = await self._rows(mine.order_by(deliveries.c.occurs_at, deliveries.c.part))
        return [(Stream(row["stream"]), delivery_of(row)) for row in rows]

    async def by_message(self, chat_id: int, message_id: int) -> tuple[Stream, Delivery] | None:
        mine = _told().where(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
        rows = await self._rows(mine)
        return (Stream(rows[0]["stream"]), delivery_of(rows[0])) if rows else None

    async def next_due(self) -> datetime | None:
        (row,) = await self._rows(select(func.min(subscriptions.c.next_at).label("next")))
        return row["next"]  # type: ignore[no-any-return]

    async def crowd(self, start: datetime, end: datetime) -> int:
        waiting = select(literal(1)).where(subscriptions.c.next_at >= start, subscriptions.c.next_at < end)
        (row,) = await self._rows(
            select(func.count().label("count")).select_from(waiting.limit(MOST_IN_WINDOW).subquery())
        )
        return int(row["count"])

    async def reserve(self, count: int, spacing: timedelta) -> Rate:
        now = self.now()
        async with self._transaction() as connection:
            row = await self._rate(connection)
            first = max(now, row["next_free"])
            await connection.execute(update(rate).values(next_free=first + count * spacing))
        return Rate(first, row["held_until"])

    async def hold(self, until: datetime) -> None:
        async with self._transaction() as connection:
            row = await self._rate(connection)
            await connection.execute(update(rate).values(held_until=max(until, row["held_until"] or until)))

    async def closing(self, most: int) -> list[Delivery]:
        wanted = select(deliveries).where(deliveries.c.buttons == Buttons.CLOSING.value).limit(most)
        return [delivery_of(row) for row in await self._rows(wanted)]

    async def close(self, delivery: Delivery) -> None:
        mine = and_(*(deliveries.c[name] == getattr(delivery, name) for name in _KEY))
        await self._run(update(deliveries).where(mine).values(buttons=Buttons.CLOSED.value))

    async def tidy(self, before: date) -> None:
        await self._run(delete(deliveries).where(deliveries.c.day < before))

    async def replan(self, version: str, transition: Callable[[Subscription, datetime], Subscription]) -> int:
        rows = await self._rows(select(zone_data.c.version))
        if rows and rows[0]["version"] == version:
            return 0
        moved, after = 0, 0
        while batch := await self._waiting(after):
            moved += await self._put_to(batch, transition)
            after = batch[-1]
        await self._run(upsert(self._engine, zone_data, {"id": 1}, {"version": version}))
        return moved

    async def restored(self, transition: Transition[None]) -> int:
        due = select(subscriptions.c.id).where(
            subscriptions.c.due_at <= self.now(), subscriptions.c.next_at.is_not(None)
        )
        rows = await self._rows(due.order_by(subscriptions.c.id))
        for row in rows:
            await self._transact(subscriptions.c.id == row["id"], None, transition)
        return len(rows)

    async def _transact(self, wanted: ColumnElement[bool], part: Part | None, transition: Transition[Result]) -> Result:
        at = (literal(part.occurs_at, Instant), literal(part.part)) if part else _ITS_OWN
        async with self._transaction() as connection:
            row = (await connection.execute(_joined(*at).where(wanted))).first()
            return await self._put(connection, row, transition)

    async def _put(self, connection: AsyncConnection, row: Row[Any] | None, transition: Transition[Result]) -> Result:
        """Put the transition to what was found (see `_joined`), and write what it says."""
        subscription = subscription_of(dict(zip(_NAMES, row, strict=False))) if row else None
        theirs = dict(zip(_THEIRS, row[len(_NAMES) :], strict=False)) if row else {}
        delivery = delivery_of(theirs) if theirs.get("state") else None
        change, result = transition(subscription, delivery, self.now())
        await self._write(connection, change)
        return result

    def _is_ahead(self, until: datetime | None) -> bool:
        return until is not None and until > self.now()

    async def _write(self, connection: AsyncConnection, change: Change) -> None:
        it = change.subscription
        if it and it.id:
            await connection.execute(_MOVE, {"of": it.id, **subscription_values(it)})
        elif it:
            await connection.execute(insert(subscriptions).values(subscription_values(it)))
        for row in change.deliveries:
            await connection.execute(self._keep, delivery_values(row))
        if change.is_newest:
            newest = change.deliveries[0]
            await connection.execute(_CLOSE_OTHERS, {f"newest_{name}": getattr(newest, name) for name in _KEY})

    async def _readable(self, rows: Sequence[Mapping[str, Any]]) -> list[Subscription]:
        """Those that can be read; the others are left alone from now on, since they would come up again and again."""
        found = {row["id"]: _legible(row) for row in rows}
        for id_ in [id_ for id_, it in found.items() if it is None]:
            _log.error("subscription %s is put aside", id_)
            await self._run(update(subscriptions).where(subscriptions.c.id == id_).values(next_at=None))
        return [it for it in found.values() if it]

    async def _with_context(self, claimed: Sequence[Subscription]) -> list[Claimed]:
        known = chats.c.chat_id.in_({it.chat_id for it in claimed})
        levels = {
            row["chat_id"]: row["level"]
            for row in await self._rows(select(chats.c.chat_id, chats.c.level).where(known))
        }
        seen: dict[int, list[str]] = {}
        for row in await self._rows(_seen([it.id for it in claimed])):
            seen.setdefault(row["subscription_id"], []).append(row["passage"])
        return [
            Claimed(it, _LEVELS.get(levels.get(it.chat_id, ""), Tier.FUNDAMENTALS), tuple(seen.get(it.id, ())))
            for it in claimed
        ]

    async def _waiting(self, after: int) -> list[int]:
        waiting = select(subscriptions.c.id).where(subscriptions.c.next_at.is_not(None), subscriptions.c.id > after)
        return [row["id"] for row in await self._rows(waiting.order_by(subscriptions.c.id).limit(_BATCH))]

    async def _put_to(self, ids: Sequence[int], transition: Callable[[Subscription, datetime], Subscription]) -> int:
        async with self._transaction() as connection:
            wanted = select(subscriptions).where(subscriptions.c.id.in_(ids)).with_for_update()
            before = [_legible(dict(row)) for row in (await connection.execute(wanted)).mappings()]
            changed = [after for it in before if it and (after := transition(it, self.now())) != it]
            for it in changed:
                await self._write(connection, Change(it))
        return len(changed)

    async def _rate(self, connection: AsyncConnection) -> Mapping[str, Any]:
        first = insert_into(self._engine, rate).values(id=1, next_free=self.now()).on_conflict_do_nothing()
        await connection.execute(first)
        return dict((await connection.execute(select(rate).with_for_update())).mappings().one())

    async def _set_clock(self) -> None:
        if self._shared:
            (row,) = await self._rows(select(func.clock_timestamp().label("now")))
            self._ahead = row["now"] - self._now()


def _legible(row: Mapping[str, Any]) -> Subscription | None:
    try:
        return subscription_of(row)
    except ValueError as error:
        _log.error("subscription %s cannot be read: %s", row["id"], error)
        return None


def _of(chat_id: int) -> ColumnElement[bool]:
    return subscriptions.c.chat_id == chat_id


def _joined(occurs_at: ColumnElement[datetime], part: ColumnElement[int]) -> Select[Any]:
    """A subscription beside a delivery of it, and until when Telegram wants nothing. Locked until the end."""
    same = and_(
        deliveries.c.subscription_id == subscriptions.c.id,
        deliveries.c.occurs_at == occurs_at,
        deliveries.c.part == part,
    )
    held_until = select(rate.c.held_until).scalar_subquery().label("held_until")
    both = select(subscriptions, *deliveries.columns, held_until).select_from(subscriptions.outerjoin(deliveries, same))
    return both.with_for_update(of=subscriptions)


def _told() -> Select[Any]:
    return select(subscriptions.c.stream, deliveries).join_from(deliveries, subscriptions)


def _seen(ids: Sequence[int]) -> Select[Any]:
    shown = deliveries.c.state.in_([state.value for state in SHOWN])
    wanted = select(deliveries.c.subscription_id, deliveries.c.passage).where(
        deliveries.c.subscription_id.in_(ids), deliveries.c.part == 0, deliveries.c.passage.is_not(null()), shown
    )
    return wanted.order_by(deliveries.c.occurs_at)


# What every reminder needs is built once: to build a statement takes longer than to run it.
_STEP = _joined(bindparam("occurs_at", type_=Instant), bindparam("part", type_=Integer)).where(
    subscriptions.c.id == bindparam("id")
)
_MOVE = update(subscriptions).where(subscriptions.c.id == bindparam("of"))
_CLOSE_OTHERS = (
    update(deliveries)
    .where(
        deliveries.c.subscription_id == bindparam("newest_subscription_id"),
        deliveries.c.buttons == Buttons.OPEN.value,
        tuple_(deliveries.c.occurs_at, deliveries.c.part)
        < tuple_(bindparam("newest_occurs_at", type_=Instant), bindparam("newest_part", type_=Integer)),
    )
    .values(buttons=Buttons.CLOSING.value)
)

# A CTE, and materialised: a plain subquery with LIMIT may be run again for each row and then claims more than asked.
_DUE = (
    select(subscriptions.c.id)
    .where(subscriptions.c.next_at <= bindparam("now", type_=subscriptions.c.next_at.type))
    .order_by(subscriptions.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
    .prefix_with("MATERIALIZED")
)
CLAIM = (
    update(subscriptions)
    .where(subscriptions.c.id.in_(select(_DUE.c.id)))
    .values(
        next_at=bindparam("lease", type_=subscriptions.c.next_at.type),
        token=subscriptions.c.token + 1,
    )
    .returning(*subscriptions.columns)
)
