"""Plans in plain words: "Exercise: Tuesdays and Fridays, around 09:00, London time"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.reminders.records import Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_TEXT = "January February March April May June July August September October November December"
_MONTHS = _MONTHS_TEXT.split()
_EVERY_DAY, _WORKING_DAYS = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5)
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT"})


def told_streams(streams: Sequence[Stream]) -> str:
    """Such as "exercise and nutrition"."""
    return " and ".join(streams)


def told_days(weekdays: Sequence[int]) -> str:
    """Such as "Tuesdays and Fridays", from ISO weekdays in order."""
    if tuple(weekdays) == _EVERY_DAY:
        return "every day"
    if tuple(weekdays) == _WORKING_DAYS:
        return "Mondays to Fridays"
    return joined([f"{DAY_NAMES[day - 1]}s" for day in weekdays])


def told_time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def told_zone(zone: str) -> str:
    """Such as "London time"; zones are named after a city."""
    return "UTC" if zone in _UTC else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def told_schedule(schedule: Schedule) -> str:
    return f"{told_days(schedule.weekdays)}, around {told_time(schedule.minute)}, {told_zone(schedule.zone)}"


def told_plan(subscription: Subscription) -> str:
    return f"{subscription.stream.label}: {told_schedule(subscription.schedule)}"


def told_day(day: date) -> str:
    """Such as "Monday, 7 December"."""
    return f"{DAY_NAMES[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]}"


def told_instant(wall: datetime) -> str:
    """Such as "Monday, 7 December, 09:00", for an instant as the clock there shows it."""
    return f"{told_day(wall.date())}, {wall:%H:%M}"


def joined(parts: Sequence[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
