"""Reminders are changed and paused, as a person sees it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Storage
from bot.reminders.records import Standing
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.shells.tgbot import reminder_texts as texts
from tests.shells.tgbot.emulator import Person
from tests.shells.tgbot.reminders.conftest import plans, set_up, subscriptions, times_in


async def test_a_plan_is_changed_in_words_and_shown_beside_the_old_one(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    confirm = await ann.ask("move my exercise reminder to friday")
    assert "Exercise: Fridays, around 19:00" in confirm.text
    assert "Until now: Exercise: Tuesdays, around 19:00, London time" in confirm.text
    assert (await plans(storage))[Stream.EXERCISE].weekdays == (2,)
    await ann.press("Yes, change it", confirm)
    assert (await plans(storage))[Stream.EXERCISE].weekdays == (5,)


async def test_another_zone_keeps_the_time_on_the_wall(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    where = await ann.press(texts.CHANGE_ZONE, await ann.press(texts.CHANGE, await ann.ask("/reminders")))
    confirm = await ann.press("Yes, change it", await ann.ask("Tokyo"))
    assert where.id
    assert times_in(confirm) == ["Tuesday, 1 December, 19:00"]
    (it,) = await subscriptions(storage)
    assert it.schedule == Schedule((2,), 1140, "Asia/Tokyo")
    assert it.occurs_at == datetime(2026, 12, 1, 10, tzinfo=UTC)


async def test_days_and_time_are_changed_by_buttons(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    changing = await ann.ask("change my reminders")
    assert changing.labels[:3] == ["Exercise: days", "Exercise: time", texts.CHANGE_ZONE]
    days = await ann.press("Exercise: days", changing)
    assert "✓ Tuesday" in days.labels
    confirm = await ann.press(setup_texts.THESE_DAYS, await ann.press("Sunday", days))
    assert "Tuesdays and Sundays" in confirm.text
    await ann.press("Yes, change it", confirm)
    assert (await plans(storage))[Stream.EXERCISE].weekdays == (2, 7)


async def test_a_pause_has_an_end_or_none(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    confirm = await ann.ask("pause my reminders until 21 december")
    assert confirm.text == "Shall I be silent about exercise until Monday, 21 December?"
    done = await ann.press("Yes, pause", confirm)
    assert "Paused. It comes again: Tuesday, 22 December, 19:00" in done.text
    on = await ann.press(texts.RESUME, done)
    assert times_in(on) == ["Tuesday, 1 December, 19:00"]
    ask = await ann.press(texts.PAUSE, on)
    assert ask.labels == ["1 week", "2 weeks", "4 weeks", texts.PAUSE_OPEN, texts.BACK]
    silent = await ann.press(texts.PAUSE_OPEN, ask)
    assert texts.STANDING[Standing.PAUSED] in silent.text
    assert [it.standing for it in await subscriptions(storage)] == [Standing.PAUSED]
    await ann.press("Yes, go on", await ann.ask("resume my reminders"))
    assert [it.standing for it in await subscriptions(storage)] == [Standing.ACTIVE]


@pytest.mark.parametrize(
    "wish",
    [
        "pause until christmas",
        "pause for two weeks",
        "pause my reminders for a month",
        "no reminders until 1 march",
        "pause until 13 march",
        "stop until 13 march",
    ],
)
async def test_a_pause_is_no_emergency(ann: Person, wish: str) -> None:
    await set_up(ann)
    assert "Yes, pause" in (await ann.ask(wish)).labels


async def test_a_pause_with_an_end_is_resumed_in_words(ann: Person) -> None:
    await set_up(ann)
    await ann.press("Yes, pause", await ann.ask("pause until 24 december"))
    assert "Shall I go on" in (await ann.ask("resume")).text
    assert times_in(await ann.ask("yes")) == ["Tuesday, 1 December, 19:00"]
    assert texts.NOTHING_RESTS in (await ann.ask("resume")).text


async def test_a_pause_without_an_end_in_words_asks_for_how_long(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    assert "For how long" in (await ann.ask("pause")).text
    await ann.ask("two weeks")
    done = await ann.ask("yes")
    assert "until Thursday, 10 December" in done.text
    assert times_in(done) == ["Tuesday, 15 December, 19:00"]
    week = await ann.press("1 week", await ann.ask("pause"))
    assert "until Thursday, 3 December" in week.text
    assert await storage.drafts.load(7) is None
