"""When a weekly reminder falls due.

What a person asked for is a time on the wall of their own home: weekdays, a minute, and a zone of the IANA database.
That is kept, and instants are worked out from it, for laws move clocks at short notice. A time that the clocks skip
falls due as much later as they jump, and one that comes twice falls due the first time only (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every week, by the clock on the wall. Raises ValueError for a weekday or minute that there is not, or no day."""

    weekdays: tuple[int, ...]
    """ISO, in order: 1 is Monday, 7 is Sunday."""
    minute: int
    """Of the day, from 0 to 1439."""
    zone: str
    """A key of the IANA database, such as "Europe/London"."""

    def __post_init__(self) -> None:
        if not self.weekdays or list(self.weekdays) != sorted({day for day in self.weekdays if 1 <= day <= 7}):
            raise ValueError(f"weekdays {self.weekdays}: at least one, from 1 to 7, each once and in order")
        if not 0 <= self.minute < DAY_MINUTES:
            raise ValueError(f"minute {self.minute}: from 0 to 1439")

    @property
    def zone_info(self) -> ZoneInfo:
        """Raises ZoneInfoNotFoundError."""
        return ZoneInfo(self.zone)

    def falls_due(self, day: date) -> datetime:
        """The instant, in UTC, that the schedule means on this day of its zone, be it one of its weekdays or not."""
        return resolve(day, self.minute, self.zone_info)

    def next_day(self, after: date) -> date:
        """The first of its days after this one."""
        return next(day for day in _days(after + DAY) if day.isoweekday() in self.weekdays)


def resolve(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in the zone show the minute of that day."""
    # With fold=0 zoneinfo takes the offset from before a change: right in a gap as well as for a time that comes twice.
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone).astimezone(UTC)


def first_day(schedule: Schedule, *, after: datetime) -> date:
    """The first of its days on which it falls due strictly after the aware `after`. Raises ZoneInfoNotFoundError."""
    # A week back: where a whole day is skipped, what was due then comes a day after its date, and is still ahead.
    start = after.astimezone(schedule.zone_info).date() - WEEK
    return next(
        day for day in _days(start) if day.isoweekday() in schedule.weekdays and schedule.falls_due(day) > after
    )


def next_occurrence(schedule: Schedule, *, after: datetime) -> datetime:
    """The first instant, in UTC, strictly after the aware `after`. Raises ZoneInfoNotFoundError, and OverflowError."""
    return schedule.falls_due(first_day(schedule, after=after))


def occurrences(schedule: Schedule, *, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield each instant, in UTC, at which the schedule falls due, oldest first; one for each of its local days.

    `after` is left out and `until` counts; both are aware. Two days that a jump over the date line makes one are one.
    """
    day = first_day(schedule, after=after)
    while (due := schedule.falls_due(day)) <= until:
        if due > after:
            yield due
            after = due
        day = schedule.next_day(day)


def _days(start: date) -> Iterator[date]:
    while True:
        yield start
        start += DAY
