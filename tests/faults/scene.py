"""One person, her reminder, and the processes that send it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.ports import Storage
from bot.ports.reminders import Transition, silent
from bot.reminders.delivery import LEASE
from bot.reminders.plans import Wish, wished
from bot.reminders.records import DeliveryState
from bot.reminders.schedule import WEEK, Schedule
from bot.reminders.streams import Stream
from bot.settings import Settings
from bot.shells.playground.telegram.world import Event
from bot.shells.tgbot.traffic import Traffic
from tests.faults.nursery import PATIENCE, Child, Nursery
from tests.faults.process import Order, dispatcher_for
from tests.shells.tgbot.emulator import Emulator

FILE = "osteon.sqlite3"
ANN = 1
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")
Row = tuple[DeliveryState, int]
"""How a delivery stands, and its tries."""
SENT = DeliveryState.SENT
UNCERTAIN = DeliveryState.UNCERTAIN


def wish_for(chat_id: int, schedule: Schedule = NINE) -> Transition[None]:
    """A transition: the person wants exercise at this time."""
    return silent(partial(wished, Wish(chat_id, Stream.EXERCISE, schedule), timedelta(0)))


async def rows_of(storage: Storage, chat_id: int = ANN) -> list[Row]:
    """Of all days, oldest first."""
    found = await storage.reminders.deliveries(chat_id, date(2000, 1, 1))
    return [(row.state, row.tries) for _, row in found]


async def next_at(storage: Storage, chat_id: int = ANN) -> datetime | None:
    (it,) = await storage.reminders.of_chat(chat_id)
    return it.next_at


@dataclass
class Copy:
    """A message that Telegram has accepted."""

    chat_id: int
    is_silent: bool
    at: datetime


@dataclass
class Scene:
    telegram: Emulator
    storage: Storage
    nursery: Nursery
    order: Order
    """What all processes have in common."""
    copies: list[Copy] = field(default_factory=list)
    doomed: Child | None = None
    """Is killed when Telegram has accepted its next message, before it can read the answer."""

    def __post_init__(self) -> None:
        self.telegram.world.listeners.append(self._accepted)
        self.set_clock(MONDAY - WEEK + timedelta(hours=1))

    @property
    def settings(self) -> Settings:
        return self.order.settings

    @property
    def now(self) -> datetime:
        return self.order.now()

    def set_clock(self, at: datetime) -> None:
        """In one piece: a process may be looking."""
        new = self.order.clock.with_suffix(".new")
        new.write_text(at.isoformat())
        new.replace(self.order.clock)

    def move_on(self, by: timedelta = LEASE + timedelta(seconds=1)) -> None:
        self.set_clock(self.now + by)

    async def subscribe(self, chat_id: int = ANN, schedule: Schedule = NINE) -> None:
        self.telegram.person(chat_id)  # Telegram knows her, or nobody could write to her
        await self.storage.reminders.plan(chat_id, Stream.EXERCISE, wish_for(chat_id, schedule))

    async def begin(self, **order: Any) -> Child:
        return await self.nursery.start(replace(self.order, **order))

    async def send(self, **order: Any) -> int:
        """What is due, in a process of its own; how that ended."""
        return await (await self.begin(**order)).ends()

    async def round(self, traffic: Traffic | None = None, **order: Any) -> float:
        """A look for what is due in this process, but by a new dispatcher; for how many seconds it would pause."""
        at_work = dispatcher_for(replace(self.order, **order), self.storage.reminders, traffic=traffic)
        async with at_work as dispatcher:
            return await dispatcher.round()

    async def is_sent(self, chat_id: int = ANN) -> None:
        """Wait until Telegram has accepted it."""
        async with asyncio.timeout(PATIENCE):
            while not self.sounds(chat_id):  # noqa: ASYNC110 - the emulator's records have no event
                await asyncio.sleep(0.005)

    async def rows(self, chat_id: int = ANN) -> list[Row]:
        return await rows_of(self.storage, chat_id)

    async def next_at(self, chat_id: int = ANN) -> datetime | None:
        return await next_at(self.storage, chat_id)

    def sounds(self, chat_id: int = ANN) -> list[str]:
        """How each copy came."""
        return ["silent" if copy.is_silent else "aloud" for copy in self.copies if copy.chat_id == chat_id]

    def _accepted(self, event: Event) -> None:
        if event.kind != "new":
            return
        is_silent = bool(self.telegram.calls[-1][1].get("disable_notification"))
        self.copies.append(Copy(event.chat_id, is_silent, self.now))
        if self.doomed:
            self.doomed.kill()
            self.doomed = None
