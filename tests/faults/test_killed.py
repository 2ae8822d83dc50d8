"""The promise, by killing: what a death costs at each step of a reminder, on both databases.

The table is the one that was asked for: nothing is lost but what was tried twice, and of that there is a row; nothing
comes later than the end of a lease; no copy is the third, and the second one is silent.
"""

from __future__ import annotations

import asyncio
import random
import signal
from dataclasses import dataclass, replace

import pytest

from bot.reminders.delivery import LEASE
from bot.reminders.schedule import WEEK
from tests.faults.scene import MONDAY, SENT, UNCERTAIN, Row, Scene

ACCEPTED = "accepted"
"""When Telegram has taken it and its answer is not read yet. Here the test kills, not the process itself."""
KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Cost:
    """What it costs to die at a point."""

    copies: tuple[str, ...]
    row: Row
    at_once: bool = False
    """Whether the next process need not wait for the end of the lease."""
    kills: int = 1
    """How often the point was reached."""


ONCE = Cost(("aloud",), (SENT, 1))
AGAIN = Cost(("silent",), (SENT, 2))
TWICE = Cost(("aloud", "silent"), (SENT, 2))
DONE = replace(ONCE, at_once=True)

ONE_DEATH = {
    "claim:before": DONE,
    "claim:commit": DONE,  # nothing had happened
    "claim:after": ONCE,
    "reserve:after": ONCE,
    "ready:after": ONCE,
    "begin:commit": ONCE,
    "begin:after": AGAIN,  # by its marker it may have been sent
    "send:before": AGAIN,
    ACCEPTED: TWICE,
    "send:after": TWICE,
    "end:commit": TWICE,
    "end:after": DONE,  # there was nothing left to do
}
NEVER_SENT = Cost((), (UNCERTAIN, 2), kills=2)
NO_THIRD = Cost(("aloud", "silent"), (UNCERTAIN, 2), kills=2)
FIVE_DEATHS = {
    "claim:commit": replace(ONCE, kills=5),
    "claim:after": replace(ONCE, kills=5),
    "begin:commit": replace(ONCE, kills=5),
    "begin:after": replace(NEVER_SENT, kills=3),  # the third one has written that it is uncertain
    "send:before": NEVER_SENT,
    ACCEPTED: NO_THIRD,
    "send:after": NO_THIRD,
    "end:commit": NO_THIRD,
    "end:after": ONCE,
}


async def dies(scene: Scene, point: str) -> bool:
    """Whether a process that was to die at the point came to it."""
    if point == ACCEPTED:
        scene.doomed = await scene.begin()
        code = await scene.doomed.ends() if scene.doomed else KILLED
        scene.doomed = None
    else:
        code = await scene.send(point=point)
    assert code in (0, KILLED)
    return code == KILLED


@pytest.mark.parametrize(("point", "cost"), ONE_DEATH.items(), ids=ONE_DEATH)
async def test_fault_01_to_05_one_death(scene: Scene, point: str, cost: Cost) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    assert await dies(scene, point)
    await scene.send()
    assert (await scene.rows() == [cost.row]) == cost.at_once
    scene.move_on(LEASE)
    await scene.send()
    assert scene.sounds() == list(cost.copies)
    assert await scene.rows() == [cost.row]
    assert await scene.next_at() == MONDAY + WEEK


@pytest.mark.parametrize(("point", "cost"), FIVE_DEATHS.items(), ids=FIVE_DEATHS)
async def test_fault_06_five_deaths_at_the_same_point(scene: Scene, point: str, cost: Cost) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    kills = 0
    for _ in range(5):
        kills += await dies(scene, point)
        scene.move_on()
    await scene.send()
    assert kills == cost.kills
    assert scene.sounds() == list(cost.copies)
    assert await scene.rows() == [cost.row]
    assert await scene.next_at() == MONDAY + WEEK


PEOPLE = range(1, 13)
DEATHS = 12
LONGEST_LIFE = 0.2
"""Seconds; a process has sent everything in about as long."""


async def test_fault_01_to_05_deaths_at_any_instant(scene: Scene) -> None:
    """Two processes side by side on PostgreSQL, one on SQLite."""
    chance = random.Random(5)  # noqa: S311 - a seed
    for chat_id in PEOPLE:
        await scene.subscribe(chat_id)
    scene.set_clock(MONDAY)
    for _ in range(DEATHS):
        living = [await scene.begin() for _ in range(2 if scene.order.url else 1)]
        await asyncio.sleep(chance.uniform(0.02, LONGEST_LIFE))
        for child in living:
            child.kill()
            await child.ends()
        scene.move_on()
    for _ in range(3):  # whatever was tried once is tried again, and what was tried twice is given up
        await scene.send()
        scene.move_on()
    for chat_id in PEOPLE:
        ((state, tries),) = await scene.rows(chat_id)
        copies = scene.sounds(chat_id)
        assert copies in (["aloud"], ["silent"], ["aloud", "silent"], [])
        assert (state, tries) in ((SENT, len(copies)), (SENT, 2), (UNCERTAIN, 2))
        assert copies or state == UNCERTAIN
        assert await scene.next_at(chat_id) == MONDAY + WEEK
