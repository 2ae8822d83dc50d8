"""What one reminder costs from claim to end, with more and more subscriptions in the table."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.reminding.crowds import fill, make_due
from benchmarks.reminding.databases import Database, Servers, engine_of, plan_of
from benchmarks.reminding.fakes import AtOnce
from benchmarks.reminding.floor import Commit, bare_commit
from bot.ports.reminders import ReminderStore
from bot.reminders.selection import Selection
from bot.shells.dispatcher import BATCH, Dispatcher
from bot.shells.pulse import Pulse
from bot.shells.storage.database import open_storage
from bot.shells.storage.reminder_statements import CLAIM

CLAIMS = 2
"""Claims of a round that are timed alone."""
CYCLES = 2
"""Batches of a round that are sent."""
WARM_UP = 2
"""Rounds that do not count: plans are made, and pages read."""
DUE_FOR = timedelta(minutes=10)


@dataclass
class Bench:
    """One database with so many subscriptions, and what was measured there, in microseconds for a reminder."""

    database: Database
    people: int
    store: ReminderStore
    dispatcher: Dispatcher
    sender: AtOnce
    commit: Commit
    plan: str
    floors: list[float] = field(default_factory=list)
    """Two bare commits."""
    claims: list[float] = field(default_factory=list)
    cycles: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Of the cycles, what this process worked: a busy machine makes it longer too, but far less so."""

    async def round(self) -> None:
        self.floors.append(2 * await _timed(self.commit, BATCH) * BATCH)
        self.claims.append(await _timed(self._claim, CLAIMS))
        before, worked = self.sender.sent, time.process_time()
        self.cycles.append(await _timed(self.dispatcher.round, CYCLES))
        self.cpu.append((time.process_time() - worked) / (CYCLES * BATCH) * 1e6)
        if self.sender.sent != before + CYCLES * BATCH:
            raise RuntimeError(f"{self.sender.sent - before} reminders were sent, and not {CYCLES * BATCH}")

    async def _claim(self) -> None:
        await self.store.claim(BATCH)

    @property
    def goes_by_index(self) -> bool:
        """Whether the claim finds what is due by the index of what is due, and reads nothing from end to end."""
        return "subscriptions_due" in self.plan and not ("Seq Scan" in self.plan or "SCAN subscriptions" in self.plan)


async def measure_cycles(servers: Servers, sizes: Sequence[int], rounds: int, selection: Selection) -> list[Bench]:
    """The sizes and databases in turn, so that a busy machine slows all alike."""
    async with AsyncExitStack() as stack:
        databases = [(database, people) for people in sizes for database in await servers.fresh()]
        benches = [await _prepared(stack, *one, WARM_UP + rounds, selection) for one in databases]
        for _ in range(WARM_UP + rounds):
            for bench in benches:
                await bench.round()
        for bench in benches:
            for figures in (bench.floors, bench.claims, bench.cycles, bench.cpu):
                del figures[:WARM_UP]
    return benches


async def _prepared(stack: AsyncExitStack, database: Database, people: int, rounds: int, selection: Selection) -> Bench:
    async with engine_of(database) as engine:
        await fill(engine, people, datetime.now(UTC))
        now = datetime.now(UTC)
        await make_due(engine, rounds * (CLAIMS + CYCLES) * BATCH, now, over=DUE_FOR)
        plan = await plan_of(engine, CLAIM, {"now": now, "lease": now, "most": BATCH})
    storage = await stack.enter_async_context(open_storage(database, lambda: datetime.now(UTC)))
    sender = AtOnce()
    dispatcher = Dispatcher(storage.reminders, sender, selection, Pulse(), per_second=1e9)
    commit = await stack.enter_async_context(bare_commit(database))
    return Bench(database, people, storage.reminders, dispatcher, sender, commit, plan)


async def _timed(call: Callable[[], Awaitable[object]], times: int) -> float:
    """Microseconds for one of a batch."""
    began = time.perf_counter()
    for _ in range(times):
        await call()
    return (time.perf_counter() - began) / (times * BATCH) * 1e6
