"""How an occurrence is sent: once; a second time, silently, only if the first may have failed; never a third time.

    1 claim     the lease is `next_at` itself, moved on; who claims gets a new token
    2 wait      for the rate that Telegram permits, so that no waiting is left between 3 and 4
    3 begin     `begun` writes the marker, if the claim still holds and it is not too late
    4 send      with a limit of time; see dispatcher.py
    5 end       `ended` writes what became of it and moves the subscription on, unless its token is another by now

What dies between 3 and 5 is found again by its marker when the lease has ended. Each transition is a function of what
there was and of `now`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.reminders.records import (
    NOTHING,
    SHOWN,
    Change,
    Delivery,
    DeliveryState,
    Standing,
    Subscription,
    at_day,
    delivery_of,
    resting,
)
from bot.reminders.schedule import DAY

LEASE = timedelta(seconds=120)
SEND_LIMIT = timedelta(seconds=20)
"""What sending may take; so long after a stop a reminder may still arrive."""
MOST_TRIES = 2
GRACE, SHORT_GRACE = timedelta(hours=6), timedelta(hours=1)
LATEST = time(21, 0)
"""On the wall: what is late is sent until then, or for SHORT_GRACE if that is later, but never beyond GRACE."""
LATE_AFTER = timedelta(minutes=15)
"""From then on the reminder says that it is late."""
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(7, 0)
"""On the wall: what is sent in these hours makes no sound."""
IGNORED_FOR = timedelta(weeks=3)
MOST_MISSED = 60
"""Rows written for one outage. Longer ones, of more than a year of weekly reminders, come from a broken clock."""


@dataclass(frozen=True)
class Order:
    """What `begun` has decided to send."""

    delivery: Delivery
    """As it was written: the marker."""
    silent: bool
    late: bool


def latest(subscription: Subscription) -> datetime:
    """The end of its grace."""
    due_at = subscription.due_at
    evening = datetime.combine(due_at.astimezone(subscription.schedule.zone_info).date(), LATEST)
    closes_at = evening.replace(tzinfo=subscription.schedule.zone_info)
    return min(due_at + GRACE, max(due_at + SHORT_GRACE, closes_at))


def begun(
    claimed: Subscription, passage: str, current: Subscription | None, delivery: Delivery | None, now: datetime
) -> tuple[Change, Order | None]:
    """The marker, right before the request; or no order, and what there is to write instead.

    `claimed` is what the lease was taken on, `current` what is stored now, `delivery` the row of its part, if any.
    """
    if current is None or not current.is_live or current.token != claimed.token:
        return NOTHING, None
    if current.next_at is None or now > current.next_at - SEND_LIMIT:
        return NOTHING, None  # the lease is nearly over: it comes back by itself
    if delivery and delivery.state not in (DeliveryState.SENDING, DeliveryState.RETRY, DeliveryState.SNOOZED):
        return _moved_on(_told(current, delivery), now), None
    if now > latest(current):
        return ended(current, _without_copy(current, delivery), current, delivery, now), None
    if delivery and delivery.tries >= MOST_TRIES:
        return ended(current, replace(delivery, state=DeliveryState.UNCERTAIN), current, delivery, now), None
    before = delivery or replace(delivery_of(current, DeliveryState.RETRY), passage=passage, asks=_is_ignored(current))
    marker = replace(before, state=DeliveryState.SENDING, tries=before.tries + 1, passage=before.passage or passage)
    silent = marker.tries > 1 or _is_quiet(now, current)
    return Change(deliveries=(marker,)), Order(marker, silent, late=now > current.due_at + LATE_AFTER)


def ended(
    claimed: Subscription, outcome: Delivery, current: Subscription | None, delivery: Delivery | None, now: datetime
) -> Change:
    """What became of it; the subscription waits for its next day, unless somebody else has changed it meanwhile.

    `outcome` is the delivery as it is to be; `delivery` the one that is stored now.
    """
    if current is None:
        return NOTHING  # forgotten meanwhile, with all its rows
    outcome = _merged(outcome, delivery) if delivery else outcome
    is_newest = outcome.message_id is not None
    if current.token != claimed.token:
        return Change(None, (outcome,), is_newest)
    after = _moved_on(_told(current, outcome), now)
    return Change(after.subscription, (outcome, *after.deliveries), is_newest)


def not_sent(
    order: Order, claimed: Subscription, current: Subscription | None, delivery: Delivery | None, _now: datetime
) -> Change:
    """Surely not sent: the try does not count. Another sender's try, in the meantime, is left as it is."""
    marker = order.delivery
    is_ours = delivery and (delivery.state, delivery.tries) == (DeliveryState.SENDING, marker.tries)
    rows = (replace(marker, state=DeliveryState.RETRY, tries=marker.tries - 1),) if is_ours else ()
    is_held = current is not None and current.token == claimed.token and current.is_live
    return Change(replace(current, next_at=current.due_at) if current and is_held else None, rows)


