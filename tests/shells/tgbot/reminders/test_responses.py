"""What people make of a reminder that the bot has sent them, as they see it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO

import pytest
from PIL import Image

from bot.dialogue.knowledge import Knowledge
from bot.ports import Storage
from bot.ports.reminders import silent
from bot.reminders.knowledge import ReminderKnowledge
from bot.reminders.plans import Wish, stopped, wished
from bot.reminders.records import Change, Delivery, DeliveryState, Mark, Standing, Subscription
from bot.reminders.responses import Response
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells import dispatcher
from bot.shells.tgbot import reminder_texts as texts
from tests.shells.tgbot.emulator import PATIENCE, Emulator, Person, Shown
from tests.still_clock import StillClock

ANN = 7
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")
FIRST = ["Done", "Later", "Not this week", "Why?", "Settings"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits a second for a look at what is due."""
    monkeypatch.setattr(dispatcher, "POLL", 0.01)
    return iter([None])


@pytest.fixture
def clock() -> StillClock:
    return StillClock(MONDAY - timedelta(hours=1))


@pytest.fixture
async def ann(telegram: Emulator, storage: Storage) -> Person:
    person = telegram.person(ANN)
    await plan(storage, Wish(ANN, Stream.EXERCISE, NINE))
    return person


@pytest.fixture
async def reminder(ann: Person, clock: StillClock, storage: Storage) -> Shown:
    """The one that has come."""
    return await comes(ann, clock, storage)


@pytest.fixture
async def question(ann: Person, clock: StillClock, storage: Storage) -> Shown:
    """The one that comes after three weeks without an answer."""
    await change(storage, ignored_since=MONDAY - timedelta(weeks=3))
    return await comes(ann, clock, storage)


async def comes(ann: Person, clock: StillClock, storage: Storage) -> Shown:
    clock.at = MONDAY
    shown = await ann.sees()
    await becomes(storage, DeliveryState.SENT)
    return shown


async def plan(storage: Storage, wish: Wish) -> None:
    await storage.reminders.plan(wish.chat_id, wish.stream, silent(partial(wished, wish, timedelta(0))))


async def rows(storage: Storage) -> list[Delivery]:
    return [row for _, row in await storage.reminders.deliveries(ANN, date(2026, 1, 1))]


async def becomes(storage: Storage, *states: DeliveryState) -> None:
    """Wait until this is what is written down."""
    async with asyncio.timeout(PATIENCE):
        while [row.state for row in await rows(storage)] != list(states):  # noqa: ASYNC110 - a store tells nobody
            await asyncio.sleep(0.005)


async def is_about(storage: Storage, intent: str) -> None:
    """Wait until this is what the chat talks about: that is written after the answer was sent."""
    async with asyncio.timeout(PATIENCE):
        while (await storage.chats.load(ANN)).intent != intent:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def subscription(storage: Storage) -> Subscription:
    (it,) = await storage.reminders.of_chat(ANN)
    return it


async def change(storage: Storage, **values: object) -> None:
    def altered(it: Subscription | None, _row: Delivery | None, _now: datetime) -> tuple[Change, None]:
        assert it
        return Change(replace(it, **values)), None  # type: ignore[arg-type]

    await storage.reminders.plan(ANN, Stream.EXERCISE, altered)


async def test_done_is_shown_counts_once_and_is_undone(ann: Person, storage: Storage, reminder: Shown) -> None:
    assert reminder.labels == FIRST
    done = await ann.press("Done", reminder)
    assert (done.id, done.text) == (reminder.id, reminder.text)
    assert done.labels == ["✓ Done", "Undo", "Why?", "Settings"]
    ann.tap(reminder.data("Done"), reminder.id)
    await ann.answered()
    assert [row.mark for row in await rows(storage)] == [Mark.DONE]
    undone = await ann.press("Undo", done)
    assert undone.labels == FIRST
    assert [row.mark for row in await rows(storage)] == [None]
    assert (await ann.press("Not this week", undone)).labels[0] == "✓ Not this week"


