"""What must hold when everything has come to rest, whatever has happened. Worked out anew, not by the bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.reminders.delivery import MOST_MISSED
from bot.reminders.records import Delivery, DeliveryState, Subscription
from bot.reminders.schedule import Schedule
from tests.simulation.ledger import Ledger, Period, Snooze
from tests.simulation.telegram import RECENTLY, Copy
from tests.simulation.world import CHATS, World

Key = tuple[int, datetime, int]
"""A subscription, the instant it fell due, and the part."""

_DAY = timedelta(days=1)
_WAITING = (DeliveryState.RETRY, DeliveryState.SNOOZED)
_ENDS = frozenset(DeliveryState) - {DeliveryState.SENDING, *_WAITING}
_NOT_SENT = (DeliveryState.MISSED, DeliveryState.SUPERSEDED)
_SHOWN = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
_SLACK = timedelta(seconds=RECENTLY)
"""What a request may take."""


@dataclass(frozen=True)
class Outcome:
    """All that there is to be judged."""

    ledger: Ledger
    copies: list[Copy]
    subscriptions: list[Subscription]
    rows: dict[Key, Delivery]

    @cached_property
    def first_copies(self) -> dict[Key, Copy]:
        return {copy.key: copy for copy in reversed(self.copies)}

    def mains(self, subscription_id: int) -> list[Copy]:
        """The first copies of its reminders, without what was put off, in the order in which they came."""
        mine = (it for it in self.first_copies.values() if it.subscription_id == subscription_id and it.part == 0)
        return sorted(mine, key=lambda copy: copy.issued)

    def asked_at(self, period: Period) -> datetime | None:
        """For when the question fell due that ended the plan: after it there is silence, and nothing is lost."""
        mine = (row for row in self.rows.values() if row.subscription_id == period.subscription_id and row.asks)
        asked = [row.occurs_at for row in mine if row.state in _SHOWN and row.occurs_at > period.began_at]
        return min(asked, default=None)

    @property
    def ids(self) -> list[int]:
        return sorted({period.subscription_id for period in self.ledger.periods})


async def violations(world: World) -> list[str]:
    """Each in a few words, those first that show while it goes on."""
    rows = [row for chat_id in CHATS for _, row in await world.store.deliveries(chat_id, date.min)]
    by_key = {(row.subscription_id, row.occurs_at, row.part): row for row in rows}
    outcome = Outcome(world.ledger, world.telegram.copies, await world.subscriptions(), by_key)
    found = [*world.ledger.violations, *world.telegram.violations]
    for check in _CHECKS:
        found += check(outcome)
    return found


def _twice_at_most(outcome: Outcome) -> Iterator[str]:
    copies = defaultdict(list)
    for copy in outcome.copies:
        copies[copy.key].append(copy)
    for key, same in copies.items():
        if len(same) > 2:
            yield f"{len(same)} copies: {_told(key)}"
        if not all(copy.outgoing.silent or copy.is_disturbed for copy in same[1:]):
            yield f"a second copy that makes a sound: {_told(key)}"
        if len({copy.outgoing.delivery.passage for copy in same}) > 1:
            yield f"a second copy that shows something else: {_told(key)}"


def _nothing_lost(outcome: Outcome) -> Iterator[str]:
    for period in outcome.ledger.periods:
        if period.subscription_id in outcome.ledger.forgotten:
            continue
        asked_at = outcome.asked_at(period)
        due = [(period.subscription_id, at, 0) for at in _occurrences(period, outcome.ledger)]
        wanted = [key for key in due if asked_at is None or key[1] <= asked_at]
        lost = [key for key in wanted if key not in outcome.first_copies and key not in outcome.rows]
        if len(wanted) - len(lost) < MOST_MISSED:  # of a longer outage no more rows are written
            yield from (f"lost: {_told(key)}" for key in lost)


def _rows_tell_the_truth(outcome: Outcome) -> Iterator[str]:
    copies, pending = outcome.first_copies, {(it.id, it.occurs_at, it.part) for it in outcome.subscriptions}
    for key, row in outcome.rows.items():
        if row.state not in _ENDS and not (row.state in _WAITING and key in pending):
            yield f"stuck as {row.state}: {_told(key)}"
        if row.state == DeliveryState.SENT and key not in copies:
            yield f"noted as sent, but it was not: {_told(key)}"
        if row.state in _NOT_SENT and key in copies:
            yield f"noted as {row.state}, but it was sent: {_told(key)}"


def _a_press_proves_it_came(outcome: Outcome) -> Iterator[str]:
    pressed = {(it.subscription_id, *it.pressed): it.elapsed for it in reversed(outcome.ledger.answered) if it.pressed}
    for copy in outcome.copies:
        if copy.issued > pressed.get(copy.key, copy.issued) + RECENTLY:
            yield f"sent again after a press: {_told(copy.key)}"
    for key in pressed:
        if key in outcome.rows and outcome.rows[key].state != DeliveryState.SENT:
            yield f"pressed, and yet {outcome.rows[key].state}: {_told(key)}"


def _only_plans_in_force(outcome: Outcome) -> Iterator[str]:
    for copy in outcome.copies:
        if _wanted(copy, outcome.ledger) is None:
            yield f"not wanted any more: {_told(copy.key)}"


def _in_time(outcome: Outcome) -> Iterator[str]:
    for copy in outcome.copies:
        wanted = _wanted(copy, outcome.ledger)
        if wanted is None:
            continue
        schedule, due_at = wanted
        if copy.latest_at < due_at:
            yield f"early: {_told(copy.key)}"
        earliest_at = min(copy.readings)
        if earliest_at > _latest(due_at, schedule.zone_info) + _SLACK:
            yield f"after its grace: {_told(copy.key)}"
        if earliest_at > due_at + timedelta(minutes=15) + _SLACK and not copy.outgoing.late:
            yield f"late without saying so: {_told(copy.key)}"
        is_night = all(_is_night(at, schedule.zone_info) for at in copy.readings)
        if is_night and not copy.outgoing.silent:
            yield f"a sound at night: {_told(copy.key)}"


def _one_after_an_outage(outcome: Outcome) -> Iterator[str]:
    for outage in outcome.ledger.outages:
        for id_ in outcome.ids:
            of_outage = [it for it in outcome.mains(id_) if outage.began_at < it.occurs_at <= outage.ended_at]
            if len(of_outage) > 1:
                yield f"{len(of_outage)} reminders of subscription {id_} after one outage"


def _no_day_twice(outcome: Outcome) -> Iterator[str]:
    for id_ in outcome.ids:
        reminders = [copy for copy in outcome.mains(id_) if not copy.asks and not copy.is_disturbed]
        for before, after in pairwise(copy.outgoing.delivery.day for copy in reminders):
            if after <= before:
                yield f"a day twice, of subscription {id_}: {after} after {before}"


def _no_snooze_lost(outcome: Outcome) -> Iterator[str]:
    for snooze in outcome.ledger.snoozes:
        key = snooze.subscription_id, snooze.occurs_at, snooze.part
        is_forgotten = snooze.subscription_id in outcome.ledger.forgotten
        if not is_forgotten and key not in outcome.first_copies and key not in outcome.rows:
            yield f"a snooze is lost: {_told(key)}"
        if snooze.part > 2:
            yield f"put off more than twice: {_told(key)}"
        following = _following(snooze)
        if snooze.due_at > following - min(_DAY, (following - snooze.occurs_at) / 4):
            yield f"put off until just before the next: {_told(key)}"


def _schedules_hold(outcome: Outcome) -> Iterator[str]:
    for it in outcome.subscriptions:
        if not it.is_live:
            if it.next_at is not None:
                yield f"subscription {it.id} is {it.standing} and yet waits"
            continue
        due_at = _instant(it.schedule, it.day) + it.offset
        if (it.occurs_at, it.due_at, it.next_at) != (due_at - it.offset, due_at, due_at):
            yield f"subscription {it.id} does not wait for its day {it.day}"
        if skipped := list(_skipped(it, outcome.ledger)):
            yield f"subscription {it.id} waits for {it.day} and skips {skipped[0]}"


def _asks_after_three_weeks(outcome: Outcome) -> Iterator[str]:
    for id_ in outcome.ids:
        answers = [at for at in outcome.ledger.answered if at.subscription_id == id_]
        mains = outcome.mains(id_)
        missed = [
            row.occurs_at
            for row in outcome.rows.values()
            if (row.subscription_id, row.state) == (id_, DeliveryState.MISSED)
        ]
        for copy in mains:
            last = max((at.elapsed for at in answers if at.elapsed <= copy.issued), default=0.0)
            old = [
                it
                for it in mains
                if it.issued > last + RECENTLY
                and copy.occurs_at - it.occurs_at >= timedelta(weeks=3)
                and not any(it.occurs_at < at < copy.occurs_at for at in missed)
            ]
            rows = [outcome.rows[it.key] for it in old if it.key in outcome.rows]
            # Of one that took two tries it may be known too late that it came: the question is a week late then.
            is_ignored = any(row.sent_at and row.tries == 1 for row in rows)
            if is_ignored and not copy.asks:
                yield f"a reminder although three weeks were ignored: {_told(copy.key)}"
            recent = copy.occurs_at - 13 * _DAY, copy.occurs_at - _DAY
            if copy.asks and any(recent[0] < at.wall < recent[1] for at in answers):
                yield f"the question although there was an answer: {_told(copy.key)}"


def _silence_after_the_question(outcome: Outcome) -> Iterator[str]:
    for period in outcome.ledger.periods:
        mine = [it for it in outcome.mains(period.subscription_id) if period.was_in_force(it.issued, it.issued)]
        for before, after in pairwise(mine):
            row = outcome.rows.get(before.key)
            if before.asks and row and row.state in _SHOWN and before.issued > period.began + RECENTLY:
                yield f"not silent after the question: {_told(after.key)}"


_CHECKS = (
    _twice_at_most,
    _nothing_lost,
    _rows_tell_the_truth,
    _a_press_proves_it_came,
    _only_plans_in_force,
    _in_time,
    _one_after_an_outage,
    _no_day_twice,
    _no_snooze_lost,
    _schedules_hold,
    _asks_after_three_weeks,
    _silence_after_the_question,
)


def _occurrences(period: Period, ledger: Ledger) -> Iterator[datetime]:
    """When it fell due while it was in force."""
    day, until = period.began_at.date() - 2 * _DAY, period.ended_at or ledger.clocks.wall() - period.offset
    while (occurs_at := _instant(period.schedule, day)) <= until:
        is_after = period.last_day is None or day > period.last_day
        is_awake = period.not_before is None or day >= period.not_before
        if day.isoweekday() in period.schedule.weekdays and occurs_at > period.began_at and is_after and is_awake:
            yield occurs_at
        day += _DAY


def _wanted(copy: Copy, ledger: Ledger) -> tuple[Schedule, datetime] | None:
    """The plan that it is of and when that was to be sent; None if it was not in force when the request began."""
    in_force = [
        period
        for period in ledger.periods
        if period.subscription_id == copy.subscription_id and period.was_in_force(copy.issued - RECENTLY, copy.issued)
    ]
    if copy.part:
        taken = [it for it in ledger.snoozes if (it.subscription_id, it.occurs_at, it.part) == copy.key]
        current = [it for it in taken if any(period.was_in_force(it.taken, it.taken) for period in in_force)]
        return (current[-1].schedule, current[-1].due_at) if current else None
    day = copy.outgoing.delivery.day
    for period in in_force:
        if day.isoweekday() in period.schedule.weekdays and _instant(period.schedule, day) == copy.occurs_at:
            return period.schedule, copy.occurs_at + period.offset
    return None


def _skipped(it: Subscription, ledger: Ledger) -> Iterator[date]:
    """Days that are ahead and not waited for."""
    period = next(period for period in reversed(ledger.periods) if period.subscription_id == it.id)
    first = max(filter(None, (it.last_day and it.last_day + _DAY, period.not_before, ledger.clocks.highest.date())))
    for day in (first + number * _DAY for number in range(max(0, (it.day - first).days))):
        is_ahead = _instant(it.schedule, day) > ledger.clocks.highest
        if day.isoweekday() in it.schedule.weekdays and is_ahead:
            yield day


def _following(snooze: Snooze) -> datetime:
    day = snooze.day + _DAY
    while day.isoweekday() not in snooze.schedule.weekdays:
        day += _DAY
    return _instant(snooze.schedule, day)


def _instant(schedule: Schedule, day: date) -> datetime:
    wall = datetime.combine(day, time(schedule.minute // 60, schedule.minute % 60), schedule.zone_info)
    return datetime.fromtimestamp(wall.timestamp(), tz=ZoneInfo("UTC"))


def _latest(due_at: datetime, zone: ZoneInfo) -> datetime:
    evening = datetime.combine(due_at.astimezone(zone).date(), time(21), zone)
    return min(due_at + timedelta(hours=6), max(due_at + timedelta(hours=1), evening))


def _is_night(at: datetime, zone: ZoneInfo) -> bool:
    """So deep that no request under way has begun by day."""
    wall = at.astimezone(zone)
    return not any(time(7) <= moment.time() < time(21) for moment in (wall, wall - _SLACK))


def _told(key: Key) -> str:
    subscription_id, occurs_at, part = key
    return f"{subscription_id} {occurs_at:%Y-%m-%d %H:%M} part {part}"
