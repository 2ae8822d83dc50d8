"""One run of the world: what happens, by its seed, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.reminders.streams import Stream
from tests.simulation.clocks import Clocks
from tests.simulation.invariants import violations
from tests.simulation.stores import Fresh
from tests.simulation.telegram import Copy
from tests.simulation.weather import SeededWeather
from tests.simulation.whims import Whims
from tests.simulation.world import EVERYBODY, World, opened_world

STEPS = 400
_START = datetime(2026, 2, 20, 6, 0, tzinfo=UTC)
_DAY = 86_400.0
_BUSY = 0.8
"""How often it is the turn of those who are at something, and not of those who would look for something to do."""
_LITTLE = (1.0, 5.0, 15.0, 30.0, 130.0, 400.0)
_FREEZES = (10.0, 130.0, 1000.0)
_OUTAGES = (600.0, 7 * 3600.0, 9 * _DAY, 25 * _DAY)
_JUMPS = (1.0, 60.0, 3600.0, 9 * _DAY, -3600.0)


@dataclass(frozen=True)
class Sent:
    """A copy that Telegram accepted, told so that it can be compared between stores."""

    at: float
    chat_id: int
    stream: Stream
    occurs_at: datetime
    part: int
    passage: str | None
    subscription_id: int = field(compare=False)
    """Where others have been stored before, it is another."""

    @property
    def key(self) -> tuple[int, datetime, int]:
        return self.subscription_id, self.occurs_at, self.part


@dataclass(frozen=True)
class Run:
    seed: int
    copies: tuple[Sent, ...]
    violations: tuple[str, ...]

    @property
    def second_copies(self) -> int:
        return len(self.copies) - len({copy.key for copy in self.copies})


async def run_seed(seed: int, fresh: Fresh, steps: int = STEPS) -> Run:
    random = Random(seed)  # noqa: S311  -- a game, and it must be played again the same
    clocks = Clocks(_START + timedelta(minutes=random.randrange(300 * 24 * 60)))
    async with fresh(clocks) as storage, opened_world(storage, clocks, SeededWeather(random)) as world:
        play = _Play(world, random)
        await play.all(steps)
        await world.come_to_rest()
        return Run(seed, tuple(map(_sent, world.telegram.copies)), tuple(await violations(world)))


def _sent(copy: Copy) -> Sent:
    it, row = copy.outgoing.subscription, copy.outgoing.delivery
    return Sent(copy.issued, it.chat_id, it.stream, row.occurs_at, row.part, row.passage, it.id)


class _Play:
    def __init__(self, world: World, random: Random) -> None:
        self._world = world
        self._random = random
        self._whims = Whims(world, random)
        self._chances: dict[Callable[[], Awaitable[None]], float] = {
            self._go: 80.0,
            self._pass_time: 6.0,
            self._whims.press: 7.0,
            self._whims.plan: 3.0,
            self._kill: 2.0,
            self._freeze: 1.5,
            self._terminate: 0.5,
            self._outage: 0.3,
            self._set_wall: 0.4,
        }

    async def all(self, steps: int) -> None:
        for who in EVERYBODY:
            await self._whims.subscribe(who)
        for happens in self._random.choices(list(self._chances), list(self._chances.values()), k=steps):
            await happens()

    async def _go(self) -> None:
        """Somebody who can, goes on; if nobody is at anything, time passes until something is due."""
        if all(worker.gates.is_idle for worker in self._world.workers):
            await self._world.pass_to_next(self._random.choice((0.0, 1.0, 3.0, 30.0)))
        ready = [(worker, gate) for worker in self._world.workers for gate in worker.open_gates]
        busy = [(worker, gate) for worker, gate in ready if gate.name != "idle"]
        if busy and self._random.random() < _BUSY:
            await self._world.go(*self._random.choice(busy))
        elif ready:
            await self._world.go(*self._random.choice(ready))
        else:
            self._world.clocks.pass_by(1.0)

    async def _pass_time(self) -> None:
        self._world.clocks.pass_by(self._random.choice(_LITTLE))

    async def _kill(self) -> None:
        await self._world.kill(self._number())

    async def _freeze(self) -> None:
        self._world.workers[self._number()].freeze(self._random.choice(_FREEZES))

    async def _terminate(self) -> None:
        self._world.workers[self._number()].terminate()

    async def _outage(self) -> None:
        await self._world.outage(self._random.choice(_OUTAGES))

    async def _set_wall(self) -> None:
        self._world.clocks.set_wall(timedelta(seconds=self._random.choice(_JUMPS)))

    def _number(self) -> int:
        return self._random.randrange(len(self._world.workers))