async def test_after_a_day_it_is_too_late_to_undo(
    ann: Person, storage: Storage, reminder: Shown, clock: StillClock
) -> None:
    done = await ann.press("Done", reminder)
    clock.at += timedelta(days=1, minutes=1)
    assert (await ann.press("Undo", done)).text == texts.RESPONSES[Response.TOO_LATE]
    assert [row.mark for row in await rows(storage)] == [Mark.DONE]


async def test_it_is_put_off_and_comes_again(ann: Person, storage: Storage, reminder: Shown, clock: StillClock) -> None:
    choices = await ann.press("Later", reminder)
    assert choices.labels == ["In an hour (10:00)", "This evening (19:00)", "Tomorrow (09:00)", texts.BACK]
    assert (await ann.press(texts.BACK, choices)).labels == FIRST
    choices = await ann.press("Later", reminder)
    ann.tap(choices.data("In an hour (10:00)"), reminder.id)
    await ann.answered()
    seen = [await ann.sees(), await ann.sees()]
    told = next(shown for shown in seen if shown.id != reminder.id)
    assert told.texts("tg-time") == ["Monday, 30 November, 10:00"]
    ann.tap(choices.data("In an hour (10:00)"), reminder.id)
    await ann.answered()
    await becomes(storage, DeliveryState.SENT, DeliveryState.SNOOZED)
    clock.at += timedelta(hours=1)
    await becomes(storage, DeliveryState.SENT, DeliveryState.SENT)
    assert [row.part for row in await rows(storage)] == [0, 1]


async def test_late_in_the_evening_an_hour_is_the_next_morning(
    ann: Person, storage: Storage, clock: StillClock
) -> None:
    await plan(storage, Wish(ANN, Stream.EXERCISE, replace(NINE, minute=20 * 60 + 30)))
    clock.at = MONDAY.replace(hour=19, minute=30)
    choices = await ann.press("Later", await ann.sees())
    assert choices.labels == ["In the morning (09:00)", "Tomorrow (20:30)", texts.BACK]


async def test_why_goes_on_about_the_subject_at_the_level_of_the_chat(
    ann: Person, storage: Storage, reminder: Shown, reminders: ReminderKnowledge, know: Knowledge
) -> None:
    (row,) = await rows(storage)
    theme = reminders.theme_of(row.passage)
    assert theme
    ann.tap(reminder.data("Why?"), reminder.id)
    await ann.answered()
    answer = await ann.sees()
    assert answer.id != reminder.id
    assert answer.texts("blockquote")
    await is_about(storage, theme.why)
    assert (await subscription(storage)).ignored_since is None
    assert know.intents[theme.why]


async def test_a_reply_in_words_is_about_the_subject_of_the_reminder(
    ann: Person, storage: Storage, reminder: Shown, reminders: ReminderKnowledge
) -> None:
    await ann.ask("What does vitamin K2 do?")
    await is_about(storage, "vitamin-k2/role")
    (row,) = await rows(storage)
    theme = reminders.theme_of(row.passage)
    assert theme
    ann.account.say("more", reply_to=ann.chat.messages[reminder.id])
    await ann.sees()
    await is_about(storage, theme.why)


async def test_more_after_a_press_is_about_what_the_press_has_shown(
    ann: Person, storage: Storage, clock: StillClock
) -> None:
    answer = await ann.ask("What does vitamin K2 do?")
    clock.at = MONDAY
    await ann.sees()
    await becomes(storage, DeliveryState.SENT)
    await ann.press("Deeper ▶", answer)
    assert "Matrix Gla protein" in (await ann.ask("more")).labels


async def test_who_writes_on_the_day_of_a_reminder_has_not_ignored_it(
    ann: Person, storage: Storage, reminder: Shown
) -> None:
    assert reminder.labels == FIRST
    assert (await subscription(storage)).ignored_since == MONDAY
    await ann.ask("What does vitamin K2 do?")
    assert (await subscription(storage)).ignored_since is None


async def test_stop_in_reply_to_a_reminder_stops(ann: Person, storage: Storage, reminder: Shown) -> None:
    ann.account.say("stop these please", reply_to=ann.chat.messages[reminder.id])
    assert "no longer send you exercise" in (await ann.sees()).text
    assert (await subscription(storage)).standing == Standing.STOPPED


