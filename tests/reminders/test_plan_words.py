"""The plan that a message names: days, a time, several plans, and what is no part of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.days import days_of
from bot.reminders.plan_words import minute_of
from bot.reminders.streams import Stream
from bot.reminders.tokens import read
from bot.reminders.wording import Action, Command, understand
from bot.reminders.words import ReminderWords

TODAY = date(2026, 11, 26)
"""A Thursday."""
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
EXERCISE, NUTRITION = Stream.EXERCISE, Stream.NUTRITION


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("7pm", "19:00"),
        ("1945", "19:45"),
        ("since 1945", None),
        ("1200 mg", None),
        ("645a", "06:45"),
        ("in the evenings about six", "18:00"),
        ("7 p.m.", "19:00"),
        ("19:00", "19:00"),
        ("at 7.30", "07:30"),
        ("1930", "19:30"),
        ("17h", "17:00"),
        ("18 Uhr", "18:00"),
        ("6 30 pm", "18:30"),
        ("half past six in the evening", "18:30"),
        ("quarter to eight in the morning", "07:45"),
        ("twenty to one in the afternoon", "12:40"),
        ("ten past twelve in the afternoon", "12:10"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("nine thirty in the morning", "09:30"),
        ("7 in the morning", "07:00"),
        ("evenings, 9.15", "21:15"),
        ("seven o'clock in the evening", "19:00"),
        ("nine-ish in the evening", "21:00"),
        ("18 hours in the evening", "18:00"),
        ("0530 at night", "05:30"),
        ("3:30", None),
        ("7", None),
        ("half 7", None),
        ("quarter to eight", None),
        ("in the morning", None),
        ("25:00", None),
        ("K2 and 60%", None),
    ],
)
def test_a_time_is_read_or_left_open(words: ReminderWords, text: str, time: str | None) -> None:
    minute = minute_of(read(text, words, None), Action.SUBSCRIBE)
    assert (None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}") == time


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mondays", (1,)),
        ("mon-fri", (1, 2, 3, 4, 5)),
        ("from thursday to sunday", (4, 5, 6, 7)),
        ("sat to mon", (1, 6, 7)),
        ("M/W/F", (1, 3, 5)),
        ("weekends", (6, 7)),
        ("weekdays except wednesday", (1, 2, 4, 5)),
        ("every day but sunday", (1, 2, 3, 4, 5, 6)),
        ("wensday and thrusday", (3, 4)),
        ("most days suit me, but Friday is best", (5,)),
        ("any day but Friday", (1, 2, 3, 4, 6, 7)),
        ("in the sun", None),
        ("today", None),
    ],
)
def test_weekdays_are_read(words: ReminderWords, text: str, weekdays: tuple[int, ...] | None) -> None:
    assert days_of(read(text, words, None).tokens) == weekdays


def test_one_message_may_hold_two_plans(words: ReminderWords) -> None:
    command = understand("exercise on mondays and nutrition on fridays, both at 10am", words, TODAY)
    assert (command.streams, command.weekdays, command.minute) == ((EXERCISE,), (1,), 600)
    assert command.also == (Command(Action.SUBSCRIBE, (NUTRITION,), (5,), 600),)


def test_of_two_times_in_a_change_the_new_one_counts(words: ReminderWords) -> None:
    for text in (
        "move exercise from 7am to 9am",
        "exercise at 9am instead of 7am",
        "7am is too early, exercise at 9am",
    ):
        assert understand(text, words, TODAY).minute == 540, text


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("exercise reminder on Friday, no wait, Saturday", (6,)),
        ("move it, not on Monday but on Wednesday", (3,)),
        ("food reminder change Monday to Friday", (5,)),
        ("change the exercise reminders to Monday to Friday", (1, 2, 3, 4, 5)),
        ("exercise reminders Monday to Friday apart from Wednesday", (1, 2, 4, 5)),
        ("Tuesday clashes with my choir, can the exercise reminder come on Thursday instead", (4,)),
    ],
)
def test_a_day_that_is_declined_does_not_count(words: ReminderWords, text: str, weekdays: tuple[int, ...]) -> None:
    assert understand(text, words, TODAY).weekdays == weekdays


@pytest.mark.parametrize(
    ("text", "weekdays", "minute"),
    [
        ("I sing on Mondays. Remind me of exercise on Tuesdays, 8am", (2,), 480),
        ("we have visitors Saturday, Sunday, please remind me to exercise on Friday at 5pm", (5,), 1020),
        ("nutrition reminder Thursdays 17:15, I am at the market on Wednesdays", (4,), 1035),
        ("can you remind me of exercise on Fridays, 8am? The plumber comes on Mondays", (5,), 480),
        ("I am awake at 5am. Exercise reminder on Fridays, 9.30 am", (5,), 570),
        ("I am free on Tuesdays, remind me to exercise at 8am", (2,), 480),  # the only day that is said
    ],
)
def test_a_day_or_time_that_is_only_told_of_does_not_count(
    words: ReminderWords, text: str, weekdays: tuple[int, ...], minute: int
) -> None:
    command = understand(text, words, TODAY)
    assert (command.action, command.weekdays, command.minute) == (Action.SUBSCRIBE, weekdays, minute)


def test_i_am_is_no_time_of_day(words: ReminderWords) -> None:
    assert understand("I am free at 6 on Mondays, remind me of exercise", words, TODAY).minute is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (
            "the surgeon says I sit too much! exercise, Fridays 7:15 AM",
            Command(Action.SUBSCRIBE, (EXERCISE,), (5,), 435),
        ),
        (
            "my rota begins next week; move both to Saturday noon",
            Command(Action.CHANGE, (EXERCISE, NUTRITION), (6,), 720),
        ),
    ],
)
def test_a_plan_after_a_story_is_heard(words: ReminderWords, text: str, command: Command) -> None:
    assert understand(text, words, TODAY) == command


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("remndr 4 exercise thurs 6pm", (EXERCISE, 4, 1080)),  # some vowels left out
        ("exercise rmdr fri 2nd thing 8am", (EXERCISE, 5, 480)),  # "nd" of a number is no word
        ("snd nutr msgs sat 9am", (NUTRITION, 6, 540)),
    ],
)
def test_texted_words_are_read_in_full(words: ReminderWords, text: str, mended: tuple[Stream, int, int]) -> None:
    command = understand(text, words, TODAY)
    assert command.action is Action.SUBSCRIBE
    assert (command.streams, command.weekdays, command.minute) == ((mended[0],), (mended[1],), mended[2])


@given(
    st.sampled_from(["exercise", "nutrition"]),
    st.sets(st.integers(1, 7), min_size=1).map(sorted),
    st.integers(0, 1439),
)
def test_a_plan_that_we_render_is_read_as_itself(
    words: ReminderWords, stream: str, weekdays: list[int], minute: int
) -> None:
    days = ", ".join(f"{DAYS[day - 1]}s" for day in weekdays)
    text = f"remind me of {stream} on {days} at {minute // 60:02d}:{minute % 60:02d}"
    expected = Command(Action.SUBSCRIBE, (Stream(stream),), tuple(weekdays), minute)
    assert understand(text, words, TODAY) == expected


def test_a_plan_with_an_open_time_of_its_own_takes_none_from_the_other(words: ReminderWords) -> None:
    command = understand("exercise reminders on Mondays at 10 and nutrition on Sundays at noon", words, TODAY)
    assert [plan.minute for plan in (command, *command.also)] == [None, 720]
    command = understand("exercise reminders on Mondays and nutrition on Sundays at 9am", words, TODAY)
    assert [plan.minute for plan in (command, *command.also)] == [540, 540]
