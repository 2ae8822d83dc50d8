"""When a weekly reminder falls due.

What a person asked for is a time on the wall of their own home: a weekday, a minute, and a zone of the IANA database.
That is kept, and instants are worked out from it, for laws move clocks at short notice. A time that the clocks skip
falls due as much later as they jump, and one that comes twice falls due the first time only (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Schedule:
    """Once a week, by the clock on the wall. Raises ValueError for a weekday or minute that there is not."""

    weekday: int
    """ISO: 1 is Monday, 7 is Sunday."""
    minute: int
    """Of the day, from 0 to 1439."""
    zone: str
    """A key of the IANA database, such as "Europe/London"."""

    def __post_init__(self) -> None:
        if not (1 <= self.weekday <= 7 and 0 <= self.minute < DAY_MINUTES):
            raise ValueError(f"weekday {self.weekday}, minute {self.minute}: a weekday is 1 to 7, a minute 0 to 1439")


def resolve(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in the zone show the minute of that day."""
    # With fold=0 zoneinfo takes the offset from before a change: right in a gap as well as for a time that comes twice.
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone).astimezone(UTC)


def next_occurrence(schedule: Schedule, *, after: datetime) -> datetime:
    """The first instant, in UTC, strictly after the aware `after`. Raises ZoneInfoNotFoundError, and OverflowError."""
    return next(_from(schedule, after))


def occurrences(schedule: Schedule, *, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield each instant, in UTC, at which the schedule falls due, oldest first; one for each week of local dates.

    `after` is left out and `until` counts; both are aware.
    """
    for occurrence in _from(schedule, after):
        if occurrence > until:
            return
        yield occurrence


def _from(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(schedule.zone)
    today = after.astimezone(zone).date()
    # A week back: where a whole day is skipped, what was due then comes a day after its date, and is still ahead.
    day = today - timedelta(days=(today.isoweekday() - schedule.weekday) % 7) - WEEK
    while True:
        occurrence = resolve(day, schedule.minute, zone)
        if occurrence > after:
            yield occurrence
        day += WEEK
