from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.dialogue.knowledge import Knowledge
from bot.settings import Settings
from bot.shells.storage.memory import MemoryChatStore
from bot.shells.tgbot.app import Bot, build_application
from bot.shells.tgbot.handlers import ALLOWED_UPDATES
from bot.usecases import Conversations
from tests.shells.tgbot.emulator import Emulator, Person


def settings_for(telegram: Emulator) -> Settings:
    return Settings(telegram_bot_token=SecretStr(telegram.token), telegram_api_base_url=telegram.base_url)


@asynccontextmanager
async def running(telegram: Emulator, conversations: Conversations) -> AsyncIterator[Bot]:
    """The real application, polling the emulator."""
    application = build_application(settings_for(telegram), conversations)
    assert application.updater
    assert application.post_init
    async with application:
        await application.post_init(application)
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        await application.start()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()
            conversations.close()


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def conversations(know: Knowledge) -> Conversations:
    return Conversations(know, MemoryChatStore())


@pytest.fixture
async def bot(telegram: Emulator, conversations: Conversations) -> AsyncIterator[Bot]:
    async with running(telegram, conversations) as application:
        yield application


@pytest.fixture
async def ann(telegram: Emulator, bot: Bot) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person()
