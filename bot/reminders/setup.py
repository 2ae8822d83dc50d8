"""The dialogue in which reminders are set up, changed, paused and resumed: from what was said to a draft.

It asks only for what is missing, in the order streams, weekdays, time, zone. The zone is never guessed in silence: one
that was confirmed for another plan is proposed, and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.reminders.command import Action, Command
from bot.reminders.delivery import QUIET_FROM, QUIET_UNTIL
from bot.reminders.draft import (
    Asking,
    Draft,
    Plan,
    with_minute,
    with_weekdays,
    without_minutes,
    without_weekdays,
)
from bot.reminders.plans import WINDOW, Wish, first_due
from bot.reminders.records import Standing, Subscription
from bot.reminders.schedule import next_occurrence
from bot.reminders.streams import Stream

DATES = 3
"""So many dates are shown before anything counts, so that a wrong zone is seen at once."""
RESTING = (Standing.PAUSED, Standing.ASKING, Standing.BLOCKED)
"""Not sent, but not given up either."""


def begun(command: Command, known: Sequence[Subscription], now: datetime) -> Draft:
    """A draft of what a command says; `known` is what the chat has or had. The command's place is left out."""
    if command.action is Action.PAUSE:
        return Draft(Action.PAUSE, _plans_of(_chosen(command, live(known))), until=command.until)
    if command.action is Action.RESUME:
        return _resumed(command, known, now)
    draft = _changed(command, known) if command.action is Action.CHANGE else _subscribed(command)
    zone = zone_known(known)
    return replace(draft, zone=zone, zone_is_known=zone is not None)


def revised(draft: Draft, command: Command) -> Draft:
    """The draft with what a further command says of the same streams: "make it 8pm"."""
    if command.weekdays:
        draft = with_weekdays(without_weekdays(draft), command.weekdays)
    if command.minute is not None:
        draft = with_minute(without_minutes(draft), command.minute)
    return draft


def is_revision(draft: Draft, command: Command) -> bool:
    """Whether the command is about the plan that is just being made."""
    if draft.action not in (Action.SUBSCRIBE, Action.CHANGE) or command.action not in (Action.SUBSCRIBE, Action.CHANGE):
        return False
    return not command.also and (not command.streams or command.streams == draft.streams)


def changing(what: Asking, streams: Sequence[Stream], known: Sequence[Subscription]) -> Draft:
    """A draft in which one part of what the chat has is said anew."""
    plans = _plans_of([it for it in live(known) if it.stream in streams])
    zone = zone_known(known)
    return Draft(Action.CHANGE, plans, zone, zone_is_known=zone is not None, anew=what if plans else None)


def live(known: Sequence[Subscription]) -> list[Subscription]:
    """What the chat has, be it resting; not what was stopped."""
    return [it for it in known if it.standing != Standing.STOPPED]


def zone_known(known: Sequence[Subscription]) -> str | None:
    """The zone that the chat confirmed last, as far as that can be told."""
    return next((it.schedule.zone for it in [*live(known), *known]), None)


def wish_of(draft: Draft, plan: Plan, chat_id: int) -> Wish:
    """Raises TypeError while something is missing."""
    return Wish(chat_id, plan.stream, draft.schedule_of(plan))


def upcoming(wish: Wish, current: Subscription | None, now: datetime) -> Iterator[datetime]:
    """The first instants, in UTC, at which it will fall due."""
    at = first_due(wish.schedule, current, now)
    for _ in range(DATES):
        yield at
        at = next_occurrence(wish.schedule, after=at)


def less(command: Command, known: Sequence[Subscription]) -> list[tuple[Subscription, tuple[int, ...]]]:
    """What a stop is about, each with the weekdays that it leaves; without any of those it ends."""
    left = []
    for it in _chosen(command, live(known)):
        days = tuple(day for day in it.schedule.weekdays if command.weekdays and day not in command.weekdays)
        if days != it.schedule.weekdays:
            left.append((it, days))
    return left


def is_put_off(subscription: Subscription, now: datetime) -> bool:
    """Whether it waits for a later day than its plan says: it is paused until then."""
    ahead = subscription.standing == Standing.ACTIVE and not subscription.part and subscription.occurs_at > now
    return ahead and first_due(subscription.schedule, subscription, now) < subscription.occurs_at


def is_quiet(subscription: Subscription, now: datetime) -> bool:
    """Whether there is something to resume: it rests, or is paused until a day."""
    return subscription.standing in RESTING or is_put_off(subscription, now)


def near(minute: int) -> list[int]:
    """The other quarters of the day, the nearest first; none in the quiet hours that is further into them."""
    step = WINDOW // timedelta(minutes=1)
    start = minute - minute % step
    first, last = min(start, _minute_of(QUIET_UNTIL)), max(start, _minute_of(QUIET_FROM) - step)
    others = [other for other in range(first, last + 1, step) if other != start]
    return sorted(others, key=lambda other: (abs(other - start), -other))


def _minute_of(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _subscribed(command: Command) -> Draft:
    plans: dict[Stream, Plan] = {}
    for part in (command, *command.also):
        for stream in part.streams:
            plans.setdefault(stream, Plan(stream, part.weekdays or (), part.minute))
    if plans or not (command.weekdays or command.minute is not None):
        return Draft(Action.SUBSCRIBE, _in_order(plans))
    # "remind me on tuesdays at 9": the streams are missing, and what was said is true of both until they are known
    both = (Plan(stream, command.weekdays or (), command.minute) for stream in Stream)
    return Draft(Action.SUBSCRIBE, tuple(both), anew=Asking.STREAMS)


def _changed(command: Command, known: Sequence[Subscription]) -> Draft:
    """What is not said stays as it is; of a stream that the chat does not have, it is asked."""
    there = {it.stream: it for it in live(known)}
    plans: dict[Stream, Plan] = {}
    for part in (command, *command.also):
        for stream in part.streams or tuple(there):
            plans[stream] = _altered(_plan_of(there[stream]) if stream in there else Plan(stream), part)
    return Draft(Action.CHANGE, _in_order(plans)) if there else _subscribed(command)


def _altered(plan: Plan, command: Command) -> Plan:
    minute = plan.minute if command.minute is None else command.minute
    return replace(plan, weekdays=command.weekdays or plan.weekdays, minute=minute)


def _resumed(command: Command, known: Sequence[Subscription], now: datetime) -> Draft:
    """What rests; or, if nothing does, what was stopped, as it was planned then."""
    resting = _chosen(command, [it for it in known if is_quiet(it, now)])
    if resting:
        return Draft(Action.RESUME, _plans_of(resting), resting[0].schedule.zone, zone_is_known=True)
    stopped = _chosen(command, [it for it in known if it.standing == Standing.STOPPED])
    zone = stopped[0].schedule.zone if stopped else None
    return Draft(Action.SUBSCRIBE, _plans_of(stopped), zone, zone_is_known=zone is not None)


def _chosen(command: Command, subscriptions: Sequence[Subscription]) -> list[Subscription]:
    return [it for it in subscriptions if not command.streams or it.stream in command.streams]


def _plans_of(subscriptions: Sequence[Subscription]) -> tuple[Plan, ...]:
    return tuple(map(_plan_of, subscriptions))


def _plan_of(subscription: Subscription) -> Plan:
    return Plan(subscription.stream, subscription.schedule.weekdays, subscription.schedule.minute)


def _in_order(plans: dict[Stream, Plan]) -> tuple[Plan, ...]:
    return tuple(plans[stream] for stream in Stream if stream in plans)
