"""Reminders are set up by buttons and by a shared place, as a person sees it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.ports import Storage
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.shells.tgbot import reminder_texts as texts
from tests.shells.tgbot.emulator import Person
from tests.shells.tgbot.reminders.conftest import WISH, plans, set_up, subscriptions, times_in


async def test_all_can_be_set_up_by_buttons(ann: Person, storage: Storage) -> None:
    first = await ann.ask("/reminders")
    assert first.labels == ["Exercise", "Nutrition", "Both", texts.HOW]
    days = await ann.press("Exercise", first)
    assert days.id == first.id
    assert setup_texts.THESE_DAYS not in days.labels
    days = await ann.press("Friday", await ann.press("Tuesday", days))
    assert [label for label in days.labels if label.startswith("✓")] == ["✓ Tuesday", "✓ Friday"]
    days = await ann.press("✓ Tuesday", days)
    time = await ann.press(setup_texts.THESE_DAYS, days)
    where = await ann.press("09:00", time)
    listed = await ann.press(setup_texts.LIST, where)
    confirm = await ann.press("New York (now 07:00)", listed)
    assert "Exercise: Fridays, around 09:00 (up to 15 minutes later), New York time" in confirm.text
    assert times_in(confirm)[0] == "Friday, 27 November, 09:00"
    await ann.press("Yes, remind me", confirm)
    assert await plans(storage) == {Stream.EXERCISE: Schedule((5,), 540, "America/New_York")}


async def test_a_shared_place_gives_the_zone_and_is_kept_nowhere(ann: Person, storage: Storage) -> None:
    where = await ann.ask(WISH)
    ann.tap(where.data(setup_texts.SHARE), where.id)
    assert (await ann.sees()).text == setup_texts.SHARING
    assert ann.chat.reply_keyboard
    ann.account.send_location(48.1371, 11.5754)
    assert (await ann.sees()).text == setup_texts.THANKS
    assert not ann.chat.reply_keyboard
    assert "Berlin time" in (await ann.sees()).text
    assert "48.1" not in str(await storage.chats.rows_of(7))


async def test_a_place_that_was_not_asked_for_is_no_answer(ann: Person) -> None:
    ann.account.send_location(48.1371, 11.5754)
    assert "cannot use a location" in (await ann.sees()).text


async def test_the_zone_of_another_plan_is_proposed_and_named(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    confirm = await ann.ask("remind me of nutrition on sundays at 10am")
    assert "London time" in confirm.text
    where = await ann.press(setup_texts.OTHER_ZONE, confirm)
    assert setup_texts.ASK_ZONE in where.text
    await ann.press("Yes, remind me", await ann.ask("Lisbon"))
    assert (await plans(storage))[Stream.NUTRITION].zone == "Europe/Lisbon"


async def test_something_is_changed_before_the_confirmation(ann: Person, storage: Storage) -> None:
    await ann.ask(WISH)
    confirm = await ann.ask("London")
    different = await ann.press(setup_texts.CHANGE_SOMETHING, confirm)
    both = await ann.press("Both", await ann.press(setup_texts.DIFFERENT_STREAMS, different))
    assert "Exercise and nutrition: Tuesdays, around 19:00" in both.text
    different = await ann.press(setup_texts.CHANGE_SOMETHING, both)
    time = await ann.press("08:00", await ann.press(setup_texts.DIFFERENT_TIME, different))
    assert "around 08:00" in time.text
    back = await ann.press(texts.BACK, await ann.press(setup_texts.CHANGE_SOMETHING, time))
    assert back.text == time.text
    gone = await ann.press(setup_texts.CANCEL, back)
    assert setup_texts.CANCELLED in gone.text
    assert await plans(storage) == {}


async def test_a_second_yes_changes_nothing(ann: Person, storage: Storage) -> None:
    await ann.ask(WISH)
    confirm = await ann.ask("London")
    data = confirm.data("Yes, remind me")
    await ann.press("Yes, remind me", confirm)
    before = await subscriptions(storage)
    ann.tap(data, confirm.id)
    assert setup_texts.TOO_OLD in (await ann.sees()).text
    assert await subscriptions(storage) == before


async def test_a_full_time_is_not_promised(ann: Person, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crowd(start: datetime, _end: datetime) -> int:
        return 30_000 if start.hour == 19 and start.minute < 30 else 0

    monkeypatch.setattr(storage.reminders, "crowd", crowd)
    await ann.ask(WISH)
    full = await ann.press("Yes, remind me", await ann.ask("London"))
    assert setup_texts.FULL.format(time="19:00") in full.text
    assert full.labels == ["18:30", "18:45", "19:30", "Cancel"]
    assert await plans(storage) == {}
    await ann.press("Yes, remind me", await ann.press("19:30", full))
    assert (await plans(storage))[Stream.EXERCISE].minute == 1170
