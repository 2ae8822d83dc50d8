"""One world: clocks, a store, Telegram, people, and workers that go from gate to gate as the world lets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import chain
from typing import Protocol

from bot.ports import Storage
from bot.reminders.delivery import LEASE
from bot.reminders.records import Subscription
from bot.reminders.streams import Stream
from tests.simulation.clocks import Clocks
from tests.simulation.gates import Gate, Motion
from tests.simulation.ledger import TICK, Ledger, Outage
from tests.simulation.people import Address, People
from tests.simulation.telegram import Telegram, Weather
from tests.simulation.workers import Cable, Worker

EVERYBODY: tuple[Address, ...] = (
    (11, Stream.EXERCISE),
    (11, Stream.NUTRITION),
    (12, Stream.EXERCISE),
    (13, Stream.NUTRITION),
)
CHATS = sorted({chat_id for chat_id, _ in EVERYBODY})
_MOST_ROUNDS = 200
"""In which everything must have come to rest when nothing goes wrong any more."""
_MOST_GATES = 2_000


class Sky(Weather, Cable, Protocol):
    is_fair: bool


class World:
    def __init__(self, storage: Storage, clocks: Clocks, sky: Sky, workers: int) -> None:
        self.clocks = clocks
        self.ledger = Ledger(clocks)
        self.telegram = Telegram(clocks, sky)
        self.people = People(storage.reminders, storage.chats, self.ledger, self.telegram)
        self.store = storage.reminders
        self._sky = sky
        self._motion = Motion()
        self._subscriptions: list[Subscription] = []
        self.workers = [self._worker() for _ in range(workers)]

    async def rest(self) -> None:
        """Until every worker waits at a gate."""
        await self._motion.rest()

    async def go(self, worker: Worker, gate: Gate) -> None:
        """One step of one worker."""
        self.clocks.pass_by(TICK)
        worker.gates.let_go(gate)
        await self.rest()
        if worker.has_ended:
            await self._replace(worker)

    async def kill(self, number: int) -> None:
        """SIGKILL, and the worker is started again."""
        worker = self.workers[number]
        await worker.kill()
        await self._replace(worker)

    async def outage(self, seconds: float) -> None:
        """Nobody works for so long."""
        for worker in self.workers:
            await worker.kill()
        began_at = self.clocks.wall()
        self.clocks.pass_by(seconds)
        self.ledger.outages.append(Outage(began_at, self.clocks.wall()))
        for worker in list(self.workers):
            await self._replace(worker)

    async def subscriptions(self) -> list[Subscription]:
        if self.ledger.is_stale:
            known = [await self.store.of_chat(chat_id) for chat_id in CHATS]
            self._subscriptions, self.ledger.is_stale = list(chain.from_iterable(known)), False
        return self._subscriptions

    async def next_at(self) -> datetime | None:
        """When the store has something to do next."""
        waiting = [it.next_at for it in await self.subscriptions() if it.next_at]
        return min(waiting, default=None)

    async def pass_to_next(self, more: float = 0.0) -> None:
        at = await self.next_at()
        if at and at > self.clocks.wall():
            self.clocks.pass_by((at - self.clocks.wall()).total_seconds() + more)

    async def come_to_rest(self) -> None:
        """Nothing goes wrong any more, and what was begun, leased or put off is brought to its end."""
        self._sky.is_fair = True
        for worker in self.workers:
            worker.frozen_until = 0.0
        for _ in range(_MOST_ROUNDS):
            await self._work_off()
            if await self._is_at_rest():
                return
            await self._pass_on()
        self.ledger.violations.append("stuck: it does not come to rest")

    async def close(self) -> None:
        for worker in self.workers:
            await worker.kill()

    def _worker(self) -> Worker:
        return Worker(self.store, self.telegram, self.ledger, self._sky, self._motion, self.clocks)

    async def _replace(self, worker: Worker) -> None:
        if worker.failure:
            self.ledger.violations.append(f"a worker died of {worker.failure!r}")
        self.workers[self.workers.index(worker)] = self._worker()
        await self.rest()

    async def _work_off(self) -> None:
        """Until everybody sleeps."""
        for _ in range(_MOST_GATES):
            ready = [(worker, gate) for worker in self.workers for gate in worker.open_gates]
            if not ready:
                return
            await self.go(*ready[0])
        self.ledger.violations.append("stuck: a worker never sleeps")

    async def _is_at_rest(self) -> bool:
        now = self.clocks.wall()
        waiting = [it for it in await self.subscriptions() if it.next_at]
        is_awaited = any(it.part or it.next_at != it.due_at or it.due_at <= now for it in waiting)
        return not is_awaited and all(worker.gates.is_idle for worker in self.workers)

    async def _pass_on(self) -> None:
        """To when something can be done again: what is due, or the end of a lease, a sleep, Telegram's refusal."""
        now, at = self.clocks.wall(), await self.next_at()
        waits = [(at - now).total_seconds()] if at else []
        held = [self.telegram.held_until - self.clocks.elapsed]
        if self.ledger.held_until:
            held.append((self.ledger.held_until - now).total_seconds())
        if max(held) > 0:
            waits = held
        opening = [g.opens_at - self.clocks.elapsed for worker in self.workers for g in worker.gates.waiting]
        self.clocks.pass_by(max(1.0, *opening, *waits) if waits else LEASE.total_seconds())


@asynccontextmanager
async def opened_world(storage: Storage, clocks: Clocks, sky: Sky, workers: int = 2) -> AsyncIterator[World]:
    world = World(storage, clocks, sky, workers)
    await world.rest()
    try:
        yield world
    finally:
        await world.close()
