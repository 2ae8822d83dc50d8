"""Ten thousand reminders that fall due in the same second, while people ask questions.

All of it is the bot's own but Telegram, which takes 50 ms for a message; sleep is left out (see clock.py).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence, Set
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import psutil
from sqlalchemy import select

from benchmarks.reminding.clock import SkippingLoop
from benchmarks.reminding.crowds import fill, make_due
from benchmarks.reminding.databases import Database, engine_of
from bot.ports.reminders import Fate, Outgoing, Receipt, ReminderStore
from bot.reminders.records import Delivery, DeliveryState
from bot.reminders.selection import Selection
from bot.shells.dispatcher import AT_ONCE, PER_SECOND, Dispatcher
from bot.shells.pulse import Pulse
from bot.shells.storage.database import open_storage
from bot.shells.storage.tables import deliveries
from bot.shells.tgbot.limiter import Limiter
from bot.shells.tgbot.traffic import KEPT_FOR_ANSWERS, Lane, Traffic

NETWORK = 0.05
"""Seconds."""
ANSWERS = 3.0
"""A second; each to another chat."""
TURNS = 8
"""Answers that may be under way at once."""


@dataclass(frozen=True)
class Rush:
    database: str
    sent: int
    noted: int
    """Deliveries that are sent by the database."""
    seconds: float
    overtaken: int
    """By how many places, at most, one left before one that had been due for longer."""
    most_in_a_second: int
    """Messages, the answers too."""
    waits: Sequence[float]
    """Of the answers, until they left, in seconds; in order of their length."""
    longest_block: float
    grown: float
    """Megabytes of memory, from the first tenth of them to the last one."""

    @property
    def slowest_answer(self) -> float:
        """Of 99 in a hundred."""
        return self.waits[int(len(self.waits) * 0.99)]


@dataclass(frozen=True)
class Answer:
    asked_at: float
    left_at: float


class Crowded:
    """Sends at the rate of the reminders' lane, and keeps a record."""

    def __init__(self, loop: SkippingLoop, traffic: Traffic) -> None:
        self._loop = loop
        self._traffic = traffic
        self.left: list[tuple[float, datetime]] = []
        """When each left, and when it was due."""
        self.resident: list[float] = []

    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:  # noqa: ARG002 - the port's signature
        self.left.append((self._loop.time(), outgoing.subscription.due_at))
        self.resident.append(psutil.Process().memory_info().rss / 1e6)
        await asyncio.sleep(NETWORK)
        return Receipt(Fate.SENT, message_id=len(self.left))

    async def ready(self) -> None:
        await self._traffic.enter(Lane.REMINDER)

    async def close(self, delivery: Delivery) -> bool:  # noqa: ARG002
        return True


class Working:
    """A store whose calls take the time that they take."""

    def __init__(self, store: ReminderStore, loop: SkippingLoop) -> None:
        self._store = store
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not asyncio.iscoroutinefunction(found):
            return found

        async def call(*given: object, **named: object) -> Any:
            with self._loop.real_time():
                return await found(*given, **named)

        return call


async def measure_rush(loop: SkippingLoop, database: Database, count: int, selection: Selection) -> Rush:
    """Raises RuntimeError if one is not sent, or sent twice."""
    traffic = Traffic(monotonic=loop.time)
    sender, answers = Crowded(loop, traffic), list[Answer]()
    async with AsyncExitStack() as stack:
        with loop.real_time():
            await _prepare(loop, database, count)
            storage = await stack.enter_async_context(open_storage(database, loop.now, own_clock=True))
        store = cast(ReminderStore, Working(storage.reminders, loop))
        dispatcher = Dispatcher(store, sender, selection, Pulse(), monotonic=loop.time)
        asking = asyncio.create_task(_ask(loop, traffic, answers))
        loop.longest_block = 0.0
        while len(sender.left) < count:
            await dispatcher.round()
        asking.cancel()
        block = loop.longest_block
        with loop.real_time():
            due = [due_at for _, due_at in sender.left]
            noted = await _noted(database, set(due))
    return _told(database.name, sender, answers, noted, block)


async def _prepare(loop: SkippingLoop, database: Database, count: int) -> None:
    async with engine_of(database) as engine:
        await fill(engine, count, loop.now())
        await make_due(engine, count, loop.now(), over=timedelta(seconds=1))


async def _ask(loop: SkippingLoop, traffic: Traffic, answers: list[Answer]) -> None:
    """People ask now and then, each on their own."""
    dice, limiter = random.Random(5), Limiter(TURNS, traffic=traffic)  # noqa: S311 - nothing to guess

    async def answer(chat_id: int) -> None:
        asked_at = loop.time()

        async def leave() -> bool:
            answers.append(Answer(asked_at, loop.time()))
            await asyncio.sleep(NETWORK)
            return True

        await limiter.process_request(leave, (), {}, "sendMessage", {"chat_id": chat_id}, None)

    async with asyncio.TaskGroup() as tasks:
        for chat_id in _numbers():
            await asyncio.sleep(dice.expovariate(ANSWERS))
            tasks.create_task(answer(chat_id))


def _numbers() -> Iterator[int]:
    number = 10**9
    while True:
        yield (number := number + 1)


async def _noted(database: Database, due: Set[datetime]) -> int:
    """How many of these are sent by the database, which knows others of about that time, a week before their next."""
    sent = deliveries.c.state == DeliveryState.SENT.value
    async with engine_of(database) as engine, engine.connect() as connection:
        near = select(deliveries.c.occurs_at).where(sent, deliveries.c.occurs_at.between(min(due), max(due)))
        return sum(at in due for at in (await connection.execute(near)).scalars())


def _told(name: str, sender: Crowded, answers: Sequence[Answer], noted: int, block: float) -> Rush:
    times, due = [at for at, _ in sender.left], [at for _, at in sender.left]
    if len(set(due)) != len(due):
        raise RuntimeError("a reminder was sent twice")
    place = {at: number for number, at in enumerate(sorted(due))}
    return Rush(
        database=name,
        sent=len(due),
        noted=noted,
        seconds=times[-1] - times[0],
        overtaken=max(place[at] - number for number, at in enumerate(due)),
        most_in_a_second=_most(sorted([*times, *(one.left_at for one in answers)])),
        waits=sorted(one.left_at - one.asked_at for one in answers),
        longest_block=block,
        grown=sender.resident[-1] - sender.resident[len(due) // 10],
    )


def _most(times: Sequence[float]) -> int:
    """The most within any second."""
    most, first = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def check(rush: Rush, count: int) -> Iterator[str]:
    """What is not as promised."""
    if rush.sent != count or rush.noted != count:
        yield f"of {count} reminders {rush.sent} were sent and {rush.noted} are noted as sent"
    if rush.overtaken >= AT_ONCE:
        yield f"one overtook {rush.overtaken} that had been due for longer"
    if rush.most_in_a_second > PER_SECOND + KEPT_FOR_ANSWERS:
        yield f"{rush.most_in_a_second} left in one second"
    if rush.slowest_answer >= 1:
        yield f"an answer waited for {rush.slowest_answer:.1f} s"
