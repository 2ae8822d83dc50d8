"""What the world knows of what was wished and what happened, kept apart from what the store says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.ports.reminders import Transition
from bot.reminders.records import Change, Delivery, Subscription
from bot.reminders.schedule import Schedule
from tests.simulation.clocks import Clocks

TICK = 0.001
"""Seconds that anything takes."""


@dataclass(eq=False)
class Period:
    """A plan while it is in force."""

    subscription_id: int
    schedule: Schedule
    offset: timedelta
    last_day: date | None
    """The last day that was sent before."""
    not_before: date | None
    began_at: datetime
    """By the wall; `began` and `ended` by the clock that only runs on."""
    began: float
    ended_at: datetime | None = None
    ended: float | None = None

    def was_in_force(self, since: float, until: float) -> bool:
        return self.began <= until and (self.ended is None or self.ended >= since)


@dataclass(frozen=True)
class Snooze:
    """What a person was told: it will come again."""

    subscription_id: int
    schedule: Schedule
    day: date
    occurs_at: datetime
    part: int
    due_at: datetime
    taken: float


@dataclass(frozen=True)
class Answer:
    """Anything that a person does about a subscription."""

    subscription_id: int
    elapsed: float
    wall: datetime
    pressed: tuple[datetime, int] | None
    """The occurrence and the part of the message, if it was a press: it proves that the message came."""


@dataclass(frozen=True)
class Outage:
    began_at: datetime
    ended_at: datetime


@dataclass
class Ledger:
    clocks: Clocks
    periods: list[Period] = field(default_factory=list)
    snoozes: list[Snooze] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    answered: list[Answer] = field(default_factory=list)
    forgotten: set[int] = field(default_factory=set)
    held_until: datetime | None = None
    """Until when Telegram wants nothing, as far as that was stored."""
    violations: list[str] = field(default_factory=list)
    is_stale: bool = True
    """Whether subscriptions may have changed since they were last read."""

    def touch(self) -> None:
        """Somebody does something: no two do at the same instant."""
        self.clocks.pass_by(TICK)
        self.is_stale = True

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until > self.clocks.wall()

    def hold(self, until: datetime) -> None:
        self.held_until = max(until, self.held_until or until)

    def begin(self, it: Subscription, not_before: date | None) -> None:
        now, elapsed = self.clocks.wall(), self.clocks.elapsed
        self.periods.append(Period(it.id, it.schedule, it.offset, it.last_day, not_before, now, elapsed))

    def end(self, subscription_id: int) -> None:
        for period in self.periods:
            if period.subscription_id == subscription_id and period.ended is None:
                period.ended, period.ended_at = self.clocks.elapsed, self.clocks.wall()

    def answer(self, subscription_id: int, pressed: tuple[datetime, int] | None = None) -> None:
        self.answered.append(Answer(subscription_id, self.clocks.elapsed, self.clocks.wall(), pressed))

    def forget(self, subscription_id: int) -> None:
        self.end(subscription_id)
        self.forgotten.add(subscription_id)

    def noted(self, transition: Transition[object], *, begins: bool) -> Transition[object]:
        """The same, and the ledger learns of the plans that it ends; `begins`: whether it may order a request."""

        def noting(it: Subscription | None, row: Delivery | None, now: datetime) -> tuple[Change, object]:
            change, result = transition(it, row, now)
            if it and it.is_live and change.subscription and not change.subscription.is_live:
                self.end(it.id)
            if begins and result is not None and self.is_held:
                self.violations.append("begun while Telegram wants nothing")
            return change, result

        return noting
