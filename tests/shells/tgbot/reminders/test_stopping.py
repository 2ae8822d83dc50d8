"""Reminders are stopped, and started again, as a person sees it."""

from __future__ import annotations

import pytest

from bot.ports import Storage
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.tgbot import reminder_texts as texts
from tests.shells.tgbot.emulator import Person
from tests.shells.tgbot.reminders.conftest import plans, set_up, times_in


@pytest.mark.parametrize("word", ["stop", "stop reminding me", "STOP!!", "please unsubscribe me", "no more reminders"])
async def test_a_stop_counts_at_once_and_can_be_undone(ann: Person, storage: Storage, word: str) -> None:
    await set_up(ann)
    stopped = await ann.ask(word)
    assert texts.STOPPED.format(streams="exercise") in stopped.text
    assert await plans(storage) == {}
    again = await ann.press(texts.START_AGAIN, stopped)
    assert texts.ON_AGAIN in again.text
    assert await plans(storage) == {Stream.EXERCISE: Schedule((2,), 1140, "Europe/London")}


@pytest.mark.parametrize(
    "word",
    [
        "stop sending me messages",
        "please no longer remind me",
        "can you stop please",
        "my mother died, please stop sending these",
    ],
)
async def test_a_stop_that_only_sounds_like_an_emergency_is_none(ann: Person, storage: Storage, word: str) -> None:
    await set_up(ann)
    assert texts.STOPPED.format(streams="exercise") in (await ann.ask(word)).text
    assert await plans(storage) == {}
    assert ann.sees_nothing_more()


@pytest.mark.parametrize("word", ["i dont want this anymore", "stop, my chest hurts"])
async def test_a_stop_beside_what_may_be_an_emergency_is_heard_and_help_is_named_last(
    ann: Person, storage: Storage, word: str
) -> None:
    await set_up(ann)
    assert texts.STOPPED.format(streams="exercise") in (await ann.ask(word)).text
    assert "112" in (await ann.sees()).text
    assert await plans(storage) == {}


async def test_an_emergency_without_reminders_is_told_nothing_of_them(ann: Person) -> None:
    assert "112" in (await ann.ask("stop, my chest hurts")).text


async def test_a_refusal_of_what_may_have_been_a_stop_tells_how_to_stop(ann: Person) -> None:
    unclear = "the bank wants to cancel my card"
    assert texts.IF_REMINDERS not in (await ann.ask(unclear)).text
    await set_up(ann)
    assert texts.IF_REMINDERS in (await ann.ask(unclear)).text
    assert texts.IF_REMINDERS not in (await ann.ask("does zinc help too?")).text


async def test_one_stream_or_one_weekday_is_stopped(ann: Person, storage: Storage) -> None:
    await set_up(ann, "remind me of both on tuesdays and sundays at 9am")
    less = await ann.ask("cancel the sunday one")
    assert "no reminder about exercise on Sundays any more. It still comes on Tuesdays" in less.text
    assert {it.weekdays for it in (await plans(storage)).values()} == {(2,)}
    await ann.press(texts.START_AGAIN, less)
    assert {it.weekdays for it in (await plans(storage)).values()} == {(2, 7)}
    await ann.ask("stop the exercise reminders")
    assert list(await plans(storage)) == [Stream.NUTRITION]
    assert texts.NOT_ON_THAT_DAY.format(days="Mondays") in (await ann.ask("cancel the monday one")).text


async def test_a_stop_by_button_and_twice(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    shown = await ann.ask("/reminders")
    stopped = await ann.press("Stop exercise", shown)
    assert await plans(storage) == {}
    ann.tap(shown.data("Stop exercise"), stopped.id)
    assert texts.NOTHING_TO_STOP in (await ann.sees()).text


async def test_stop_in_the_middle_of_a_change_stops(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    await ann.ask("move my exercise reminder to friday")
    assert "no longer send you exercise" in (await ann.ask("stop")).text
    assert await plans(storage) == {}
    assert await storage.drafts.load(7) is None


async def test_one_stream_that_was_stopped_is_started_again_in_words_beside_the_other(ann: Person) -> None:
    await set_up(ann)
    await set_up(ann, "nutrition on sundays at 10am")
    await ann.ask("no more nutrition")
    again = await ann.ask("start nutrition again")
    assert times_in(again)[0] == "Sunday, 29 November, 10:00"
    assert "Yes, remind me" in again.labels


async def test_start_again_in_words_after_a_stop_asks_first(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    await ann.ask("stop")
    confirm = await ann.ask("start the reminders again")
    assert "Exercise: Tuesdays, around 19:00" in confirm.text
    assert await plans(storage) == {}
    await ann.press("Yes, remind me", confirm)
    assert list(await plans(storage)) == [Stream.EXERCISE]
