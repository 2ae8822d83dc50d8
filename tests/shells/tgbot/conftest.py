from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache

import pytest
from pydantic import SecretStr

from bot.dialogue.knowledge import Knowledge
from bot.ports import Clock, Storage
from bot.reminders.gazetteer import Gazetteer
from bot.reminders.knowledge import ReminderKnowledge
from bot.settings import Settings
from bot.shells.library import data_folder
from bot.shells.reminder_words import load_reminder_words
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.service import talk
from bot.usecases import Conversations
from tests.shells.tgbot.emulator import Emulator, Person


def settings_for(telegram: Emulator) -> Settings:
    return Settings(telegram_bot_token=SecretStr(telegram.token), telegram_api_base_url=telegram.base_url)


@cache
def without_places() -> ReminderKnowledge:
    """Enough for tests that are not about reminders."""
    words = load_reminder_words(data_folder("intents"), [])
    assert words

    def load_gazetteer() -> Gazetteer:
        raise AssertionError("no place is looked up here")

    return ReminderKnowledge(words, (), load_gazetteer)


def real_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    telegram: Emulator,
    conversations: Conversations,
    storage: Storage | None = None,
    now: Clock = real_now,
    settings: Settings | None = None,
    reminders: ReminderKnowledge | None = None,
) -> AsyncIterator[None]:
    """The real bot, polling the emulator."""
    if storage is None:
        assert isinstance(conversations.store, MemoryChatStore)
        storage = memory_storage(conversations.store)
    stop, health = asyncio.Event(), Health()
    bot = asyncio.create_task(
        talk(
            settings or settings_for(telegram),
            conversations,
            storage,
            reminders or without_places(),
            now=now,
            stop=stop,
            health=health,
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
