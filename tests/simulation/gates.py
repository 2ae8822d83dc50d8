"""Gates: where a worker waits before whatever it asks of the world, so also after what it asked before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from tests.simulation.clocks import Clocks

Result = TypeVar("Result")

_PASSES = 8
"""Turns of the event loop without any move after which nothing can move: from a task's end to what waits for it to be
gathered takes seven."""


class Killed(BaseException):
    """No error: whoever is dead does nothing any more, not even handle one."""


class Motion:
    """Whether anything moves."""

    def __init__(self) -> None:
        self._moves = 0
        self._in_flight = 0
        self._landed = asyncio.Event()

    def moved(self) -> None:
        self._moves += 1

    @contextmanager
    def flight(self) -> Iterator[None]:
        """A call that takes real time, such as one to a database."""
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._moves += 1
            self._landed.set()

    async def rest(self) -> None:
        """Until everybody waits at a gate again."""
        still = 0
        while still < _PASSES:
            before = self._moves
            if self._in_flight:
                self._landed.clear()
                await self._landed.wait()
            else:
                await asyncio.sleep(0)
            still = still + 1 if self._moves == before else 0


@dataclass(eq=False)
class Gate:
    name: str
    opens_at: float
    """By the clock that only runs on."""
    passed: asyncio.Future[None]


class Gates:
    """Those of one worker."""

    def __init__(self, motion: Motion, clocks: Clocks) -> None:
        self._motion = motion
        self._clocks = clocks
        self.waiting: list[Gate] = []
        self.is_dead = False

    async def at(self, name: str, opens_at: float = 0.0) -> None:
        if self.is_dead:
            raise Killed
        gate = Gate(name, opens_at, asyncio.get_running_loop().create_future())
        self.waiting.append(gate)
        self._motion.moved()
        try:
            await gate.passed
        except asyncio.CancelledError:  # whoever waited has turned back
            self._leave(gate)
            raise

    async def sleep(self, seconds: float) -> None:
        await self.at("sleep", self._clocks.elapsed + seconds)

    async def pass_to(self, name: str, calling: Callable[[], Awaitable[Result]]) -> Result:
        """What is done at once when the gate lets through. After it comes the next gate: nothing is left between."""
        await self.at(name)
        with self._motion.flight():
            return await calling()

    def let_go(self, gate: Gate) -> None:
        self._leave(gate)
        gate.passed.set_result(None)

    def _leave(self, gate: Gate) -> None:
        self.waiting.remove(gate)
        self._motion.moved()

    @property
    def open(self) -> list[Gate]:
        return [gate for gate in self.waiting if gate.opens_at <= self._clocks.elapsed]

    @property
    def is_idle(self) -> bool:
        """Whether it does nothing but sleep between two rounds."""
        return all(gate.name == "idle" for gate in self.waiting)
