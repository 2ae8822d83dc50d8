"""What a person makes of a reminder that came: done, not this week, later. Each press acts once, and only while it can.

A press proves that the message arrived, so what was uncertain is sent. None of this changes the plan but "later".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import Enum, StrEnum, auto

from bot.reminders.delivery import QUIET_FROM, QUIET_UNTIL
from bot.reminders.records import (
    NOTHING,
    Change,
    Delivery,
    DeliveryState,
    Mark,
    Subscription,
    at_day,
    delivery_of,
)
from bot.reminders.schedule import DAY, resolve

MOST_PARTS = 2
"""How often one reminder can be put off."""
HOUR = timedelta(hours=1)
UNDO_WITHIN = timedelta(days=1)
EVENING = time(19, 0)
MORNING = time(9, 0)
"""On the wall: when what was put off beyond the quiet hours comes."""


class Later(StrEnum):
    """For how long to put it off."""

    HOUR = "hour"
    EVENING = "evening"
    TOMORROW = "tomorrow"


class Response(Enum):
    """What became of a press."""

    TAKEN = auto()
    """As wished, now or by the same press before."""
    TOO_LATE = auto()
    """The next reminder is near, or a day has passed since what was to be undone."""
    TWICE = auto()
    """It was put off twice already."""
    OLD = auto()
    """Another message has taken its place, or there is no such reminder any more."""


Answered = tuple[Change, Response]


def marked(mark: Mark, current: Subscription | None, delivery: Delivery | None, now: datetime) -> Answered:
    if current is None or delivery is None or delivery.asks:
        return NOTHING, Response.OLD
    if delivery.mark == mark:
        return NOTHING, Response.TAKEN
    if delivery.mark:
        return NOTHING, Response.OLD
    row = replace(_arrived(delivery), mark=mark, marked_at=now)
    change = _without_snooze(current, delivery, now)
    after = replace(change.subscription or current, ignored_since=None)
    return Change(after, (row, *change.deliveries)), Response.TAKEN


def unmarked(current: Subscription | None, delivery: Delivery | None, now: datetime) -> Answered:
    """Within a day, as if nothing had been pressed."""
    if current is None or delivery is None:
        return NOTHING, Response.OLD
    if delivery.mark is None:
        return NOTHING, Response.TAKEN
    if delivery.marked_at is None or now > delivery.marked_at + UNDO_WITHIN:
        return NOTHING, Response.TOO_LATE
    return Change(deliveries=(replace(delivery, mark=None, marked_at=None),)), Response.TAKEN


def noticed(current: Subscription | None, delivery: Delivery | None, _now: datetime) -> Answered:
    """The person asked on, so the reminder was not left without an answer."""
    if current is None or delivery is None:
        return NOTHING, Response.OLD
    is_under_way = (current.occurs_at, current.part) == (delivery.occurs_at, delivery.part) and not delivery.asks
    last_day = delivery.day if is_under_way else current.last_day
    return Change(replace(current, ignored_since=None, last_day=last_day), (_arrived(delivery),)), Response.TAKEN


def snoozed(later: Later, current: Subscription | None, delivery: Delivery | None, now: datetime) -> Answered:
    """Once more, later; it takes the subscription back to that occurrence."""
    if current is None or delivery is None or delivery.asks or delivery.mark or not current.is_live:
        return NOTHING, Response.OLD
    if (current.occurs_at, current.part) == (delivery.occurs_at, delivery.part + 1):
        return NOTHING, Response.TAKEN  # by the same press before
    if not _is_last(current, delivery):
        return NOTHING, Response.OLD
    if delivery.part >= MOST_PARTS:
        return NOTHING, Response.TWICE
    ends_at = snooze_ends(later, current, now)
    if ends_at > _latest_end(current, delivery):
        return NOTHING, Response.TOO_LATE
    put_off = replace(
        current,
        day=delivery.day,
        occurs_at=delivery.occurs_at,
        part=delivery.part + 1,
        due_at=ends_at,
        next_at=ends_at,
        token=current.token + 1,
        last_day=delivery.day,
        last_part=delivery.part,
        ignored_since=None,
    )
    again = replace(delivery_of(put_off, DeliveryState.SNOOZED), passage=delivery.passage)
    return Change(put_off, (_arrived(delivery), again)), Response.TAKEN


def snooze_ends(later: Later, current: Subscription, now: datetime) -> datetime:
    """When it comes again, in UTC; never in the quiet hours but the next morning."""
    zone = current.schedule.zone_info
    today = now.astimezone(zone).date()
    if later == Later.TOMORROW:
        return resolve(today + DAY, current.schedule.minute, zone)
    ends_at = now + HOUR if later == Later.HOUR else resolve(today, EVENING.hour * 60, zone)
    wall = max(now, ends_at).astimezone(zone)
    if ends_at <= now or wall.time() >= QUIET_FROM:
        return resolve(wall.date() + DAY, MORNING.hour * 60, zone)
    if wall.time() < QUIET_UNTIL:
        return resolve(wall.date(), MORNING.hour * 60, zone)
    return ends_at


def choices(current: Subscription, delivery: Delivery, now: datetime) -> tuple[tuple[Later, datetime], ...]:
    """For how long it can be put off now, and when each would end."""
    if delivery.part >= MOST_PARTS or delivery.mark or not current.is_live or not _is_last(current, delivery):
        return ()
    is_evening = now.astimezone(current.schedule.zone_info).time() >= EVENING
    offered = [later for later in Later if not (is_evening and later == Later.EVENING)]
    ends = [(later, snooze_ends(later, current, now)) for later in offered]
    return tuple((later, at) for later, at in ends if at <= _latest_end(current, delivery))


def _is_last(current: Subscription, delivery: Delivery) -> bool:
    """Whether no later part or occurrence was sent, and the plan is still the one that sent it."""
    if (current.occurs_at, current.part) == (delivery.occurs_at, delivery.part):
        return True  # not moved on yet
    day = current.schedule.next_day(delivery.day)
    is_last = (current.last_day, current.last_part) == (delivery.day, delivery.part)
    return is_last and current.part == 0 and current.day == day


def _latest_end(current: Subscription, delivery: Delivery) -> datetime:
    """A day before the next reminder; where those come often, well before it."""
    following = current.schedule.falls_due(current.schedule.next_day(delivery.day))
    return following - min(DAY, (following - delivery.occurs_at) / 4)


def _without_snooze(current: Subscription, delivery: Delivery, now: datetime) -> Change:
    """What was put off and is done meanwhile need not come again, unless it may be on its way already."""
    if not current.is_live or current.occurs_at != delivery.occurs_at or current.part <= delivery.part:
        return NOTHING
    if current.next_at != current.due_at or current.due_at <= now:
        return NOTHING
    put_off = replace(delivery_of(current, DeliveryState.SUPERSEDED), passage=delivery.passage)
    return Change(at_day(current, current.schedule.next_day(current.day)), (put_off,))


def _arrived(delivery: Delivery) -> Delivery:
    return replace(delivery, state=DeliveryState.SENT)
