"""CPU per update beside a bare echo bot on python-telegram-bot.

Both talk to the shipped emulator, in turn and several times; the least of each counts. The question is always the same
one, so that its vectors are at hand: what the encoder's forward pass costs is in latency.py.

    python benchmarks/updates.py
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
from platformdirs import user_data_path
from starlette.applications import Starlette

from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.records import User
from bot.shells.playground.telegram.server import routes
from bot.shells.playground.telegram.world import Telegram
from bot.shells.serving import listen, serving

TOKEN = "123456:benchmark-token-of-no-account-at-all"  # noqa: S105 - it opens nothing
QUESTION = "What does vitamin K2 do?"
PEOPLE, EACH, ROUNDS = 20, 15, 3
OSTEON = (sys.executable, "-m", "bot", "run")
ECHO = (
    sys.executable,
    "-c",
    """
import os
from telegram.ext import Application, MessageHandler, filters
async def echo(update, context):
    await update.effective_message.reply_text(update.effective_message.text)
application = (Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
               .base_url(os.environ["TELEGRAM_API_BASE_URL"]).build())
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()
""",
)


async def cpu_per_update(command: tuple[str, ...]) -> float:
    """Milliseconds of the bot's process for one question and its answer."""
    telegram = Telegram(TOKEN, lambda: datetime.now(UTC))
    people = [Account(telegram, User(number, f"Person {number}")) for number in range(1, PEOPLE + 1)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "cache").symlink_to(user_data_path("osteon") / "cache")
        async with serving(Starlette(routes=routes(telegram)), listen()) as url:
            told = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": f"{url}/bot", "OSTEON_DATA": folder}
            process = await asyncio.create_subprocess_exec(
                *command, env=os.environ | told | {"OSTEON_LOG_LEVEL": "ERROR"}
            )
            try:
                await _ask(telegram, people, 1)  # what happens once only
                usage = psutil.Process(process.pid)
                before = _seconds(usage)
                await _ask(telegram, people, EACH)
                return (_seconds(usage) - before) / (PEOPLE * EACH) * 1000
            finally:
                process.terminate()
                await process.wait()
                await telegram.close()


async def _ask(telegram: Telegram, people: list[Account], times: int) -> None:
    """Everybody asks, and asks again when answered."""
    for _ in range(times):
        wanted = _answers(telegram) + len(people)
        for person in people:
            person.say(QUESTION)
        end = time.monotonic() + 60
        while _answers(telegram) < wanted:
            if time.monotonic() > end:
                raise TimeoutError("the bot does not answer")
            await asyncio.sleep(0.01)


def _answers(telegram: Telegram) -> int:
    return sum(name == "sendMessage" for name, _ in telegram.calls)


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def main() -> None:
    figures: dict[str, list[float]] = {"bare PTB echo bot": [], "Osteon": []}
    for _ in range(ROUNDS):
        for name, command in zip(figures, (ECHO, OSTEON), strict=True):
            figures[name].append(await cpu_per_update(command))
    least = {name: min(values) for name, values in figures.items()}
    for name, value in least.items():
        print(f"{name:20}{value:6.2f} ms of CPU for an update")
    print(f"{'ratio':20}{least['Osteon'] / least['bare PTB echo bot']:6.2f}")


if __name__ == "__main__":
    asyncio.run(main())
