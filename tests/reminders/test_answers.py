"""Short answers to what is asked while reminders are set up."""

from dataclasses import replace
from datetime import date

import pytest

from bot.reminders.answers import Consent, answered, is_bare, read_consent
from bot.reminders.command import Action
from bot.reminders.draft import Asking, Draft, Plan
from bot.reminders.streams import Stream
from bot.reminders.words import ReminderWords

TODAY = date(2026, 11, 26)
EXERCISE, NUTRITION = Stream
NO_DAYS = Draft(Action.SUBSCRIBE, (Plan(EXERCISE),))
NO_TIME = Draft(Action.SUBSCRIBE, (Plan(EXERCISE, (2,)),))
FULL = Draft(Action.SUBSCRIBE, (Plan(EXERCISE, (2,), 540),), "Europe/London")
PAUSE = Draft(Action.PAUSE, (Plan(EXERCISE, (2,), 540),))


@pytest.mark.parametrize(
    ("text", "streams"),
    [
        ("exercise", (EXERCISE,)),
        ("both please", (EXERCISE, NUTRITION)),
        ("food", (NUTRITION,)),
        ("exercise and nutrition", (EXERCISE, NUTRITION)),
        ("is walking enough", None),
        ("what is the difference?", None),
    ],
)
def test_streams(text: str, streams: tuple[Stream, ...] | None, words: ReminderWords) -> None:
    after = answered(Draft(Action.SUBSCRIBE), text, words, TODAY)
    assert (after and after.streams) == streams


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("tuesday", Plan(EXERCISE, (2,))),
        ("every tuesday at 7pm", Plan(EXERCISE, (2,), 1140)),
        ("mon, wed & fri", Plan(EXERCISE, (1, 3, 5))),
        ("weekdays", Plan(EXERCISE, (1, 2, 3, 4, 5))),
        ("how often should I exercise in a week?", None),
        ("I walk on mondays with my dog", None),
        ("what does vitamin k2 do", None),
    ],
)
def test_weekdays(text: str, plan: Plan | None, words: ReminderWords) -> None:
    after = answered(NO_DAYS, text, words, TODAY)
    assert (after and after.plans) == (plan and (plan,))


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("9am", 540),
        ("19:30", 1170),
        ("7 in the evening", 1140),
        ("noon", 720),
        ("around 7 pm please", 1140),
        ("my bones hurt at 7pm", None),
        ("vitamin d 1000", None),
        ("25", None),
    ],
)
def test_times(text: str, minute: int | None, words: ReminderWords) -> None:
    after = answered(NO_TIME, text, words, TODAY)
    assert (after and after.plans[0].minute) == minute


@pytest.mark.parametrize("text", ["7", "seven", "at 7", "seven o'clock"])
@pytest.mark.parametrize(
    ("half", "minute"), [("in the morning", 420), ("am", 420), ("evening", 1140), ("pm", 1140), ("8pm", 1200)]
)
def test_an_open_hour_is_asked_about(text: str, half: str, minute: int, words: ReminderWords) -> None:
    is_open = answered(NO_TIME, text, words, TODAY)
    assert is_open
    assert (is_open.asks, is_open.minutes) == (Asking.TIME, (420, 1140))
    after = answered(is_open, half, words, TODAY)
    assert after
    assert after.plans[0].minute == minute


def test_what_is_complete_is_corrected_in_a_word(words: ReminderWords) -> None:
    after = answered(FULL, "fridays at 8pm", words, TODAY)
    assert after
    assert (after.asks, after.plans) == (Asking.CONFIRM, (Plan(EXERCISE, (5,), 1200),))


@pytest.mark.parametrize("text", ["actually thursday", "sorry, I meant Thursday", "hmm, thursday then"])
def test_a_correction_may_say_that_it_is_one(text: str, words: ReminderWords) -> None:
    after = answered(FULL, text, words, TODAY)
    assert after
    assert after.plans[0].weekdays == (4,)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("the time", Asking.TIME),
        ("Day", Asking.WEEKDAYS),
        ("time zone", Asking.ZONE),
        ("my city", Asking.ZONE),
    ],
)
def test_what_shall_be_different_may_be_said_in_a_word(text: str, asks: Asking, words: ReminderWords) -> None:
    after = answered(replace(FULL, anew=Asking.DIFFERENT), text, words, TODAY)
    assert after
    assert after.asks == asks


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("two weeks", date(2026, 12, 10)),
        ("until monday", date(2026, 11, 30)),
        ("7 december", date(2026, 12, 7)),
        ("christmas", date(2026, 12, 25)),
    ],
)
def test_the_end_of_a_pause(text: str, until: date, words: ReminderWords) -> None:
    after = answered(PAUSE, text, words, TODAY)
    assert after
    assert after.until == until


def test_a_pause_may_be_left_open(words: ReminderWords) -> None:
    after = answered(PAUSE, "until I say so", words, TODAY)
    assert after
    assert after.is_open
    assert answered(PAUSE, "why", words, TODAY) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("pause until christmas", True),
        ("remind me to exercise every tuesday at 7pm please", True),
        ("remind me to exercise, I feel faint", False),
        ("pause, I am bleeding", False),
    ],
)
def test_a_wish_with_nothing_beside_it_is_known(text: str, bare: bool, words: ReminderWords) -> None:
    assert is_bare(text, words) == bare


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("Yes, please!", Consent(yes=True, is_plain=True)),
        ("ok", Consent(yes=True)),
        ("no", Consent()),
        ("Never mind.", Consent(out=True)),
        ("No, thanks", Consent(out=True)),
        ("yes but what is calcium", None),
        ("", None),
    ],
)
def test_consent(text: str, consent: Consent | None) -> None:
    assert read_consent(text) == consent
