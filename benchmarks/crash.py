"""What a crash costs: a hundred queued messages, and a process that is killed or told to stop in their midst.

Beside it, in the same run, python-telegram-bot as it comes (`run_polling`, an echo), which confirms what it has merely
fetched. Telegram is the shipped emulator, which takes a message at once and answers after 50 ms.

    python benchmarks/crash.py
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.shells.playground.telegram.errors import RefusedError
from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.records import User
from bot.shells.playground.telegram.server import routes
from bot.shells.playground.telegram.world import Telegram
from bot.shells.serving import listen, serving

TOKEN = "123456:benchmark-token-of-no-account-at-all"  # noqa: S105 - it opens nothing
QUESTIONS = ("What does vitamin K2 do?", "and magnesium?", "Which foods have calcium?", "simpler", "What is a SERM?")
PEOPLE = 20
LATENCY = 0.05
"""Seconds between Telegram's taking a message and its answer."""
SETTLED = 2.0
"""Seconds without a further message after which everything is taken to be answered."""
ECHO = """
import os
from telegram.ext import Application, MessageHandler, filters
async def echo(update, context):
    await update.effective_message.reply_text(update.effective_message.text)
application = (Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
               .base_url(os.environ["TELEGRAM_API_BASE_URL"]).concurrent_updates(16).build())
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()
"""


@dataclass(frozen=True)
class Case:
    name: str
    command: tuple[str, ...]
    signal: signal.Signals
    webhook: bool = False


OSTEON = (sys.executable, "-m", "bot", "run")
PTB = (sys.executable, "-c", ECHO)
CASES = (
    Case("PTB polling, 16 at once", PTB, signal.SIGKILL),
    Case("Osteon polling", OSTEON, signal.SIGKILL),
    Case("Osteon webhook", OSTEON, signal.SIGKILL, webhook=True),
    Case("Osteon polling", OSTEON, signal.SIGTERM),
    Case("Osteon webhook", OSTEON, signal.SIGTERM, webhook=True),
)


class Slowly:
    """The emulator behind a network: what it says about a message arrives late."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_message = scope["path"].endswith("/sendMessage")

        async def later(message: Message) -> None:
            if is_message and message["type"] == "http.response.start":
                await asyncio.sleep(LATENCY)
            await send(message)

        await self._app(scope, receive, later)


class Bench:
    def __init__(self, telegram: Telegram, url: str, folder: Path, port: int) -> None:
        self.telegram, self.folder = telegram, folder
        self.people = [Account(telegram, User(number, f"Person {number}")) for number in range(1, PEOPLE + 1)]
        self.environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": f"{url}/bot",
            "OSTEON_DATA": str(folder),
            "OSTEON_LOG_LEVEL": "ERROR",
        }
        self.webhook = {
            "OSTEON_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "OSTEON_LISTEN": f"127.0.0.1:{port}",
        }

    def answers(self) -> int:
        return sum(name == "sendMessage" for name, _ in self.telegram.calls)

    def ask_all(self) -> None:
        for question in QUESTIONS:
            for person in self.people:
                person.say(question)

    def answered(self, person: Account) -> int:
        return sum(message.sender == self.telegram.bot for message in person.private.messages.values())

    @asynccontextmanager
    async def bot(self, case: Case) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot, once it takes updates."""
        environment = self.environment | (self.webhook if case.webhook else {})
        process = await asyncio.create_subprocess_exec(*case.command, env=environment)
        try:
            while not self._is_up(case):  # noqa: ASYNC110 - the emulator tells nobody
                await asyncio.sleep(0.01)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    def _is_up(self, case: Case) -> bool:
        updates = self.telegram.updates
        return updates.webhook_active if case.webhook else updates.polled or self.answers() > 0


async def measure(case: Case, after: int) -> str:
    """One line of the table: the process ends after so many answers, and another takes over."""
    telegram = Telegram(TOKEN, lambda: datetime.now(UTC))
    app, free = Starlette(routes=routes(telegram)), listen()
    port = free.getsockname()[1]
    free.close()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "cache").symlink_to(user_data_path("osteon") / "cache")
        async with serving(Slowly(app), listen()) as url:
            bench = Bench(telegram, url, Path(folder), port)
            if not case.webhook:
                bench.ask_all()
            async with bench.bot(case) as process:
                if case.webhook:
                    bench.ask_all()
                while bench.answers() < after:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
                began = time.monotonic()
                process.send_signal(case.signal)
                await process.wait()
                gone = time.monotonic() - began
            telegram.updates.end_poll(RefusedError(502, "Bad Gateway"))
            telegram.updates.webhook_active = False
            async with bench.bot(case):
                before = -1
                while before != bench.answers():
                    before = bench.answers()
                    await asyncio.sleep(SETTLED)
            await telegram.close()
    counts = [bench.answered(person) for person in bench.people]
    lost = sum(max(0, len(QUESTIONS) - count) for count in counts)
    twice = sum(max(0, count - len(QUESTIONS)) for count in counts)
    return f"{case.name:26}{case.signal.name:9}{after:6}{lost:6}{twice:7}{gone:7.2f} s"


async def main() -> None:
    print(f"{'100 queued, of 20 people':26}{'signal':9}{'after':>6}{'lost':>6}{'twice':>7}{'gone in':>9}")
    for case in CASES:
        for after in (5, 50):
            print(await measure(case, after), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
