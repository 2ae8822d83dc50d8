"""The same world, but Hypothesis looks for what breaks it, and makes what it has found as short as can be."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bot.reminders.records import Mark
from bot.reminders.responses import Later
from bot.reminders.schedule import Schedule
from tests.simulation.clocks import Clocks
from tests.simulation.invariants import violations
from tests.simulation.people import Address
from tests.simulation.stores import Fresh, Settings, in_database, in_memory
from tests.simulation.telegram import Mishap
from tests.simulation.world import EVERYBODY, opened_world

Result = TypeVar("Result")

START = datetime(2026, 10, 23, 6, 0, tzinfo=UTC)
"""Two days before the clocks go back in Europe."""
DAY = 86_400.0
WORKERS = 2

somebody = st.sampled_from(EVERYBODY)
workers = st.integers(0, WORKERS - 1)
schedules = st.builds(
    Schedule,
    st.sampled_from([(1,), (1, 4), (7,), (1, 2, 3, 4, 5, 6, 7)]),
    st.sampled_from([9 * 60, 150, 20 * 60 + 55]),
    st.sampled_from(["Europe/Berlin", "America/Havana", "Pacific/Auckland"]),
)
offsets = st.sampled_from([timedelta(0), timedelta(minutes=15)])
backs = st.integers(1, 4)
"""Which message, counted from the last one."""


class OrderedWeather:
    """What goes wrong is what was ordered, once each; else nothing does."""

    def __init__(self) -> None:
        self.requests: deque[Mishap] = deque()
        self.cuts: deque[bool] = deque()
        """Each after what was asked is done, or else before."""
        self.slowing = 30.0
        self.is_fair = False

    def of_request(self) -> Mishap | None:
        return self.requests.popleft() if self.requests and not self.is_fair else None

    def of_slowing(self) -> float:
        return self.slowing

    def cut_before(self) -> bool:
        return self._cut(after=False)

    def cut_after(self) -> bool:
        return self._cut(after=True)

    def _cut(self, *, after: bool) -> bool:
        if self.is_fair or not self.cuts or self.cuts[0] != after:
            return False
        self.cuts.popleft()
        return True


class Reminders(RuleBasedStateMachine):
    """Each rule is one thing that may happen."""

    runner: asyncio.Runner
    fresh: Fresh

    def __init__(self) -> None:
        super().__init__()
        self.clocks, self.weather = Clocks(START), OrderedWeather()
        self.stack = AsyncExitStack()
        self.run(self.open())

    async def open(self) -> None:
        storage = await self.stack.enter_async_context(self.fresh(self.clocks))
        self.world = await self.stack.enter_async_context(opened_world(storage, self.clocks, self.weather, WORKERS))
        for who in EVERYBODY:
            await self.world.people.wish(who, Schedule((1,), 9 * 60, "Europe/Berlin"), timedelta(0))

    def run(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(doing)

    @rule(number=workers, steps=st.integers(1, 12))
    def go_on(self, number: int, steps: int) -> None:
        """One worker, from gate to gate, the others stand."""
        for _ in range(steps):
            worker = self.world.workers[number]
            if worker.open_gates:
                self.run(self.world.go(worker, worker.open_gates[0]))

    @rule(number=workers, pick=st.integers(0, 7))
    def go_on_elsewhere(self, number: int, pick: int) -> None:
        """What a worker does at the same time as other things."""
        worker = self.world.workers[number]
        if worker.open_gates:
            self.run(self.world.go(worker, worker.open_gates[pick % len(worker.open_gates)]))

    @rule()
    def something_falls_due(self) -> None:
        self.run(self.world.pass_to_next())

    @rule(seconds=st.sampled_from([1.0, 15.0, 130.0, 1000.0]))
    def time_passes(self, seconds: float) -> None:
        self.clocks.pass_by(seconds)

    @rule(seconds=st.sampled_from([600.0, 7 * 3600.0, 9 * DAY, 25 * DAY]))
    def nobody_works(self, seconds: float) -> None:
        self.run(self.world.outage(seconds))

    @rule(seconds=st.sampled_from([1.0, 60.0, 9 * DAY, -3600.0]))
    def the_clock_is_set(self, seconds: float) -> None:
        self.clocks.set_wall(timedelta(seconds=seconds))

    @rule(number=workers)
    def kill(self, number: int) -> None:
        self.run(self.world.kill(number))

    @rule(number=workers, seconds=st.sampled_from([10.0, 130.0, 1000.0]))
    def freeze(self, number: int, seconds: float) -> None:
        self.world.workers[number].freeze(seconds)

    @rule(number=workers)
    def terminate(self, number: int) -> None:
        self.world.workers[number].terminate()

    @rule(mishap=st.sampled_from(Mishap), slowing=st.sampled_from([1.0, 30.0, 10_072.0]))
    def the_next_request_goes_wrong(self, mishap: Mishap, slowing: float) -> None:
        self.weather.requests.append(mishap)
        self.weather.slowing = slowing

    @rule(after=st.booleans())
    def the_database_is_cut_off(self, after: bool) -> None:
        self.weather.cuts.append(after)

    @rule(who=somebody, schedule=schedules, offset=offsets)
    def wish(self, who: Address, schedule: Schedule, offset: timedelta) -> None:
        self.run(self.world.people.wish(who, schedule, offset))

    @rule(who=somebody)
    def stop(self, who: Address) -> None:
        self.run(self.world.people.stop(who))

    @rule(who=somebody, days=st.sampled_from([None, 1, 15]))
    def pause(self, who: Address, days: int | None) -> None:
        until = self.clocks.wall().date() + timedelta(days=days) if days else None
        self.run(self.world.people.pause(who, until))

    @rule(who=somebody)
    def resume(self, who: Address) -> None:
        self.run(self.world.people.resume(who))

    @rule(who=somebody, is_told=st.booleans())
    def block(self, who: Address, is_told: bool) -> None:
        self.run(self.world.people.block(who[0], is_told=is_told))

    @precondition(lambda self: self.world.telegram.blocked)
    @rule()
    def unblock(self) -> None:
        self.world.people.unblock(min(self.world.telegram.blocked))

    @rule(who=somebody)
    def forget(self, who: Address) -> None:
        self.run(self.world.people.forget(who[0]))

    @precondition(lambda self: self.world.telegram.copies)
    @rule(back=backs, later=st.sampled_from(Later))
    def put_off(self, back: int, later: Later) -> None:
        self.run(self.world.people.put_off(self.message(back), later))

    @precondition(lambda self: self.world.telegram.copies)
    @rule(back=backs, mark=st.sampled_from(Mark))
    def mark(self, back: int, mark: Mark) -> None:
        self.run(self.world.people.mark(self.message(back), mark))

    @precondition(lambda self: self.world.telegram.copies)
    @rule(back=backs)
    def take_back(self, back: int) -> None:
        self.run(self.world.people.take_back(self.message(back)))

    @precondition(lambda self: self.world.telegram.copies)
    @rule(back=backs)
    def ask_on(self, back: int) -> None:
        self.run(self.world.people.ask_on(self.message(back)))

    def message(self, back: int) -> Any:
        copies = self.world.telegram.copies
        return copies[-min(back, len(copies))]

    def teardown(self) -> None:
        self.run(self.end())

    async def end(self) -> None:
        await self.world.come_to_rest()
        found = await violations(self.world)
        await self.stack.aclose()
        assert found == []


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


def explore(
    runner: asyncio.Runner, fresh: Fresh, *, examples: int, steps: int, phases: Collection[Phase] = tuple(Phase)
) -> None:
    class Here(Reminders):
        pass

    Here.runner, Here.fresh = runner, staticmethod(fresh)
    chosen = settings(max_examples=examples, stateful_step_count=steps, phases=phases)
    run_state_machine_as_test(Here, settings=chosen)


def test_no_order_of_events_breaks_it_in_memory(runner: asyncio.Runner) -> None:
    explore(runner, in_memory, examples=300, steps=60)


def test_no_order_of_events_breaks_it_in_sqlite(runner: asyncio.Runner, tmp_path: Path) -> None:
    database = in_database(Settings(tmp_path))
    fresh = runner.run(database.__aenter__())
    try:
        # Not made short: in a database that takes many minutes, and in memory the same can be had in one.
        explore(runner, fresh, examples=30, steps=40, phases=(Phase.explicit, Phase.generate))
    finally:
        runner.run(database.__aexit__(None, None, None))
