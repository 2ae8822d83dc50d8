"""What comes into people's minds, by one seed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

from bot.reminders.records import Mark
from bot.reminders.responses import Later
from bot.reminders.schedule import Schedule
from tests.simulation.people import Address
from tests.simulation.telegram import Copy
from tests.simulation.world import EVERYBODY, World

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",  # its clocks change at midnight
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "UTC",
)
_MOST_OFFSET = 900
EVERYBODY_AT = Schedule((1,), 9 * 60, "Europe/Berlin")
"""What many choose, so that several are due at once."""
SILENT: Address = EVERYBODY[-1]
"""Answers nothing, and hardly wishes for anything."""


class Whims:
    def __init__(self, world: World, random: Random) -> None:
        self._world = world
        self._random = random

    async def subscribe(self, who: Address) -> None:
        random = self._random
        if random.random() < 0.4:
            return await self._wish(who, EVERYBODY_AT)
        weekdays = random.sample(range(1, 8), random.choice((1, 1, 1, 2, 7)))
        return await self._wish(who, Schedule(tuple(sorted(weekdays)), self._minute(), random.choice(ZONES)))

    async def plan(self) -> None:
        """One wish of somebody."""
        who = self._random.choice(EVERYBODY)
        it = await self._world.people.subscription(who)
        if it is None:
            await self.subscribe(who)
        elif who != SILENT or not it.is_live or self._random.random() < 0.05:
            await self._random.choice(self._wishes)(who)

    async def press(self) -> None:
        """One press on one of the last messages."""
        copies = [copy for copy in self._world.telegram.copies if self._address(copy) != SILENT]
        if copies:
            back = min(len(copies), self._random.choice((1, 1, 1, 2, 3, 6)))
            await self._random.choice(self._presses)(copies[-back])

    @property
    def _wishes(self) -> list[Callable[[Address], Awaitable[None]]]:
        people = self._world.people
        rare = [people.stop, self._pause_for_ever, self._block, self._forget]
        common = [self.subscribe, self._change_time, self._change_zone, people.confirm, people.resume, self._pause]
        return [*rare, *common, *common, people.resume]

    @property
    def _presses(self) -> list[Callable[[Copy], Awaitable[None]]]:
        people = self._world.people
        later = [self._put_off] * 5
        return [*later, self._done, self._skip, people.take_back, people.ask_on]

    async def _wish(self, who: Address, schedule: Schedule) -> None:
        await self._world.people.wish(who, schedule, timedelta(seconds=self._random.choice((0, 0, 7, _MOST_OFFSET))))

    def _minute(self) -> int:
        """Often soon, so that wishes fall beside what is due."""
        now = self._world.clocks.wall()
        soon = now.hour * 60 + now.minute + self._random.randrange(30)
        return self._random.choice((soon % 1440, self._random.randrange(1440), 9 * 60))

    async def _change_time(self, who: Address) -> None:
        it = await self._world.people.subscription(who)
        if it:
            sooner = (it.schedule.minute + self._random.choice((-60, 5, 30, 180))) % 1440
            await self._wish(who, Schedule(it.schedule.weekdays, sooner, it.schedule.zone))

    async def _change_zone(self, who: Address) -> None:
        it = await self._world.people.subscription(who)
        if it:
            await self._wish(who, Schedule(it.schedule.weekdays, it.schedule.minute, self._random.choice(ZONES)))

    async def _pause(self, who: Address) -> None:
        it = await self._world.people.subscription(who)
        if it:
            today = self._world.clocks.wall().astimezone(it.schedule.zone_info).date()
            await self._world.people.pause(who, today + timedelta(days=self._random.choice((0, 1, 8, 20))))

    async def _pause_for_ever(self, who: Address) -> None:
        await self._world.people.pause(who, None)

    async def _block(self, who: Address) -> None:
        chat_id, _ = who
        if chat_id in self._world.telegram.blocked:
            self._world.people.unblock(chat_id)
        else:
            await self._world.people.block(chat_id, is_told=self._random.random() < 0.5)

    async def _forget(self, who: Address) -> None:
        await self._world.people.forget(who[0])

    async def _put_off(self, copy: Copy) -> None:
        await self._world.people.put_off(copy, self._random.choice(list(Later)))

    async def _done(self, copy: Copy) -> None:
        await self._world.people.mark(copy, Mark.DONE)

    async def _skip(self, copy: Copy) -> None:
        await self._world.people.mark(copy, Mark.SKIPPED)

    def _address(self, copy: Copy) -> Address:
        it = copy.outgoing.subscription
        return it.chat_id, it.stream