def put_aside(claimed: Subscription, current: Subscription | None, delivery: Delivery | None, _now: datetime) -> Change:
    """Its schedule cannot be worked out, so it rests until the person plans it anew."""
    if current is None or current.token != claimed.token:
        return NOTHING
    row = replace(delivery or delivery_of(current, DeliveryState.FAILED), state=DeliveryState.FAILED)
    is_left = delivery is not None and delivery.state in SHOWN
    return Change(resting(current, Standing.PAUSED), () if is_left else (row,))


def blocked(current: Subscription | None, delivery: Delivery | None, now: datetime) -> Change:
    """Telegram takes nothing for this chat any more, whoever found out."""
    if current is None or current.standing in (Standing.STOPPED, Standing.BLOCKED):
        return NOTHING
    after, rows = closed(current, delivery, now)
    return Change(resting(after, Standing.BLOCKED), tuple(replace(row, state=DeliveryState.BLOCKED) for row in rows))


def closed(
    current: Subscription, delivery: Delivery | None, now: datetime
) -> tuple[Subscription, tuple[Delivery, ...]]:
    """The plan as it ends: a row for each occurrence that fell due and will not be sent any more.

    `delivery` is of the part that it is at. What may have been sent is remembered, for the next plan.
    """
    rows = tuple(_overdue(current, delivery, now))
    is_under_way = bool(rows) and (rows[0].occurs_at, rows[0].part) == (current.occurs_at, current.part)
    return (_remembering(current, rows[0]) if is_under_way else current), rows


def _overdue(current: Subscription, delivery: Delivery | None, now: datetime) -> Iterator[Delivery]:
    if current.next_at is None:
        return
    if current.occurs_at <= now or delivery:
        yield _left(current, delivery)
    for day in _days_until(current, now):
        yield delivery_of(at_day(current, day), DeliveryState.SUPERSEDED)


def _merged(outcome: Delivery, stored: Delivery) -> Delivery:
    """What is known of one part from two sides: a copy that was sent stays sent, and a mark stays made."""
    if stored.state == DeliveryState.SENT != outcome.state:
        return stored
    tries = max(outcome.tries, stored.tries)
    return replace(outcome, tries=tries, mark=stored.mark, marked_at=stored.marked_at)


def _left(current: Subscription, delivery: Delivery | None) -> Delivery:
    if delivery is None:
        return delivery_of(current, DeliveryState.SUPERSEDED)
    if delivery.state in SHOWN:
        return delivery
    return replace(delivery, state=DeliveryState.UNCERTAIN if delivery.tries else DeliveryState.SUPERSEDED)


def _without_copy(current: Subscription, delivery: Delivery | None) -> Delivery:
    """Too late: missed, unless a try may have reached Telegram."""
    if delivery and delivery.tries:
        return replace(delivery, state=DeliveryState.UNCERTAIN)
    return replace(delivery or delivery_of(current, DeliveryState.MISSED), state=DeliveryState.MISSED)


def _told(current: Subscription, outcome: Delivery) -> Subscription:
    """What the subscription remembers of an outcome, and whether it goes on."""
    if outcome.state in SHOWN and outcome.asks:
        return resting(current, Standing.ASKING)
    after = _remembering(current, outcome)
    if outcome.state == DeliveryState.MISSED:
        return replace(after, ignored_since=None)  # the weeks of our silence are not theirs
    if outcome.state != DeliveryState.SENT:
        return after  # what perhaps never came was not ignored
    since = current.ignored_since
    if current.last_day != current.day:  # else it was answered before this was known, by a press
        since = since or current.occurs_at
    return replace(after, ignored_since=None if outcome.mark else since)


def _remembering(current: Subscription, outcome: Delivery) -> Subscription:
    if outcome.part:
        return replace(current, last_part=outcome.part)
    if outcome.state in SHOWN and not outcome.asks:
        return replace(current, last_day=current.day, last_part=0)
    return current


def _moved_on(current: Subscription, now: datetime) -> Change:
    """Waiting for the first day whose grace is not over; a row for each that is."""
    if not current.is_live:
        return Change(current)
    waiting, rows = at_day(current, current.schedule.next_day(current.day)), []
    while now > latest(waiting):
        rows.append(delivery_of(waiting, DeliveryState.MISSED))
        waiting = at_day(waiting, waiting.schedule.next_day(waiting.day))
    since = None if rows else waiting.ignored_since
    return Change(replace(waiting, token=current.token + 1, ignored_since=since), tuple(rows[-MOST_MISSED:]))


def _days_until(current: Subscription, now: datetime) -> Iterator[date]:
    """The days after the current one that are due already: after an outage of weeks."""
    day, found = current.day, 0
    while current.schedule.falls_due(day := current.schedule.next_day(day)) <= now:
        found += 1
        if found > MOST_MISSED:
            return
        yield day


def _is_ignored(current: Subscription) -> bool:
    since = current.ignored_since
    return current.part == 0 and since is not None and current.occurs_at - since >= IGNORED_FOR - DAY


def _is_quiet(now: datetime, current: Subscription) -> bool:
    wall = now.astimezone(current.schedule.zone_info).time()
    return wall >= QUIET_FROM or wall < QUIET_UNTIL
