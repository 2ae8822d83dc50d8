"""From what was said to a draft."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.reminders.command import Action, Command
from bot.reminders.draft import Asking, Draft, Plan
from bot.reminders.plans import Wish, paused, wished
from bot.reminders.records import Standing, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.setup import begun, changing, is_put_off, is_revision, less, near, revised, upcoming
from bot.reminders.streams import Stream
from bot.reminders.told import told_days, told_schedule, told_zone

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
EXERCISE, NUTRITION = Stream
TUESDAYS = Schedule((2,), 1140, "Europe/London")


def subscription(stream: Stream = EXERCISE, schedule: Schedule = TUESDAYS, **values: object) -> Subscription:
    change = wished(Wish(7, stream, schedule), timedelta(0), None, None, NOW)
    assert change.subscription
    return replace(change.subscription, **values)  # type: ignore[arg-type]


def test_a_wish_that_names_no_stream_asks_for_it_and_keeps_what_it_says() -> None:
    draft = begun(Command(Action.SUBSCRIBE, (), (2,), 540), [], NOW)
    assert draft.asks == Asking.STREAMS
    assert draft.plans == (Plan(EXERCISE, (2,), 540), Plan(NUTRITION, (2,), 540))
    assert begun(Command(Action.SUBSCRIBE), [], NOW) == Draft(Action.SUBSCRIBE)


def test_the_zone_of_another_plan_is_proposed() -> None:
    draft = begun(Command(Action.SUBSCRIBE, (NUTRITION,), (7,), 600), [subscription()], NOW)
    assert (draft.zone, draft.zone_is_known, draft.asks) == ("Europe/London", True, Asking.CONFIRM)


def test_a_change_keeps_what_is_not_said() -> None:
    both = [subscription(), subscription(NUTRITION, Schedule((7,), 600, "Europe/London"))]
    draft = begun(Command(Action.CHANGE, (), None, 480), both, NOW)
    assert draft.plans == (Plan(EXERCISE, (2,), 480), Plan(NUTRITION, (7,), 480))


def test_a_change_of_nothing_begins_something() -> None:
    draft = begun(Command(Action.CHANGE, (EXERCISE,), (5,)), [], NOW)
    assert (draft.action, draft.asks) == (Action.SUBSCRIBE, Asking.TIME)


def test_what_rests_is_resumed_and_what_was_stopped_is_set_up_again() -> None:
    command = Command(Action.RESUME)
    assert begun(command, [subscription(standing=Standing.PAUSED)], NOW).action is Action.RESUME
    again = begun(command, [subscription(standing=Standing.STOPPED)], NOW)
    until = paused(date(2026, 12, 24), subscription(), None, NOW).subscription
    assert until
    assert begun(command, [until], NOW).action is Action.RESUME
    assert (again.action, again.asks, again.plans) == (Action.SUBSCRIBE, Asking.CONFIRM, (Plan(EXERCISE, (2,), 1140),))


def test_a_further_word_revises_the_same_streams_only() -> None:
    draft = begun(Command(Action.SUBSCRIBE, (EXERCISE,), (2,), 540), [], NOW)
    later = Command(Action.CHANGE, (), None, 600)
    assert is_revision(draft, later)
    assert revised(draft, later).plans == (Plan(EXERCISE, (2,), 600),)
    assert not is_revision(draft, Command(Action.SUBSCRIBE, (NUTRITION,), (7,)))
    assert not is_revision(draft, Command(Action.STOP))


def test_one_part_is_said_anew_of_what_there_is() -> None:
    assert changing(Asking.TIME, [EXERCISE], [subscription()]).asks == Asking.TIME
    assert changing(Asking.TIME, [NUTRITION], [subscription()]).plans == ()


@pytest.mark.parametrize(
    ("weekdays", "left"), [(None, [()]), ((2,), [(7,)]), ((2, 7), [()]), ((3,), [])], ids=["all", "one", "both", "none"]
)
def test_a_stop_leaves_the_days_that_it_does_not_name(
    weekdays: tuple[int, ...] | None, left: list[tuple[int, ...]]
) -> None:
    it = subscription(schedule=replace(TUESDAYS, weekdays=(2, 7)))
    assert less(Command(Action.STOP, (), weekdays), [it]) == [(it, days) for days in left]


def test_the_next_dates_leave_out_a_day_that_has_had_its_reminder() -> None:
    it = subscription(last_day=date(2026, 12, 1))
    days = [at.day for at in upcoming(Wish(7, EXERCISE, replace(TUESDAYS, minute=1200)), it, NOW)]
    assert days == [8, 15, 22]


def test_a_pause_with_an_end_is_seen() -> None:
    it = subscription()
    assert not is_put_off(it, NOW)
    after = paused(date(2026, 12, 9), it, None, NOW).subscription
    assert after
    assert is_put_off(after, NOW)


def test_other_times_are_near_and_of_the_same_day() -> None:
    assert near(545)[:4] == [555, 525, 570, 510]
    assert near(545)[-1] == 20 * 60 + 45, "the last one before the quiet hours"
    assert min(near(545)) == 7 * 60
    assert near(6 * 60)[:2] == [6 * 60 + 15, 6 * 60 + 30], "and none that is earlier still"
    assert near(22 * 60)[:2] == [21 * 60 + 45, 21 * 60 + 30]


@pytest.mark.parametrize(
    ("weekdays", "told"),
    [
        ((2,), "Tuesdays"),
        ((2, 5), "Tuesdays and Fridays"),
        ((1, 3, 5), "Mondays, Wednesdays and Fridays"),
        ((1, 2, 3, 4, 5), "Mondays to Fridays"),
        ((1, 2, 3, 4, 5, 6, 7), "every day"),
    ],
)
def test_days_are_told_as_people_say_them(weekdays: tuple[int, ...], told: str) -> None:
    assert told_days(weekdays) == told


def test_zones_are_told_by_their_city() -> None:
    assert told_schedule(TUESDAYS) == "Tuesdays, around 19:00, London time"
    assert told_zone("America/Argentina/Buenos_Aires") == "Buenos Aires time"
    assert told_zone("Etc/UTC") == "UTC"
