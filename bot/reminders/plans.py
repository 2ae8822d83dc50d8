"""A person's wishes: to have a reminder, to have it at other times, to pause, to go on, to stop.

Each wish is a function of what there was and of `now`. It takes a new token, so that whoever is sending at that moment
does not overwrite it (see delivery.py), and leaves a row for each occurrence that was due and is not sent any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from bot.reminders.delivery import closed
from bot.reminders.records import NOTHING, Change, Delivery, DeliveryState, Standing, Subscription, at_day, resting
from bot.reminders.schedule import DAY, Schedule, first_day
from bot.reminders.streams import Stream

MOST_OFFSET = timedelta(minutes=15)
"""Reminders come "around" their time: at most so much later, every week by the same."""
WINDOW = timedelta(minutes=15)
PER_SECOND = 20
"""Reminders of a window are spread over its start at this rate, below what Telegram permits."""
MOST_IN_WINDOW = 22_500
"""What can be sent in a window at 25 a second; a time that is taken so often is not promised to more people."""


@dataclass(frozen=True)
class Wish:
    """What a person wants of one stream."""

    chat_id: int
    stream: Stream
    schedule: Schedule
    high_impact: bool | None = None
    """Whether passages that need an opt-in are wanted too; None: as before."""


def offset_for(wish: Wish, crowd: int) -> timedelta:
    """How much later than its time to send it, always the same for one chat, stream and crowd.

    `crowd` is how many have their reminder within the window of its first occurrence.
    """
    width = min(MOST_OFFSET.total_seconds(), crowd / PER_SECOND)
    digest = hashlib.blake2s(f"{wish.chat_id} {wish.stream}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4]) % (int(width) + 1))


def window_of(at: datetime) -> datetime:
    """The start, in UTC, of the window that the instant lies in."""
    return at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % WINDOW


def wished(
    wish: Wish, offset: timedelta, current: Subscription | None, delivery: Delivery | None, now: datetime
) -> Change:
    """The stream as the person wants it from now on, be it new, stopped, or planned otherwise before."""
    closes, rows = closed(current, delivery, now) if current else (None, ())
    day = _first(wish.schedule, closes, now)
    before = closes or Subscription(0, wish.chat_id, wish.stream, wish.schedule, day, now, now, None)
    planned = replace(
        before,
        schedule=wish.schedule,
        standing=Standing.ACTIVE,
        offset=offset,
        high_impact=before.high_impact if wish.high_impact is None else wish.high_impact,
        ignored_since=None,
    )
    return Change(at_day(planned, day), rows)


def first_due(schedule: Schedule, current: Subscription | None, now: datetime) -> datetime:
    """When the stream would fall due first by this schedule."""
    return schedule.falls_due(_first(schedule, current, now))


def stopped(current: Subscription | None, delivery: Delivery | None, now: datetime) -> Change:
    if current is None or current.standing == Standing.STOPPED:
        return NOTHING
    closes, rows = closed(current, delivery, now)
    return Change(resting(closes, Standing.STOPPED), rows)


def paused(until: date | None, current: Subscription | None, delivery: Delivery | None, now: datetime) -> Change:
    """Nothing until the local day `until`, on which it may come again; without one, until the person says so."""
    if current is None or current.standing == Standing.STOPPED:
        return NOTHING
    closes, rows = closed(current, delivery, now)
    if until is None:
        return Change(resting(closes, Standing.PAUSED), rows)
    day = max(_first(closes.schedule, closes, now), current.schedule.next_day(until - DAY))
    return Change(_awake(closes, day), rows)


def resumed(current: Subscription | None, delivery: Delivery | None, now: datetime) -> Change:
    """Again from the next occurrence on, whatever it rested for; of one that was stopped there is nothing to resume."""
    if current is None or current.standing == Standing.STOPPED:
        return NOTHING
    closes, rows = closed(current, delivery, now)
    return Change(_awake(closes, _first(closes.schedule, closes, now)), rows)


def with_high_impact(wanted: bool, current: Subscription | None, _delivery: Delivery | None, _now: datetime) -> Change:
    return Change(replace(current, high_impact=wanted)) if current else NOTHING


def attended(current: Subscription | None, _delivery: Delivery | None, _now: datetime) -> Change:
    """The person wrote to us soon after a reminder, so it was not left without an answer."""
    return Change(replace(current, ignored_since=None)) if current and current.ignored_since else NOTHING


def under_new_rules(current: Subscription, now: datetime) -> Subscription:
    """The same day by the zones' rules of today, which may have moved its instant. Only for what is not due yet."""
    if current.part or current.next_at != current.due_at or current.occurs_at <= now:
        return current
    try:
        is_as_before = current.schedule.falls_due(current.day) == current.occurs_at
    except ZoneInfoNotFoundError:  # there is no such zone any more: it is put aside when it falls due
        return current
    return current if is_as_before else at_day(current, current.day)


def after_restore(current: Subscription | None, delivery: Delivery | None, now: datetime) -> Change:
    """A backup does not know what was sent since: whatever was due by now counts as missed."""
    if current is None or current.next_at is None or current.due_at > now:
        return NOTHING
    closes, rows = closed(current, delivery, now)
    missed = tuple(replace(row, state=DeliveryState.MISSED) for row in rows)
    closes = replace(closes, ignored_since=None)  # what they have answered since is not known either
    return Change(at_day(closes, _first(closes.schedule, closes, now)), missed)


def _awake(current: Subscription, day: date) -> Subscription:
    return at_day(replace(current, standing=Standing.ACTIVE, ignored_since=None), day)


def _first(schedule: Schedule, current: Subscription | None, now: datetime) -> date:
    """Its first day that is ahead, and later than the last one whose reminder was sent."""
    day, last_day = first_day(schedule, after=now), current.last_day if current else None
    return schedule.next_day(max(day - DAY, last_day)) if last_day else day