async def test_settings_open_the_page_below(ann: Person, reminder: Shown) -> None:
    ann.tap(reminder.data("Settings"), reminder.id)
    page = await ann.sees()
    assert page.id != reminder.id
    assert page.text.startswith("Your reminders")


async def test_the_question_after_three_weeks_is_answered(ann: Person, storage: Storage, question: Shown) -> None:
    assert question.labels == [texts.GO_ON, texts.NO_MORE]
    assert (await subscription(storage)).standing == Standing.ASKING
    on = await ann.press(texts.GO_ON, question)
    assert on.texts("tg-time") == ["Monday, 7 December, 09:00"]
    assert (await subscription(storage)).standing == Standing.ACTIVE
    ann.tap(question.data(texts.NO_MORE), question.id)
    assert "no longer send you exercise" in (await ann.sees()).text
    assert (await subscription(storage)).standing == Standing.STOPPED


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize(("word", "standing"), [("yes please", Standing.ACTIVE), ("no thanks", Standing.STOPPED)])
async def test_the_question_after_three_weeks_is_answered_in_words(
    ann: Person, storage: Storage, clock: StillClock, word: str, standing: Standing
) -> None:
    clock.at += timedelta(days=1)
    await ann.ask(word)
    assert (await subscription(storage)).standing == standing


@pytest.mark.usefixtures("question")
async def test_a_yes_long_after_the_question_is_no_answer_to_it(
    ann: Person, storage: Storage, clock: StillClock
) -> None:
    clock.at += timedelta(days=4)
    await ann.ask("yes")
    assert (await subscription(storage)).standing == Standing.ASKING


async def test_buttons_after_a_stop_or_under_an_old_one_are_a_polite_no(
    ann: Person, storage: Storage, reminder: Shown, clock: StillClock
) -> None:
    clock.at += timedelta(weeks=1)
    newer = await ann.sees()
    assert newer.id != reminder.id
    ann.tap(reminder.data("Later"), reminder.id)
    await ann.answered()
    polite = await ann.sees()
    while polite.id in (reminder.id, newer.id):  # its buttons were closed meanwhile
        polite = await ann.sees()
    assert polite.text == texts.NO_CHOICE
    await storage.reminders.plan(ANN, Stream.EXERCISE, silent(stopped))
    assert (await ann.press("Later", newer)).text == texts.NO_CHOICE


async def test_nobody_presses_the_buttons_of_another(
    ann: Person, telegram: Emulator, storage: Storage, reminder: Shown
) -> None:
    assert ann
    bob = telegram.person(8)
    hello = await bob.ask("/help")
    for label in ("Done", "Later", "Not this week", "Why?"):
        bob.tap(reminder.data(label), hello.id)
        await bob.answered()
        assert (await bob.sees()).text == texts.RESPONSES[Response.OLD]
    assert [row.mark for row in await rows(storage)] == [None]


@pytest.mark.parametrize(
    "data",
    ["D:1/2", "D:1/2/3/4", "L:1/1795939200/0/never", "L:1/1795939200/0/hour/hour", "Y:", "D:-1/0/0", "U:x/y/z",
     "G:99999999999/1795939200/0", "K:1/99999999999999/0", "\\x00\\xff", "D"],
)  # fmt: skip
async def test_what_somebody_made_up_is_stale(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert (await ann.answered())["show_alert"]


async def test_progress_is_a_quiet_picture_with_words(ann: Person, reminder: Shown) -> None:
    await ann.press("Done", reminder)
    shown = await ann.ask("/progress")
    assert shown.text == (
        "Exercise: the one week with a reminder is marked as done. Nutrition: no reminders in the last 12 weeks."
    )
    assert shown.picture
    assert Image.open(BytesIO(shown.picture)).width == 1080


async def test_without_a_reminder_there_is_no_progress_and_that_is_said_kindly(ann: Person) -> None:
    assert (await ann.ask("/progress")).text == texts.NO_PROGRESS
