"""Processes that are told to end, that are frozen, and that hang."""

from __future__ import annotations

import asyncio
import signal
import time
from datetime import timedelta
from functools import partial
from threading import Thread

import httpx
import pytest

from bot.reminders.delivery import LEASE
from bot.reminders.schedule import WEEK
from bot.shells.playground.telegram.faults import Delay, Fault
from bot.shells.serving import serving
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.webhook import Web, listen_at
from tests.faults.scene import MONDAY, SENT, Scene

PEOPLE = range(1, 21)
SECONDS_BETWEEN = 100
"""Between two reminders of a process that is told to end: all but the first wait for their turn."""


async def test_fault_07_told_to_end_amid_a_batch_it_ends_what_it_began_and_gives_back_the_rest(scene: Scene) -> None:
    for chat_id in PEOPLE:
        await scene.subscribe(chat_id)
    scene.set_clock(MONDAY)
    answer = asyncio.Event()
    scene.telegram.faults.append(Fault("sendMessage", Delay(answer.wait)))
    serving = await scene.begin(work="serve", per_second=1 / SECONDS_BETWEEN)
    async with asyncio.timeout(20):
        while not scene.telegram.called("sendMessage"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    serving.kill(signal.SIGTERM)
    told = time.monotonic()
    await asyncio.sleep(0.2)
    answer.set()
    assert await serving.ends() == 0
    assert time.monotonic() - told < 10
    assert [row for chat in PEOPLE for row in await scene.rows(chat)] == [(SENT, 1)]
    assert {await scene.next_at(chat) for chat in PEOPLE} == {MONDAY, MONDAY + WEEK}
    await scene.send()
    assert [scene.sounds(chat) for chat in PEOPLE] == [["aloud"]] * len(PEOPLE)


@pytest.mark.parametrize("seconds", [10, 130, 1000])
@pytest.mark.parametrize("point", ["claim:after", "ready:after"])
async def test_fault_08_frozen_before_the_marker_it_sends_only_what_it_still_holds(
    scene: Scene, point: str, seconds: int
) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    frozen = await scene.begin(point=point, signal=signal.SIGSTOP)
    await frozen.stops()
    scene.move_on(timedelta(seconds=seconds))
    await scene.send()
    assert scene.sounds() == ([] if seconds < LEASE.total_seconds() else ["aloud"])
    frozen.kill(signal.SIGCONT)
    assert await frozen.ends() == 0
    assert scene.sounds() == ["aloud"]
    assert await scene.rows() == [(SENT, 1)]


@pytest.mark.parametrize("seconds", [130, 1000])
async def test_fault_08_frozen_after_the_marker_it_sends_nothing_late_and_overwrites_nothing(
    scene: Scene, seconds: int
) -> None:
    """As if sending may take 0.2 s, for the clock by which a deadline is kept cannot be set."""
    await scene.subscribe()
    scene.set_clock(MONDAY)
    frozen = await scene.begin(point="begin:after", signal=signal.SIGSTOP, send_limit=0.2)
    await frozen.stops()
    scene.move_on(timedelta(seconds=seconds))
    await scene.send()
    await asyncio.sleep(0.3)
    frozen.kill(signal.SIGCONT)
    assert await frozen.ends() == 0
    assert scene.sounds() == ["silent"]
    assert await scene.rows() == [(SENT, 2)]
    assert await scene.next_at() == MONDAY + WEEK


async def test_fault_08_frozen_for_a_moment_it_goes_on(scene: Scene) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    frozen = await scene.begin(point="begin:after", signal=signal.SIGSTOP)
    await frozen.stops()
    scene.move_on(timedelta(seconds=10))
    frozen.kill(signal.SIGCONT)
    await frozen.ends()
    assert (scene.sounds(), await scene.rows()) == (["aloud"], [(SENT, 1)])


async def ready() -> bool:
    return True


async def test_fault_09_a_loop_that_hangs_answers_no_question_for_its_health_and_loses_no_lease(
    sqlite_scene: Scene,
) -> None:
    """It hangs for a second; whoever asks has no more patience than 0.2."""
    scene, health = sqlite_scene, Health(telegram=True)
    await scene.subscribe()
    scene.set_clock(MONDAY)
    scene.telegram.faults.append(Fault("sendMessage", Delay(partial(asyncio.sleep, 0.05))))
    seen: list[str] = []

    def ask(address: str) -> None:
        try:
            seen.append(str(httpx.get(f"{address}/healthz", timeout=0.2).status_code))
        except httpx.TimeoutException:
            seen.append("no answer")

    web = Web(health, ready, None, "")
    async with serving(web.app, listen_at("127.0.0.1:0")) as address:
        sending = asyncio.create_task(scene.round())
        await asyncio.sleep(0.05)
        asking = Thread(target=ask, args=(address,))
        asking.start()
        time.sleep(1)  # noqa: ASYNC251 - this is the fault
        await sending
        await asyncio.to_thread(ask, address)
    assert seen == ["no answer", "200"]
    assert await scene.rows() == [(SENT, 1)]
