"""A bot with a clock that a test moves, and a person who wants reminders of it or has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.bootstrap import Core
from bot.ports import Storage
from bot.reminders.command import Action
from bot.reminders.records import Standing, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import running
from tests.shells.tgbot.emulator import Emulator, Person, Shown
from tests.still_clock import StillClock

WISH = "remind me to exercise every tuesday at 7pm"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 26, 12, 0, tzinfo=UTC))


@pytest.fixture
async def telegram(clock: StillClock) -> AsyncIterator[Emulator]:
    async with Emulator(now=clock) as emulator:
        yield emulator


@pytest.fixture
async def storage(telegram: Emulator, core: Core, clock: StillClock) -> AsyncIterator[Storage]:
    chats = MemoryChatStore(clock)
    opened = memory_storage(chats)
    async with running(telegram, Conversations(core.knowledge, chats), opened, clock):
        yield opened


@pytest.fixture
async def ann(telegram: Emulator, storage: Storage) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person(7)


async def plans(storage: Storage) -> dict[Stream, Schedule]:
    return {it.stream: it.schedule for it in await subscriptions(storage) if it.standing != Standing.STOPPED}


async def subscriptions(storage: Storage) -> list[Subscription]:
    return await storage.reminders.of_chat(7)


async def set_up(ann: Person, wish: str = WISH, place: str = "London") -> Shown:
    confirm = await ann.ask(wish)
    if setup_texts.ASK_ZONE in confirm.text:
        confirm = await ann.ask(place)
    return await ann.press(setup_texts.YES[Action.SUBSCRIBE], confirm)


def times_in(shown: Shown) -> list[str]:
    return shown.texts("tg-time")
