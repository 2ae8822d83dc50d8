"""What is being set up and not confirmed yet; on memory, SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ports import Storage
from bot.reminders.command import Action
from bot.reminders.draft import ANSWERED_WITHIN, KEPT_FOR, Asking, Draft, Plan
from bot.reminders.streams import Stream
from bot.shells.storage.draft_rows import draft_of
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from tests.shells.storage.conftest import StorageSettings, opened
from tests.still_clock import StillClock

FULL = Draft(
    Action.CHANGE,
    (Plan(Stream.EXERCISE, (2, 5), 540), Plan(Stream.NUTRITION)),
    "Europe/London",
    zone_is_known=True,
    until=date(2026, 12, 7),
    is_open=True,
    anew=Asking.ZONE,
    minutes=(420, 1140),
    zones=("Europe/London", "America/New_York"),
    has_keyboard=True,
)


@pytest.mark.parametrize("draft", [FULL, Draft(Action.SUBSCRIBE)])
async def test_a_draft_comes_back_as_it_was(storage: Storage, draft: Draft) -> None:
    await storage.drafts.save(7, FULL)
    await storage.drafts.save(7, draft)
    assert await storage.drafts.load(7) == draft
    assert await storage.drafts.load(8) is None


async def test_a_draft_is_shown_cleared_and_forgotten(storage: Storage) -> None:
    await storage.drafts.save(7, FULL)
    (row,) = (await storage.chats.rows_of(7))["reminder_drafts"]
    assert row["draft"]["zone"] == "Europe/London"
    await storage.drafts.clear(7)
    assert await storage.chats.rows_of(7) == {}
    await storage.drafts.save(7, FULL)
    await storage.chats.forget(7)
    assert await storage.drafts.load(7) is None


async def test_a_draft_is_dead_after_an_hour() -> None:
    clock = StillClock(datetime(2026, 11, 26, tzinfo=UTC))
    drafts = memory_storage(MemoryChatStore(clock)).drafts
    await drafts.save(7, FULL)
    clock.at += ANSWERED_WITHIN
    assert await drafts.load(7) == FULL
    clock.at += timedelta(seconds=1)
    assert await drafts.load(7) is None
    assert await drafts.load(7, KEPT_FOR) == FULL


async def test_a_dead_draft_is_deleted_when_the_rows_are_tidied(sql_settings: StorageSettings) -> None:
    clock = StillClock(datetime(2026, 11, 26, tzinfo=UTC))
    async with opened(sql_settings, clock) as storage:
        await storage.drafts.save(7, FULL)
        await storage.inbox.tidy(timedelta(hours=48))
        assert await storage.chats.rows_of(7)
        clock.at += KEPT_FOR + timedelta(seconds=1)
        await storage.inbox.tidy(timedelta(hours=48))
        assert await storage.chats.rows_of(7) == {}


def test_what_cannot_be_read_is_no_draft() -> None:
    assert draft_of({"action": "fly"}) is None
