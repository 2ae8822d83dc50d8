"""A backup that is restored brings nobody back, and sends nothing twice."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.dialogue.state import ChatState
from bot.ports.reminders import silent
from bot.reminders.plans import after_restore
from bot.reminders.records import DeliveryState
from bot.reminders.schedule import Schedule
from bot.shells.storage.erasures import NAME, Erasures
from tests.shells.storage.conftest import StorageSettings, opened
from tests.shells.storage.test_reminders import subscribe
from tests.still_clock import StillClock

ANN, BOB = 77, 88
STATE = ChatState(intents=("vitamin-k2/role",))
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


async def test_who_was_forgotten_after_the_backup_is_forgotten_again(sqlite_settings: StorageSettings) -> None:
    database, backup = sqlite_settings.osteon_data / "osteon.sqlite3", sqlite_settings.osteon_data / "backup"
    async with opened(sqlite_settings) as storage:
        await storage.chats.save(ANN, STATE)
        await storage.chats.save(BOB, STATE)
    shutil.copy(database, backup)
    async with opened(sqlite_settings) as storage:
        await storage.chats.forget(ANN)
    shutil.copy(backup, database)
    async with opened(sqlite_settings) as storage:
        assert await storage.chats.load(ANN) == STATE
        assert await storage.chats.forget_again() == 1
        assert (await storage.chats.load(ANN), await storage.chats.load(BOB)) == (ChatState(), STATE)


async def test_who_came_back_before_the_backup_was_made_is_not_forgotten_again(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage:
        await storage.chats.save(ANN, STATE)
        await storage.chats.forget(ANN)
        await storage.chats.save(ANN, STATE)
        assert await storage.chats.forget_again() == 0
        assert await storage.chats.load(ANN) == STATE


def test_the_file_tells_nobody_who_it_was_and_a_cut_line_does_no_harm(tmp_path: Path) -> None:
    erasures = Erasures(tmp_path)
    assert erasures.among([ANN], MONDAY) == []
    erasures.note(ANN, MONDAY)
    erasures.note(1_234_567, MONDAY + timedelta(days=1))
    file = tmp_path / NAME
    assert "1234567" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(file.read_text() + "2026-11-30T08:00:00+00:00 abc")
    assert erasures.among([ANN, BOB, 1_234_567], MONDAY) == [ANN, 1_234_567]
    assert erasures.among([ANN, BOB, 1_234_567], MONDAY + timedelta(hours=1)) == [1_234_567]


async def test_what_was_due_since_the_backup_counts_as_missed(sql_settings: StorageSettings) -> None:
    clock = StillClock(MONDAY - timedelta(days=1))
    async with opened(sql_settings, clock) as storage:
        await subscribe(storage.reminders, ANN)
        await subscribe(storage.reminders, BOB, Schedule((1,), 1200, "Europe/Berlin"))
        clock.at = MONDAY + timedelta(hours=1)
        assert await storage.reminders.restored(silent(after_restore)) == 1
        assert await storage.reminders.claim(10) == []
        ((_, row),) = await storage.reminders.deliveries(ANN, MONDAY.date())
        assert row.state == DeliveryState.MISSED
        assert await storage.reminders.deliveries(BOB, MONDAY.date()) == []
        clock.at += timedelta(weeks=1)
        assert len(await storage.reminders.claim(10)) == 2
