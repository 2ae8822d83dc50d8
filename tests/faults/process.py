"""Processes that send what is due, and may die of it: `python -m tests.faults.process`.

It imports everything once, and then forks a process for each order that it reads, a line of JSON. What is killed is
really gone, with its connections and locks, and nobody waits for imports. It tells, also in JSON lines, when a process
has begun, was stopped and has ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import select
import signal
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from unittest.mock import patch

from pydantic import SecretStr

from bot.ports.reminders import ReminderStore
from bot.reminders.delivery import LEASE
from bot.settings import Settings
from bot.shells.dispatcher import Dispatcher
from bot.shells.pulse import Pulse
from bot.shells.signals import stop_on_signals
from bot.shells.storage.database import migrate, open_storage
from bot.shells.tgbot.app import build_client
from bot.shells.tgbot.reminder_sender import ReminderSender
from bot.shells.tgbot.traffic import Traffic
from tests.faults.deeds import Deed, DoomedSender, DoomedStore
from tests.simulation.content import small_selection

TOKEN = "123456:test-token-that-must-not-be-logged"  # noqa: S105 - it opens nothing
LONGEST_SLEEP = 0.01
"""Seconds: nobody here waits longer for anything, unless an order says so."""
LOOK_EVERY = 0.003
"""Seconds between two looks for processes that have ended."""


@dataclass(frozen=True)
class Order:
    """What a process is to do."""

    data: str
    """The folder, also of the file `clock`, which holds the present instant."""
    url: str | None
    """PostgreSQL's address; None for SQLite."""
    api: str
    """Telegram's address."""
    work: str = "send"
    """"send" what is due; "serve", so that it goes on until it is told to stop; "migrate"."""
    point: str = ""
    """Where it dies; see deeds.py."""
    signal: int = signal.SIGKILL
    send_limit: float = 20.0
    """Seconds."""
    per_second: float = 1000
    """Reminders that may be sent; below one, what waits for its turn really waits."""
    room: int | None = None
    """Bytes by which SQLite's log may grow, as on a disk that is nearly full, before there is room again."""

    @property
    def settings(self) -> Settings:
        return Settings(
            telegram_bot_token=SecretStr(TOKEN),
            telegram_api_base_url=self.api,
            osteon_data=Path(self.data),
            osteon_database_url=SecretStr(self.url) if self.url else None,
        )

    @property
    def clock(self) -> Path:
        return Path(self.data) / "clock"

    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock.read_text())


def as_line(order: Order) -> str:
    return json.dumps(asdict(order)) + "\n"


async def work(order: Order) -> None:
    deed = Deed(order.point, order.signal)
    with deed.in_transactions(), patch("bot.shells.courier.SEND_LIMIT", timedelta(seconds=order.send_limit)):
        if order.work == "migrate":
            deed.step = "migrate"
            await migrate(order.settings)
        else:
            await _send(order, deed)


async def _send(order: Order, deed: Deed) -> None:
    serves = order.work == "serve"
    async with (
        open_storage(order.settings, order.now, own_clock=True, serves=serves) as storage,
        dispatcher_for(order, storage.reminders, deed) as dispatcher,
    ):
        if serves:
            await _serve(dispatcher)
        elif order.room is not None:
            await _without_room(order, storage.reminders, dispatcher)
        else:
            await dispatcher.round()


@asynccontextmanager
async def dispatcher_for(
    order: Order, reminders: ReminderStore, deed: Deed | None = None, traffic: Traffic | None = None
) -> AsyncIterator[Dispatcher]:
    """The real thing, but for a small content."""
    traffic, deed = traffic or Traffic(), deed or Deed("")
    client = build_client(order.settings, _nobody_moves, traffic)
    sender = DoomedSender(ReminderSender(client, traffic), deed)
    store = cast(ReminderStore, DoomedStore(reminders, deed))
    sleep = asyncio.sleep if order.per_second < 1 else _doze
    try:
        yield Dispatcher(store, sender, small_selection(), Pulse(), per_second=order.per_second, sleep=sleep)
    finally:
        await client.request.shutdown()


async def _nobody_moves(_old: int, _new: int) -> None:
    raise AssertionError("groups have no reminders")


async def _doze(seconds: float) -> None:
    await asyncio.sleep(min(seconds, LONGEST_SLEEP))


async def _serve(dispatcher: Dispatcher) -> None:
    stop = stop_on_signals()
    running = asyncio.create_task(dispatcher.run())
    await stop.wait()
    dispatcher.stop()
    await running


async def _without_room(order: Order, reminders: ReminderStore, dispatcher: Dispatcher) -> None:
    """A round that runs out of room; then, when every lease has ended, one that has room again."""
    await reminders.hold(order.now())  # SQLite has its log now
    log = Path(order.data) / "osteon.sqlite3-wal"
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + (order.room or 0), most))
    await dispatcher.round()
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    order.clock.write_text((order.now() + LEASE).isoformat())
    await dispatcher.round()


def _begin(order: Order) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        asyncio.run(work(order))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _look(running: set[int], tell: Callable[..., None]) -> None:
    for pid in list(running):
        found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if found and os.WIFSTOPPED(status):
            tell(stopped=pid)
        elif found:
            running.remove(pid)
            tell(ended=pid, code=os.waitstatus_to_exitcode(status))


def _tell(**told: int) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - this is how it answers


def main() -> None:
    running: set[int] = set()
    orders = b""
    while True:
        if select.select([sys.stdin], [], [], LOOK_EVERY if running else None)[0]:
            read = os.read(sys.stdin.fileno(), 65536)
            if not read:
                return
            *lines, orders = (orders + read).split(b"\n")
            for line in lines:
                pid = _begin(Order(**json.loads(line)))
                running.add(pid)
                _tell(begun=pid)
        _look(running, _tell)


if __name__ == "__main__":
    main()
