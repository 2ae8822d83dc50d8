"""Reminders are set up, changed, paused and stopped, as a person sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap import Core
from bot.ports import Storage
from bot.reminders.records import Standing, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.shells.tgbot import reminder_texts as texts
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import running
from tests.shells.tgbot.emulator import Emulator, Person, Shown
from tests.still_clock import StillClock

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WISH = "remind me to exercise every tuesday at 7pm"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(THURSDAY)


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
    return await ann.press(setup_texts.YES[next(a for a in setup_texts.YES if a == "subscribe")], confirm)


def times_in(shown: Shown) -> list[str]:
    return shown.texts("tg-time")


# By words


async def test_words_ask_only_for_what_is_missing_and_count_after_the_confirmation(
    ann: Person, storage: Storage
) -> None:
    where = await ann.ask(WISH)
    assert setup_texts.ASK_ZONE in where.text
    confirm = await ann.ask("Leeds")
    assert "Exercise: Tuesdays, around 19:00 (up to 15 minutes later), London time" in confirm.text
    assert times_in(confirm) == [f"Tuesday, {day} December, 19:00" for day in (1, 8, 15)]
    assert await plans(storage) == {}
    done = await ann.press("Yes, remind me", confirm)
    assert setup_texts.CONFIRMED in done.text
    assert times_in(done) == ["Tuesday, 1 December, 19:00"]
    assert await plans(storage) == {Stream.EXERCISE: Schedule((2,), 1140, "Europe/London")}
    assert await storage.drafts.load(7) is None


async def test_all_can_be_said_in_words_one_after_the_other(ann: Person, storage: Storage) -> None:
    assert setup_texts.ASK_STREAMS in (await ann.ask("remind me please")).text
    assert "On which days" in (await ann.ask("both")).text
    assert setup_texts.ASK_TIME in (await ann.ask("Mondays and Fridays")).text
    half = await ann.ask("half past seven")
    assert half.text == setup_texts.ASK_HALF
    assert half.labels == ["07:30", "19:30", "Cancel"]
    assert setup_texts.ASK_ZONE in (await ann.ask("in the morning")).text
    confirm = await ann.ask("near Munich")
    assert "Exercise and nutrition: Mondays and Fridays, around 07:30" in confirm.text
    await ann.ask("yes please")
    assert await plans(storage) == dict.fromkeys(Stream, Schedule((1, 5), 450, "Europe/Berlin"))


async def test_a_place_in_the_wish_is_taken_and_one_that_may_mean_several_clocks_is_asked(ann: Person) -> None:
    assert "London time" in (await ann.ask("remind me of nutrition on sundays at 10:00 London time")).text
    which = await ann.ask("change the time zone to Birmingham")
    assert which.text == setup_texts.ASK_WHICH_ZONE
    assert which.labels[:2] == ["London (now 12:00)", "Chicago (now 06:00)"]
    confirm = await ann.press("Chicago (now 06:00)", which)
    assert "Chicago time" in confirm.text
    assert times_in(confirm)[0] == "Sunday, 29 November, 10:00"


async def test_a_plan_for_each_stream_is_understood(ann: Person, storage: Storage) -> None:
    await set_up(ann, "remind me of nutrition on wednesday at 8am and of exercise on saturday at 9am")
    assert await plans(storage) == {
        Stream.EXERCISE: Schedule((6,), 540, "Europe/London"),
        Stream.NUTRITION: Schedule((3,), 480, "Europe/London"),
    }


async def test_what_is_no_answer_goes_to_the_dialogue_and_the_set_up_goes_on(ann: Person) -> None:
    await ann.ask(WISH)
    for question in ("What does vitamin K2 do?", "calcium", "how much weight-bearing exercise do I need?"):
        assert setup_texts.ASK_ZONE not in (answer := await ann.ask(question)).text
        assert "article" in answer.text or answer.texts("blockquote")
    assert "London time" in (await ann.ask("London")).text


async def test_a_place_that_nobody_knows_is_asked_again(ann: Person) -> None:
    await ann.ask(WISH)
    assert setup_texts.NO_ZONE in (await ann.ask("Xqzzyvx")).text


async def test_another_place_is_heard_where_a_wrong_zone_is_seen(ann: Person) -> None:
    await ann.ask(WISH)
    assert "London time" in (await ann.ask("Leeds")).text
    assert "Sydney time" in (await ann.ask("Sydney")).text
    assert setup_texts.ASK_DIFFERENT in (await ann.ask("no")).text
    assert "Berlin time" in (await ann.ask("Munich")).text
    assert "time zone" not in (await ann.ask("what does magnesium do")).text


async def test_an_emergency_in_the_middle_wins(ann: Person, storage: Storage) -> None:
    await ann.ask(WISH)
    assert "112" in (await ann.ask("my left leg is swollen and I cannot breathe")).text
    assert "London time" in (await ann.ask("London")).text
    assert "112" in (await ann.ask("my chest hurts badly, remind me to exercise on monday at 9am")).text
    assert await plans(storage) == {}


async def test_a_set_up_is_corrected_in_words(ann: Person, storage: Storage) -> None:
    await ann.ask(WISH)
    await ann.ask("London")
    older = await ann.ask("make it 8pm")
    assert "around 20:00" in older.text
    newer = await ann.ask("fridays")
    assert "Fridays, around 20:00" in newer.text
    shown = await ann.press("Yes, remind me", older)
    assert "Fridays, around 20:00" in shown.text, "what another message shows is not done, but shown"
    assert await plans(storage) == {}
    different = await ann.ask("no")
    assert different.text == setup_texts.ASK_DIFFERENT
    await ann.ask("7:30 pm")
    await ann.ask("yes")
    assert (await plans(storage))[Stream.EXERCISE].minute == 1170


@pytest.mark.parametrize("word", ["cancel", "never mind", "no thanks", "stop"])
async def test_who_wants_out_of_the_set_up_gets_out(ann: Person, storage: Storage, word: str) -> None:
    await ann.ask(WISH)
    assert setup_texts.CANCELLED in (await ann.ask(word)).text
    assert await storage.drafts.load(7) is None


async def test_a_draft_is_dead_after_an_hour(ann: Person, clock: StillClock, storage: Storage) -> None:
    await ann.ask(WISH)
    confirm = await ann.ask("London")
    clock.at += timedelta(hours=2)
    assert setup_texts.TOO_OLD in (await ann.press("Yes, remind me", confirm)).text
    assert await plans(storage) == {}


async def test_a_yes_that_comes_too_late_is_told_so_and_asked_again(
    ann: Person, clock: StillClock, storage: Storage
) -> None:
    await ann.ask(WISH)
    await ann.ask("London")
    clock.at += timedelta(hours=2)
    again = await ann.ask("yes")
    assert setup_texts.LEFT in again.text
    assert await plans(storage) == {}
    await ann.ask("yes")
    assert Stream.EXERCISE in await plans(storage)


async def test_a_yes_on_another_day_is_none(ann: Person, clock: StillClock, storage: Storage) -> None:
    await ann.ask(WISH)
    await ann.ask("London")
    clock.at += timedelta(hours=25)
    assert setup_texts.LEFT not in (await ann.ask("yes")).text
    assert await plans(storage) == {}


async def test_who_has_moved_is_shown_the_dates_by_the_new_clock(ann: Person, storage: Storage) -> None:
    await ann.ask("I moved to Madrid")
    assert await storage.drafts.load(7) is None  # there is nothing yet of which the zone could change
    await ann.ask(WISH)
    await ann.ask("London")
    await ann.ask("yes")
    confirm = await ann.ask("I moved to Madrid")
    assert confirm.texts("tg-time")[0] == "Tuesday, 1 December, 19:00"
    assert (await plans(storage))[Stream.EXERCISE].zone == "Europe/London"
    await ann.ask("yes")
    assert (await plans(storage))[Stream.EXERCISE].zone == "Europe/Madrid"


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("remind me to take my raloxifene every day at 8", "medicine"),
        ("remind me tomorrow at 9 to exercise", "one_off"),
        ("remind me every two weeks to exercise", "fortnightly"),
        ("remind me to exercise once a month", "monthly"),
        ("remind me to drink water every day", "other"),
    ],
)
async def test_what_we_cannot_do_is_said_kindly(ann: Person, wish: str, reason: str) -> None:
    told = {key.value: text for key, text in setup_texts.REASONS.items()}
    assert (await ann.ask(wish)).text == told[reason]


@pytest.mark.parametrize("place", ["I live in Spain", "Spain"])
async def test_a_place_in_a_sentence_of_plain_words_is_found(ann: Person, place: str) -> None:
    await ann.ask(WISH)
    assert (await ann.ask(place)).labels[:2] == ["Madrid (now 13:00)", "Canary (now 12:00)"]


# By buttons


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


# Changes


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


# Stopping


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


# The rest


async def test_high_impact_is_opted_into_below_the_caution(ann: Person, storage: Storage, core: Core) -> None:
    await set_up(ann)
    caution = await ann.press(texts.HIGH_IMPACT[False], await ann.ask("/reminders"))
    theme = core.reminders.caution
    assert theme
    excerpts = [core.knowledge.article.excerpt(pointer) for pointer in theme.caution]
    assert "Should be approached with caution based on individual fracture risk." in caution.texts("blockquote")[0]
    assert excerpts[0].passage.section in caution.text
    assert not (await subscriptions(storage))[0].high_impact
    included = await ann.press(texts.CAUTION_YES, caution)
    assert (await subscriptions(storage))[0].high_impact
    await ann.press(texts.CAUTION_NO, await ann.press(texts.HIGH_IMPACT[True], included))
    assert not (await subscriptions(storage))[0].high_impact


async def test_how_it_works_is_told_openly(ann: Person) -> None:
    told = await ann.press(texts.HOW, await ann.ask("/reminders"))
    for word in ("at most 15 minutes later", "Between 21:00 and 7:00", "three weeks", "400 days"):
        assert word in told.text
    assert (await ann.press(texts.BACK, told)).labels[-1] == texts.HOW


async def test_groups_have_no_reminders(telegram: Emulator, storage: Storage) -> None:
    family = telegram.person(-5)
    for text in ("/reminders@osteon_bot", "/progress@osteon_bot", f"@osteon_bot {WISH}"):
        assert (await family.ask(text)).text == texts.PRIVATE_ONLY
    assert await storage.reminders.of_chat(-5) == []


async def test_blocked_is_resting_and_unblocked_is_asked(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    ann.account.block()
    ann.account.unblock()
    asked = await ann.sees()
    assert asked.text == texts.AFTER_BLOCK.format(streams="exercise")
    assert [it.standing for it in await subscriptions(storage)] == [Standing.BLOCKED]
    on = await ann.press(texts.GO_ON, asked)
    assert times_in(on) == ["Tuesday, 1 December, 19:00"]


async def test_unblocked_and_asked_one_may_say_yes_in_words(ann: Person) -> None:
    await set_up(ann)
    ann.account.block()
    ann.account.unblock()
    await ann.sees()
    assert times_in(await ann.ask("yes please")) == ["Tuesday, 1 December, 19:00"]


@pytest.mark.parametrize(
    "data",
    ["W:", "W:days/", "W:days/88", "W:days/21", "W:time/1440", "W:zone/mars/base", "W:change/time", "P:both/0",
     "P:both/9999", "X:all", "C:", "A:exercise", "A:exercise/", "H:maybe", "R:secrets", "S:1", "W:anew/all"],
)  # fmt: skip
async def test_what_somebody_made_up_is_stale(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert (await ann.answered())["show_alert"]


@pytest.mark.parametrize(
    "data", ["W:days/1", "W:time/540", "W:zone/europe/london", "W:yes/0", "W:ticked/1", "W:cancel"]
)
async def test_a_button_of_a_set_up_that_is_over_says_so(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert setup_texts.TOO_OLD in (await ann.sees()).text


async def test_all_that_is_kept_is_shown_and_forgotten(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    await ann.ask("move my exercise reminder to friday")
    mine = await ann.ask("/mydata")
    assert mine.file
    assert b'"subscriptions"' in mine.file[1]
    assert b'"reminder_drafts"' in mine.file[1]
    assert b"move my exercise" not in mine.file[1]
    await ann.press("Delete everything", await ann.ask("/forgetme"))
    assert await storage.chats.rows_of(7) == {}


async def test_no_word_and_no_plan_is_in_the_log(ann: Person, caplog: pytest.LogCaptureFixture) -> None:
    await set_up(ann)
    await ann.ask("stop")
    for word in ("exercise", "tuesday", "London", "1140"):
        assert word not in caplog.text
