"""How long it takes from nothing to the first look at what is due, with and without subscriptions in the table."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psutil

from benchmarks.reminding.crowds import fill
from benchmarks.reminding.databases import Database, Servers, engine_of
from bot.shells.dispatcher import BATCH
from bot.shells.storage.database import open_storage

ROUNDS = 25


@dataclass
class Start:
    database: Database
    people: int
    times: list[float] = field(default_factory=list)
    """Milliseconds."""
    grown: float = 0.0
    """Megabytes of memory that the first start took."""


async def measure_starts(servers: Servers, sizes: Sequence[int]) -> list[Start]:
    """All in turn, several times."""
    starts = [Start(database, people) for people in sizes for database in await servers.fresh()]
    for start in starts:
        async with engine_of(start.database) as engine:
            await fill(engine, start.people, datetime.now(UTC))
    for start in starts:
        before = psutil.Process().memory_info().rss
        await _look(start.database)
        start.grown = (psutil.Process().memory_info().rss - before) / 1e6
    for _ in range(ROUNDS):
        for start in starts:
            start.times.append(await _look(start.database))
    return starts


async def _look(database: Database) -> float:
    began = time.perf_counter()
    async with open_storage(database, lambda: datetime.now(UTC)) as storage:
        if await storage.reminders.claim(BATCH):
            raise RuntimeError("nobody should be due yet")
        return (time.perf_counter() - began) * 1000
