"""Reminders in memory: gone with the process. For tests, and for trying out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.corpus.models import Tier
from bot.ports import Clock
from bot.ports.reminders import Claimed, Part, Rate, Result, Transition
from bot.reminders.delivery import LEASE
from bot.reminders.records import SHOWN, Buttons, Change, Delivery, Subscription
from bot.reminders.streams import Stream
from bot.shells.storage.reminder_rows import delivery_values, subscription_values
from bot.shells.storage.rows import plain

Key = tuple[int, datetime, int]
Levels = Callable[[int], Tier]


class MemoryReminderStore:
    def __init__(self, now: Clock, level_of: Levels) -> None:
        """`level_of` tells at which level a chat reads."""
        self.now = now
        self._level_of = level_of
        self._subscriptions: dict[int, Subscription] = {}
        self._deliveries: dict[Key, Delivery] = {}
        self._last_id = 0
        self._rate: Rate | None = None
        self._zone_data: str | None = None

    async def claim(self, most: int) -> list[Claimed]:
        now = self.now()
        if self._is_held():
            return []
        due = [it for it in self._subscriptions.values() if it.next_at and it.next_at <= now]
        due.sort(key=lambda it: (it.next_at or now, it.id))
        leased = [replace(it, next_at=now + LEASE, token=it.token + 1) for it in due[:most]]
        leased.sort(key=lambda it: (it.due_at, it.id))
        self._subscriptions |= {it.id: it for it in leased}
        return [Claimed(it, self._level_of(it.chat_id), self._seen(it.id)) for it in leased]

    async def release(self, claimed: Sequence[Subscription]) -> None:
        for it in claimed:
            if self._subscriptions.get(it.id) == it:
                self._subscriptions[it.id] = replace(it, next_at=it.due_at)

    async def step(
        self, subscription_id: int, part: Part, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        if unless_held and self._is_held():
            return None
        return self._transact(self._subscriptions.get(subscription_id), part, transition)

    async def plan(self, chat_id: int, stream: Stream, transition: Transition[Result]) -> Result:
        mine = next((it for it in self._of(chat_id) if it.stream == stream), None)
        return self._transact(mine, None, transition)

    async def respond(self, chat_id: int, subscription_id: int, part: Part, transition: Transition[Result]) -> Result:
        mine = next((it for it in self._of(chat_id) if it.id == subscription_id), None)
        return self._transact(mine, part, transition)

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        return self._of(chat_id)

    async def deliveries(self, chat_id: int, since: date) -> list[tuple[Stream, Delivery]]:
        rows = [row for _, row in sorted(self._deliveries.items(), key=lambda item: item[0][1:])]
        return [(self._stream(row), row) for row in rows if row.chat_id == chat_id and row.day >= since]

    async def by_message(self, chat_id: int, message_id: int) -> tuple[Stream, Delivery] | None:
        rows = (row for row in self._deliveries.values() if (row.chat_id, row.message_id) == (chat_id, message_id))
        return next(((self._stream(row), row) for row in rows), None)

    async def next_due(self) -> datetime | None:
        return min((it.next_at for it in self._subscriptions.values() if it.next_at), default=None)

    async def crowd(self, start: datetime, end: datetime) -> int:
        return sum(1 for it in self._subscriptions.values() if it.next_at and start <= it.next_at < end)

    async def reserve(self, count: int, spacing: timedelta) -> Rate:
        now = self.now()
        before = self._rate or Rate(now, None)
        first = max(now, before.next_free)
        self._rate = replace(before, next_free=first + count * spacing)
        return Rate(first, before.held_until)

    async def hold(self, until: datetime) -> None:
        before = self._rate or Rate(self.now(), None)
        self._rate = replace(before, held_until=max(until, before.held_until or until))

    async def closing(self, most: int) -> list[Delivery]:
        return [row for row in self._deliveries.values() if row.buttons == Buttons.CLOSING][:most]

    async def close(self, delivery: Delivery) -> None:
        key = _key(delivery)
        if key in self._deliveries:
            self._deliveries[key] = replace(self._deliveries[key], buttons=Buttons.CLOSED)

    async def tidy(self, before: date) -> None:
        self._deliveries = {key: row for key, row in self._deliveries.items() if row.day >= before}

    async def replan(self, version: str, transition: Callable[[Subscription, datetime], Subscription]) -> int:
        if self._zone_data == version:
            return 0
        self._zone_data = version
        after = {id_: transition(it, self.now()) for id_, it in self._subscriptions.items() if it.next_at}
        moved = {id_: it for id_, it in after.items() if it != self._subscriptions[id_]}
        self._subscriptions |= moved
        return len(moved)

    async def restored(self, transition: Transition[None]) -> int:
        due = [it for it in self._subscriptions.values() if it.next_at and it.due_at <= self.now()]
        for it in due:
            self._transact(it, None, transition)
        return len(due)

    def forget(self, chat_id: int) -> None:
        self._subscriptions = {id_: it for id_, it in self._subscriptions.items() if it.chat_id != chat_id}
        self._deliveries = {key: row for key, row in self._deliveries.items() if row.chat_id != chat_id}

    def rows_of(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        rows = [row for row in self._deliveries.values() if row.chat_id == chat_id]
        return {
            "subscriptions": [{"id": it.id, **plain(subscription_values(it))} for it in self._of(chat_id)],
            "deliveries": [plain(delivery_values(row)) for row in rows],
        }

    def _is_held(self) -> bool:
        held_until = self._rate.held_until if self._rate else None
        return held_until is not None and held_until > self.now()

    def _transact(self, it: Subscription | None, part: Part | None, transition: Transition[Result]) -> Result:
        at = part or (Part(it.occurs_at, it.part) if it else None)
        row = self._deliveries.get((it.id, at.occurs_at, at.part)) if it and at else None
        change, result = transition(it, row, self.now())
        self._write(change)
        return result

    def _write(self, change: Change) -> None:
        it = change.subscription
        if it and not it.id:
            self._last_id += 1
            it = replace(it, id=self._last_id)
        if it:
            self._subscriptions[it.id] = it
        self._deliveries |= {_key(row): row for row in change.deliveries}
        if change.is_newest:
            self._close_others(change.deliveries[0])

    def _close_others(self, newest: Delivery) -> None:
        for key, row in self._deliveries.items():
            is_before = key[0] == newest.subscription_id and key < _key(newest)
            if is_before and row.buttons == Buttons.OPEN:
                self._deliveries[key] = replace(row, buttons=Buttons.CLOSING)

    def _of(self, chat_id: int) -> list[Subscription]:
        mine = [it for it in self._subscriptions.values() if it.chat_id == chat_id]
        return sorted(mine, key=lambda it: list(Stream).index(it.stream))

    def _seen(self, subscription_id: int) -> tuple[str, ...]:
        rows = (row for key, row in sorted(self._deliveries.items(), key=_first) if key[0] == subscription_id)
        return tuple(row.passage for row in rows if row.passage and not row.part and row.state in SHOWN)

    def _stream(self, row: Delivery) -> Stream:
        return self._subscriptions[row.subscription_id].stream


def _key(row: Delivery) -> Key:
    return row.subscription_id, row.occurs_at, row.part


def _first(item: tuple[Key, Delivery]) -> Key:
    return item[0]
