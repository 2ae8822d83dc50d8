"""Reminders in SQLite or PostgreSQL.

The lease is `next_at` itself, moved on by the claim, so what is left behind becomes due again by itself. On PostgreSQL
several processes claim side by side: a row that another one has locked is skipped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    func,
    literal,
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
from bot.reminders.records import NOTHING, Buttons, Change, Delivery, Subscription
from bot.reminders.streams import Stream
from bot.shells.storage.group_commit import GroupCommit, Outcome, raising
from bot.shells.storage.place import Place
from bot.shells.storage.reminder_rows import delivery_of, delivery_values, subscription_of, subscription_values
from bot.shells.storage.reminder_statements import (
    ANY_DUE,
    CLAIM,
    CLOSE_OTHERS,
    CLOSING,
    HELD_UNTIL,
    KEY,
    LOCKED,
    LOCKED_OF,
    MOVE,
    PARTS,
    SUBSCRIBE,
    shown_to,
    told,
)
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import insert_into, upsert, upsert_any
from bot.shells.storage.tables import chats, deliveries, rate, subscriptions, zone_data

_log = logging.getLogger(__name__)

_BATCH = 1000
"""Rows of a transaction that goes through all of them."""
_LEVELS = {tier.value: tier for tier in Tier}


@dataclass(frozen=True)
class _Step:
    subscription_id: int
    part: Part
    transition: Transition[Any]
    unless_held: bool


class SqlReminderStore(SqlStore):
    """Every call raises StorageError if the database fails."""

    def __init__(self, engine: AsyncEngine, place: Place, now: Clock, *, shared: bool) -> None:
        """`shared`: whether other processes may use the database, so that its clock counts and not ours."""
        super().__init__(engine, place, now)
        self._shared = shared
        self._keep = upsert_any(engine, deliveries)
        self._steps = GroupCommit(self._take)
        self._ahead = timedelta(0)
        """By how much the database's clock is ahead of ours."""

    def now(self) -> datetime:
        return self._now() + self._ahead

    async def claim(self, most: int) -> list[Claimed]:
        await self._set_clock()
        now = self.now()
        if not await self._rows(ANY_DUE.params(now=now)):
            return []
        async with self._transaction() as connection:
            if await self._is_held(connection):
                return []
            found = await connection.execute(CLAIM, {"now": now, "most": most, "lease": now + LEASE})
            rows = [dict(row) for row in found.mappings()]
        claimed = sorted(await self._readable(rows), key=lambda it: (it.due_at, it.id))
        return await self._with_context(claimed) if claimed else []

    async def release(self, claimed: Sequence[Subscription]) -> None:
        mine = tuple_(subscriptions.c.id, subscriptions.c.token).in_([(it.id, it.token) for it in claimed])
        locked = LOCKED.where(mine).with_only_columns(subscriptions.c.id).scalar_subquery()
        if claimed:
            still = update(subscriptions).where(subscriptions.c.id.in_(locked))
            await self._run(still.values(next_at=subscriptions.c.due_at))

    async def step(
        self, subscription_id: int, part: Part, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        step = _Step(subscription_id, part, transition, unless_held)
        result: Result | None = await self._steps.result(subscription_id, step)
        return result

    async def plan(self, chat_id: int, stream: Stream, transition: Transition[Result]) -> Result:
        return await self._transact(_of(chat_id) & (subscriptions.c.stream == stream.value), None, transition)

    async def respond(self, chat_id: int, subscription_id: int, part: Part, transition: Transition[Result]) -> Result:
        return await self._transact(_of(chat_id) & (subscriptions.c.id == subscription_id), part, transition)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        rows = await self._rows(select(subscriptions).where(_of(chat_id)))
        return sorted(map(subscription_of, rows), key=lambda it: list(Stream).index(it.stream))

    async def deliveries(self, chat_id: int, since: date) -> list[tuple[Stream, Delivery]]:
        mine = told().where(deliveries.c.chat_id == chat_id, deliveries.c.day >= since)
        rows = await self._rows(mine.order_by(deliveries.c.occurs_at, deliveries.c.part))
        return [(Stream(row["stream"]), delivery_of(row)) for row in rows]

    async def by_message(self, chat_id: int, message_id: int) -> tuple[Stream, Delivery] | None:
        mine = told().where(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
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
        return [delivery_of(row) for row in await self._rows(CLOSING.limit(most))]

    async def close(self, delivery: Delivery) -> None:
        mine = and_(*(deliveries.c[name] == getattr(delivery, name) for name in KEY))
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

    async def _take(self, steps: Sequence[_Step]) -> list[Outcome]:
        """All in one transaction; one that raises an error of its own writes nothing."""
        async with self._transaction() as connection:
            locked = await connection.execute(LOCKED_OF, {"ids": [step.subscription_id for step in steps]})
            found = {row["id"]: dict(row) for row in locked.mappings()}
            rows = await _of_parts(connection, [(step.subscription_id, step.part) for step in steps])
            is_held = any(step.unless_held for step in steps) and await self._is_held(connection)
            taken = [
                self._taken(step, found.get(step.subscription_id), rows.get(step.subscription_id), is_held=is_held)
                for step in steps
            ]
            await self._write(connection, [change for change, _ in taken])
        return [outcome for _, outcome in taken]

    def _taken(
        self, step: _Step, row: Mapping[str, Any] | None, delivery: Mapping[str, Any] | None, *, is_held: bool
    ) -> tuple[Change, Outcome]:
        if step.unless_held and is_held:
            return NOTHING, partial(_itself, None)
        try:
            change, result = self._put(row, delivery, step.transition)
        except Exception as error:
            return NOTHING, raising(error)
        return change, partial(_itself, result)

    async def _transact(self, wanted: ColumnElement[bool], part: Part | None, transition: Transition[Result]) -> Result:
        async with self._transaction() as connection:
            found = (await connection.execute(LOCKED.where(wanted))).mappings().first()
            row, delivery = dict(found) if found else None, None
            if row:
                at = part or Part(row["occurs_at"], row["part"])
                delivery = (await _of_parts(connection, [(row["id"], at)])).get(row["id"])
            change, result = self._put(row, delivery, transition)
            await self._write(connection, [change])
            return result

    def _put(
        self, row: Mapping[str, Any] | None, delivery: Mapping[str, Any] | None, transition: Transition[Result]
    ) -> tuple[Change, Result]:
        subscription = subscription_of(row) if row else None
        return transition(subscription, delivery_of(delivery) if delivery else None, self.now())

    async def _is_held(self, connection: AsyncConnection) -> bool:
        until = (await connection.execute(HELD_UNTIL)).scalar()
        return until is not None and until > self.now()

    async def _write(self, connection: AsyncConnection, changes: Sequence[Change]) -> None:
        subscribed = [change.subscription for change in changes if change.subscription]
        newest = [change.deliveries[0] for change in changes if change.is_newest]
        written = [
            (MOVE, [{"of": it.id, **subscription_values(it)} for it in subscribed if it.id]),
            (SUBSCRIBE, [subscription_values(it) for it in subscribed if not it.id]),
            (self._keep, [delivery_values(row) for change in changes for row in change.deliveries]),
            (CLOSE_OTHERS, [{f"newest_{name}": getattr(row, name) for name in KEY} for row in newest]),
        ]
        for statement, rows in written:
            if rows:
                await connection.execute(statement, rows)

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
        for row in await self._rows(shown_to([it.id for it in claimed])):
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
            before = [_legible(dict(row)) for row in (await connection.execute(LOCKED_OF, {"ids": ids})).mappings()]
            changed = [after for it in before if it and (after := transition(it, self.now())) != it]
            await self._write(connection, [Change(it) for it in changed])
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


async def _of_parts(connection: AsyncConnection, parts: Sequence[tuple[int, Part]]) -> dict[int, Mapping[str, Any]]:
    """Their deliveries, as far as there are any, by the subscription."""
    ids, keys = [id_ for id_, _ in parts], [(id_, part.occurs_at, part.part) for id_, part in parts]
    found = await connection.execute(PARTS, {"ids": ids, "parts": keys})
    return {row["subscription_id"]: dict(row) for row in found.mappings()}


def _itself(result: Result) -> Result:
    return result
