"""The same by APScheduler 3 with its SQLAlchemyJobStore (on SQLite), and by python-telegram-bot's JobQueue.

Run by ../reminders.py, each part in a process of its own, and only where APScheduler is installed: it is none of our
dependencies. A job does nothing. Their clock is put forward, so that nobody waits until the jobs fall due.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import psutil

Figures = dict[str, float]

DUE_IN = timedelta(hours=1)
FOREVER = 10**7
"""Seconds of grace: any delay is forgiven."""
GIVE_UP = 300
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


async def nothing(*_given: object) -> None:
    """What is to be done."""


class Watch:
    """What became of jobs, and for how long the event loop stood still meanwhile."""

    def __init__(self, scheduler: Any) -> None:
        from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED

        self.ran = self.dropped = 0
        self.blocked = 0.0
        scheduler.add_listener(lambda _: self._count(ran=1), EVENT_JOB_EXECUTED)
        scheduler.add_listener(lambda _: self._count(dropped=1), EVENT_JOB_MISSED)

    def _count(self, *, ran: int = 0, dropped: int = 0) -> None:
        self.ran += ran
        self.dropped += dropped

    async def until(self, count: int) -> Figures:
        began = last = time.perf_counter()
        while self.ran + self.dropped < count and time.perf_counter() - began < GIVE_UP:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            self.blocked, last = max(self.blocked, now - last), now
        return {"ran": self.ran, "dropped": self.dropped, "blocked": self.blocked}


def shift_clock(by: timedelta) -> None:
    """APScheduler asks `datetime.now`; from now on it gets a later instant."""
    import apscheduler.executors.base
    import apscheduler.schedulers.base

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + by

    apscheduler.schedulers.base.datetime = apscheduler.executors.base.datetime = Shifted


@asynccontextmanager
async def stored(path: str, *, paused: bool = False, safe: bool = True) -> AsyncIterator[Any]:
    """`safe`: against power cuts, as it comes."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from sqlalchemy import event

    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    if not safe:
        event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=paused)
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


async def store_jobs(path: str, count: int, grace: int) -> Figures:
    """A weekly job for each; all of them fall due at one instant, the first time."""
    due_at = datetime.now(UTC) + DUE_IN
    async with stored(path, paused=True, safe=False) as scheduler:
        for number in range(count):
            scheduler.add_job(
                "peers:nothing", "cron", day_of_week=DAYS[number % 7], hour=9, id=str(number), args=[number],
                misfire_grace_time=grace or 1, next_run_time=due_at,
            )  # fmt: skip
        return {"due_at": due_at.timestamp()}


async def start_stored(path: str, _count: int, _grace: int) -> Figures:
    import apscheduler.jobstores.sqlalchemy
    import apscheduler.schedulers.asyncio  # noqa: F401 - to import it is not what is measured

    before, began = _resident(), time.perf_counter()
    async with stored(path):
        await asyncio.sleep(0)
        return {"start": time.perf_counter() - began, "memory": _resident() - before}


async def run_stored(path: str, count: int, due_at: int) -> Figures:
    """`due_at`: the instant, in seconds since 1970, that the jobs were given."""
    async with stored(path, paused=True) as scheduler:
        watch = Watch(scheduler)
        shift_clock(datetime.fromtimestamp(due_at, UTC) - datetime.now(UTC))
        scheduler.resume()
        return await watch.until(count)


async def run_queue(_path: str, count: int, grace: int) -> Figures:
    """It keeps nothing, so each start adds all jobs anew."""
    from telegram.ext import Application

    application = Application.builder().token("1:benchmark").build()
    queue = application.job_queue
    assert queue  # noqa: S101 - it is there since APScheduler is
    due_at = datetime.now(UTC) + DUE_IN
    before, began = _resident(), time.perf_counter()
    for number in range(count):
        options = {"next_run_time": due_at, "misfire_grace_time": grace or 1}
        queue.run_daily(nothing, time_of_day(9, 0, tzinfo=UTC), days=(number % 7,), chat_id=number, job_kwargs=options)
    await queue.start()
    figures = {"start": time.perf_counter() - began, "memory": _resident() - before}
    watch = Watch(queue.scheduler)
    shift_clock(due_at - datetime.now(UTC))
    queue.scheduler.wakeup()
    figures |= await watch.until(count)
    await queue.stop(wait=False)
    return figures


def _resident() -> float:
    """Megabytes."""
    return float(psutil.Process().memory_info().rss / 1e6)


PARTS: dict[str, Callable[[str, int, int], Coroutine[Any, Any, Figures]]] = {
    "store": store_jobs,
    "start": start_stored,
    "run": run_stored,
    "queue": run_queue,
}

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # else a line for each job that is dropped
    name, at, jobs, number = sys.argv[1:]
    print(json.dumps(asyncio.run(PARTS[name](at, int(jobs), int(number)))))
