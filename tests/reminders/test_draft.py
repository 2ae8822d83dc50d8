"""What is asked next, and what an answer changes."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.reminders.command import Action
from bot.reminders.draft import (
    Asking,
    Draft,
    Plan,
    asking_anew,
    with_minute,
    with_minutes,
    with_streams,
    with_until,
    with_weekdays,
    with_zone,
    with_zones,
)
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream

EXERCISE, NUTRITION = Stream
LONDON = "Europe/London"
FULL = Draft(Action.SUBSCRIBE, (Plan(EXERCISE, (2,), 540),), LONDON)


def test_it_asks_for_what_is_missing_in_order() -> None:
    steps: list[Callable[[Draft], Draft]] = [
        lambda it: with_streams(it, (EXERCISE,)),
        lambda it: with_weekdays(it, (2,)),
        lambda it: with_minute(it, 540),
        lambda it: with_zone(it, LONDON),
    ]
    draft, asked = Draft(Action.SUBSCRIBE), []
    for step in steps:
        asked.append(draft.asks)
        draft = step(draft)
    assert asked == [Asking.STREAMS, Asking.WEEKDAYS, Asking.TIME, Asking.ZONE]
    assert (draft.asks, draft) == (Asking.CONFIRM, FULL)


@pytest.mark.parametrize("what", [Asking.STREAMS, Asking.WEEKDAYS, Asking.TIME, Asking.ZONE])
def test_what_is_said_anew_is_asked_although_it_is_known(what: Asking) -> None:
    draft = asking_anew(asking_anew(FULL, Asking.DIFFERENT), what)
    assert draft.asks == what
    assert asking_anew(draft, Asking.CONFIRM) == FULL


def test_another_answer_does_not_settle_what_is_asked() -> None:
    assert with_minute(asking_anew(FULL, Asking.ZONE), 600).asks == Asking.ZONE
    assert with_weekdays(asking_anew(FULL, Asking.DIFFERENT), (3,)).asks == Asking.CONFIRM


def test_a_plan_that_lacks_something_gets_it_and_the_other_stays() -> None:
    draft = Draft(Action.SUBSCRIBE, (Plan(EXERCISE, (6,), 540), Plan(NUTRITION)))
    assert with_weekdays(draft, (3,)).plans == (Plan(EXERCISE, (6,), 540), Plan(NUTRITION, (3,)))
    assert [plan.weekdays for plan in with_weekdays(with_weekdays(draft, (3,)), (1,)).plans] == [(1,), (1,)]


def test_a_stream_that_is_added_takes_over_what_is_said_already() -> None:
    assert with_streams(FULL, (EXERCISE, NUTRITION)).plans == (FULL.plans[0], Plan(NUTRITION, (2,), 540))


def test_what_may_mean_several_things_is_asked() -> None:
    assert with_minutes(FULL, (420, 1140)).asks == Asking.TIME
    assert with_minutes(FULL, (420,)).plans[0].minute == 420
    assert with_zones(FULL, (LONDON, "America/Chicago"), ask=True).asks == Asking.ZONE
    assert with_zones(FULL, (), ask=False).asks == Asking.ZONE
    assert with_zones(FULL, ("Asia/Tokyo",), ask=False).zone == "Asia/Tokyo"


@pytest.mark.parametrize("until", [date(2026, 12, 7), None])
def test_a_pause_asks_for_its_end_unless_it_has_none(until: date | None) -> None:
    pause = Draft(Action.PAUSE, FULL.plans)
    assert pause.asks == Asking.UNTIL
    assert with_until(pause, until).asks == Asking.CONFIRM


def test_a_schedule_comes_of_what_is_complete_only() -> None:
    assert FULL.schedule_of(FULL.plans[0]) == Schedule((2,), 540, LONDON)
    with pytest.raises(TypeError):
        FULL.schedule_of(Plan(EXERCISE, (2,)))


def test_the_stamp_is_another_one_when_something_else_would_be_done() -> None:
    others = [with_minute(FULL, 600), with_zone(FULL, "Asia/Tokyo"), with_weekdays(FULL, (3,)), with_until(FULL, None)]
    assert len({FULL.stamp, *(other.stamp for other in others)}) == 5
    assert asking_anew(FULL, Asking.ZONE).stamp == FULL.stamp
