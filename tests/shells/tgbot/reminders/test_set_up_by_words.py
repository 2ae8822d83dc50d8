"""Reminders are set up in words, as a person sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ports import Storage
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from tests.shells.tgbot.emulator import Person
from tests.shells.tgbot.reminders.conftest import WISH, plans, set_up, subscriptions, times_in
from tests.still_clock import StillClock


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


@pytest.mark.parametrize(
    "said", ["my chest hurts and I cannot breathe", "What does vitamin K2 do?", "show my reminders"]
)
@pytest.mark.parametrize("wish", [WISH, "pause the exercise reminders until 3 january"])
async def test_a_yes_after_something_else_may_be_meant_for_that_and_confirms_nothing_unseen(
    ann: Person, storage: Storage, said: str, wish: str
) -> None:
    await ann.ask(WISH)
    await ann.ask("London")
    if wish != WISH:
        await ann.ask("yes")
        await ann.ask(wish)
    before = await subscriptions(storage)
    await ann.ask(said)
    assert setup_texts.LEFT in (await ann.ask("yes")).text
    assert await subscriptions(storage) == before
    await ann.ask("yes")
    assert await subscriptions(storage) != before


async def test_a_button_under_what_was_left_means_what_it_says(ann: Person, storage: Storage) -> None:
    await ann.ask(WISH)
    confirm = await ann.ask("London")
    await ann.ask("What does vitamin K2 do?")
    await ann.press("Yes, remind me", confirm)
    assert Stream.EXERCISE in await plans(storage)


@pytest.mark.parametrize("hours", [0, 2])
async def test_a_word_of_praise_confirms_nothing_that_was_left(
    ann: Person, clock: StillClock, storage: Storage, hours: int
) -> None:
    await ann.ask(WISH)
    await ann.ask("London")
    clock.at += timedelta(hours=hours)
    await ann.ask("What does vitamin K2 do?")
    assert setup_texts.LEFT not in (await ann.ask("great")).text
    assert await plans(storage) == {}


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
