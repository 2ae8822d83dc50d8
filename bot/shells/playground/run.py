"""Opens the playground: the real bot, the emulator it talks to, and the page, until told to stop."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from bot.errors import SettingsError
from bot.ports import Clock
from bot.shells.playground.app import build_app
from bot.shells.playground.clock import MovableClock
from bot.shells.playground.decisions import Decisions, OverheardConversations
from bot.shells.playground.stage import Stage
from bot.shells.playground.telegram.world import Telegram
from bot.shells.serving import listen, serving
from bot.shells.signals import stop_on_signals
from bot.shells.storage.database import open_storage
from bot.shells.storage.place import Settings as StorageSettings
from bot.shells.tgbot.app import Settings as TelegramSettings
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.logs import set_up_logs
from bot.shells.tgbot.service import Core, talk

USUAL_PORT = 8470


class Settings(TelegramSettings, StorageSettings, Protocol):
    """What the real bot needs to be told."""


SettingsFor = Callable[[str, str, Path], Settings]
"""The settings for this token, this address of the Bot API and this folder for the database."""
Say = Callable[[str], None]


def run_playground(
    core: Core, settings_for: SettingsFor, now: Clock, *, port: int | None, browser: bool, say: Say
) -> None:
    """Until SIGINT or SIGTERM. Raises SettingsError if the port that was asked for is taken."""
    asyncio.run(_until_signal(core, settings_for, now, port, browser, say))


async def _until_signal(
    core: Core, settings_for: SettingsFor, now: Clock, port: int | None, browser: bool, say: Say
) -> None:
    stop = stop_on_signals()
    async with playing(core, settings_for, now, port) as (stage, url):
        set_up_logs("ERROR", stage.telegram.token)
        opened = browser and _has_screen() and await asyncio.to_thread(webbrowser.open, url)
        say(f"Osteon's playground is at {url}{'' if opened else ' – open it in a browser'}. Ctrl-C ends it.")
        await stop.wait()


@asynccontextmanager
async def playing(
    core: Core, settings_for: SettingsFor, now: Clock, port: int | None = None
) -> AsyncIterator[tuple[Stage, str]]:
    """The playground, its bot at work, and the page's address. Whatever is stored is gone afterwards."""
    token = f"123456:{secrets.token_urlsafe(24)}"
    clock, closing = MovableClock(now), asyncio.Event()
    telegram = Telegram(token, clock)
    stage = Stage(telegram, clock, Decisions(telegram.bot), core.knowledge)
    listening = _listen(port)
    with TemporaryDirectory(prefix="osteon-playground-", ignore_cleanup_errors=True) as folder:
        async with serving(build_app(stage, listening.getsockname()[1], closing), listening) as url:
            try:
                async with _bot(stage, core, settings_for(token, f"{url}/bot", Path(folder))):
                    yield stage, f"{url}/"
            finally:
                closing.set()
                await telegram.close()


@asynccontextmanager
async def _bot(stage: Stage, core: Core, settings: Settings) -> AsyncIterator[None]:
    """The real bot, talking to the emulator. Raises what ends it before its time."""
    stop = asyncio.Event()
    async with open_storage(settings, stage.clock) as storage:
        conversations = OverheardConversations(stage.know, storage.chats, stage.decisions)
        talking = asyncio.create_task(
            talk(settings, conversations, core.reminders, storage, now=stage.clock, stop=stop, health=Health())
        )
        stage.reminders = storage.reminders
        try:
            yield
        finally:
            stage.reminders = None
            stop.set()
            await talking
            conversations.close()


def _listen(port: int | None) -> socket.socket:
    try:
        return listen(USUAL_PORT if port is None else port)
    except (OSError, OverflowError) as error:
        if port is None:  # perhaps another playground; any free port will do
            return listen()
        raise SettingsError(
            f"--port is {port}, which cannot be used ({getattr(error, 'strerror', error)}); name another, or 0 for any."
        ) from error


def _has_screen() -> bool:
    """Without one, a browser would be a program that takes this terminal over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
