from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.bootstrap import Core
from bot.dialogue.knowledge import Knowledge
from bot.ports import Clock, Storage
from bot.reminders.knowledge import ReminderKnowledge
from bot.settings import Settings
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.service import talk
from bot.usecases import Conversations
from tests.shells.tgbot.emulator import Emulator, Person


def settings_for(telegram: Emulator) -> Settings:
    return Settings(telegram_bot_token=SecretStr(telegram.token), telegram_api_base_url=telegram.base_url)


def real_now() -> datetime:
    return datetime.now(UTC)


_reminders: list[ReminderKnowledge] = []


@pytest.fixture(scope="session", autouse=True)
def reminders(core: Core) -> ReminderKnowledge:
    """What every bot here knows of reminders, the places read already: the first time takes some seconds."""
    assert core.reminders.gazetteer
    _reminders.append(core.reminders)
    return core.reminders


@asynccontextmanager
async def running(
    telegram: Emulator,
    conversations: Conversations,
    storage: Storage | None = None,
    now: Clock = real_now,
    settings: Settings | None = None,
    health: Health | None = None,
) -> AsyncIterator[None]:
    """The real bot, polling the emulator."""
    if storage is None:
        assert isinstance(conversations.store, MemoryChatStore)
        storage = memory_storage(conversations.store)
    stop, health = asyncio.Event(), health or Health()
    bot = asyncio.create_task(
        talk(
            settings or settings_for(telegram), conversations, _reminders[0], storage, now=now, stop=stop, health=health
        )
    )
    try:
        while not health.telegram and not bot.done():  # noqa: ASYNC110 - health is all that the bot tells
            await asyncio.sleep(0.005)
        yield
    finally:
        stop.set()
        await bot
        conversations.close()


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def conversations(know: Knowledge) -> Conversations:
    return Conversations(know, MemoryChatStore())


@pytest.fixture
async def bot(telegram: Emulator, conversations: Conversations) -> AsyncIterator[None]:
    async with running(telegram, conversations):
        yield


@pytest.fixture
async def ann(telegram: Emulator, bot: None) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person()
