import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.schedule import Schedule, next_occurrence, occurrences, resolve

ZONES = sorted(zoneinfo.available_timezones() - {"Factory"})
MINUTES = (0, 15, 90, 105, 120, 150, 179, 540, 1439)
zones = st.sampled_from(ZONES)
weekdays = st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days)))
schedules = st.builds(Schedule, weekdays, st.integers(0, 1439), zones)
instants = st.integers(631_152_000, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def _next(weekday: int, time: str, zone: str, after: str, count: int = 3) -> list[str]:
    hour, minute = time.split(":")
    schedule = Schedule((weekday,), int(hour) * 60 + int(minute), zone)
    start = datetime.fromisoformat(after)
    due = occurrences(schedule, after=start, until=start + timedelta(weeks=count + 2))
    return [f"{instant:%Y-%m-%dT%H:%MZ}" for instant in islice(due, count)]


def test_nine_in_the_morning_stays_nine_when_the_clocks_go_back() -> None:
    assert _next(7, "09:00", "Europe/London", "2026-10-17T12:00Z") == [
        "2026-10-18T08:00Z",
        "2026-10-25T09:00Z",
        "2026-11-01T09:00Z",
    ]


def test_a_skipped_time_is_as_much_later_as_the_clocks_jump() -> None:
    assert _next(7, "01:30", "Europe/London", "2027-03-27T12:00Z", 2) == ["2027-03-28T01:30Z", "2027-04-04T00:30Z"]
    assert _next(7, "02:15", "Australia/Lord_Howe", "2026-10-01T00:00Z", 1) == ["2026-10-03T15:45Z"]  # half an hour
    assert _next(7, "01:30", "Antarctica/Troll", "2026-03-28T12:00Z", 1) == ["2026-03-29T01:30Z"]  # two hours


def test_a_time_that_comes_twice_is_due_the_first_time_only() -> None:
    assert _next(7, "01:30", "America/New_York", "2026-10-31T12:00Z", 2) == ["2026-11-01T05:30Z", "2026-11-08T06:30Z"]
    assert _next(7, "01:30", "America/New_York", "2026-11-01T05:30Z", 1) == ["2026-11-08T06:30Z"]


def test_a_midnight_that_does_not_exist_is_not_lost() -> None:
    assert _next(5, "00:00", "Africa/Cairo", "2026-04-23T00:00Z", 2) == ["2026-04-23T22:00Z", "2026-04-30T21:00Z"]


def test_a_day_that_was_skipped_is_made_up_on_the_next() -> None:
    assert _next(5, "09:00", "Pacific/Apia", "2011-12-27T00:00Z") == [
        "2011-12-30T19:00Z",  # Saturday the 31st, nine o'clock: there was no Friday the 30th
        "2012-01-05T19:00Z",
        "2012-01-12T19:00Z",
    ]
    assert _next(5, "09:00", "Pacific/Apia", "2011-12-30T18:00Z", 1) == ["2011-12-30T19:00Z"]
    assert _next(6, "12:00", "Pacific/Kwajalein", "1993-08-19T00:00Z", 1) == ["1993-08-22T00:00Z"]


def test_two_weekdays_take_turns_and_a_skipped_day_is_not_sent_twice() -> None:
    london = Schedule((1, 4), 9 * 60, "Europe/London")
    start = datetime(2026, 3, 27, tzinfo=UTC)
    due = occurrences(london, after=start, until=start + timedelta(days=10))
    assert [f"{at:%d.%m. %H:%M}" for at in due] == ["30.03. 08:00", "02.04. 08:00"]
    apia = Schedule((5, 6), 9 * 60, "Pacific/Apia")  # there was no Friday, 30 December 2011
    start = datetime(2011, 12, 29, tzinfo=UTC)
    assert [f"{at:%d.%m.}" for at in occurrences(apia, after=start, until=start + timedelta(days=8))] == [
        "30.12.",
        "05.01.",
    ]


@pytest.mark.parametrize(
    ("weekdays", "minute"), [((0,), 0), ((8,), 0), ((2, 1), 0), ((1, 1), 0), ((), 0), ((1,), -1), ((1,), 1440)]
)
def test_a_schedule_that_cannot_be_is_refused(weekdays: tuple[int, ...], minute: int) -> None:
    with pytest.raises(ValueError, match=r"weekdays|minute"):
        Schedule(weekdays, minute, "Europe/London")


def test_a_zone_that_is_not_there_is_an_error() -> None:
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        next_occurrence(Schedule((1,), 0, "Europe/Atlantis"), after=datetime(2026, 1, 1, tzinfo=UTC))


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[datetime]:
    """Noon of each day, in UTC, before which the offset is another than a day earlier."""
    noons = [datetime(first, 1, 1, 12, tzinfo=UTC) + timedelta(days=days) for days in range(366 * (last - first))]
    for before, noon in pairwise(noons):
        if before.astimezone(zone).utcoffset() != noon.astimezone(zone).utcoffset():
            yield noon


def check_around(key: str, change: datetime) -> int:
    """Assert the whole rule over four weeks about a change, and return how many occurrences were looked at."""
    zone, count = ZoneInfo(key), 0
    local = change.astimezone(zone).date()
    for weekday in {day.isoweekday() for day in (local - timedelta(days=1), local, local + timedelta(days=1))}:
        for minute in MINUTES:
            after = change - timedelta(weeks=2)
            due = list(occurrences(Schedule((weekday,), minute, key), after=after, until=change + timedelta(weeks=2)))
            days = _days(weekday, after.astimezone(zone).date(), 7)
            assert due == [at for at in (resolve(day, minute, zone) for day in days) if after < at <= due[-1]]
            assert all(timedelta(days=5) < b - a < timedelta(days=9) for a, b in pairwise(due))
            assert all(_is_kept(at, weekday, minute, zone) for at in due)
            count += len(due)
    return count


def _days(weekday: int, about: date, count: int) -> list[date]:
    start = about - timedelta(days=(about.isoweekday() - weekday) % 7 + 7)
    return [start + timedelta(weeks=week) for week in range(count)]


def _is_kept(at: datetime, weekday: int, minute: int, zone: ZoneInfo) -> bool:
    """The wall shows what was asked for, the first time it does; or that time does not exist."""
    local = at.astimezone(zone)
    if (local.isoweekday(), local.hour * 60 + local.minute) == (weekday, minute):
        return local.fold == 0
    nominal = local.replace(tzinfo=None)
    while (nominal.isoweekday(), nominal.hour * 60 + nominal.minute) != (weekday, minute):
        nominal -= timedelta(minutes=1)
    return nominal.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != nominal


@pytest.mark.parametrize("part", range(8))
def test_in_every_zone_each_week_has_one_occurrence_around_every_change_of_its_clocks(part: int) -> None:
    seen = sum(check_around(key, at) for key in ZONES[part::8] for at in _changes(ZoneInfo(key), 2022, 2034))
    assert seen > 10_000


@pytest.mark.parametrize(
    "key", ["Pacific/Apia", "Pacific/Kwajalein", "Africa/Casablanca", "Asia/Pyongyang", "Asia/Gaza"]
)
def test_in_odd_zones_it_holds_over_half_a_century(key: str) -> None:
    assert sum(check_around(key, at) for at in _changes(ZoneInfo(key), 1985, 2035)) > 50


@given(schedules, instants)
def test_the_next_occurrence_is_ahead_and_never_more_than_a_week_and_a_day(schedule: Schedule, after: datetime) -> None:
    due = next_occurrence(schedule, after=after)
    assert timedelta(0) < due - after <= timedelta(days=8, hours=3)
    assert due.tzinfo is UTC


@given(schedules, instants)
def test_stepping_one_by_one_and_all_at_once_agree(schedule: Schedule, after: datetime) -> None:
    until = after + timedelta(weeks=8)
    stepped, at = [], after
    while (at := next_occurrence(schedule, after=at)) <= until:
        stepped.append(at)
    assert list(occurrences(schedule, after=after, until=until)) == stepped


@given(schedules, instants, st.timedeltas(timedelta(0), timedelta(days=8)))
def test_a_later_start_never_finds_an_earlier_occurrence(schedule: Schedule, after: datetime, later: timedelta) -> None:
    assert next_occurrence(schedule, after=after) <= next_occurrence(schedule, after=after + later)


@given(schedules, instants, zones)
def test_the_zone_in_which_the_start_is_told_does_not_matter(schedule: Schedule, after: datetime, zone: str) -> None:
    assert next_occurrence(schedule, after=after.astimezone(ZoneInfo(zone))) == next_occurrence(schedule, after=after)
