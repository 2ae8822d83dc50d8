from __future__ import annotations

import asyncio
import logging

import pytest

from bot.shells.tgbot import turns
from bot.shells.tgbot.logs import Discreet
from bot.shells.tgbot.turns import Turns


class Log:
    """Work that writes down when it is done, or waits for the gate before."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gate = asyncio.Event()

    def work(self, name: str, *, wait: bool = False) -> turns.Work:
        async def run() -> None:
            if wait:
                await self.gate.wait()
            self.done.append(name)

        return run


async def settle() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_chat_keeps_its_order_and_another_passes_it() -> None:
    log, order = Log(), Turns()
    order.add(1, log.work("first of Ann", wait=True))
    order.add(1, log.work("second of Ann"))
    order.add(2, log.work("Bob"))
    await settle()
    assert log.done == ["Bob"]
    log.gate.set()
    await settle()
    assert log.done == ["Bob", "first of Ann", "second of Ann"]
    order.add(1, log.work("third of Ann"))
    await settle()
    assert log.done[-1] == "third of Ann"


async def test_few_turns_are_under_way_at_once_and_slow_ones_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONG", 0.05)
    log, order = Log(), Turns()
    for chat in range(turns.MOST_AT_ONCE):
        order.add(chat, log.work("slow", wait=True))
    order.add("Bob", log.work("Bob"))
    await settle()
    assert log.done == []
    await asyncio.sleep(0.1)
    assert log.done == ["Bob"]
    log.gate.set()
    await settle()
    assert sorted(log.done) == ["Bob", "slow", "slow"]


async def test_many_waiting_updates_of_one_chat_do_not_hold_up_another() -> None:
    log, order = Log(), Turns()
    for number in range(500):
        order.add(1, log.work(str(number), wait=True))
    order.add(2, log.work("Bob"))
    await settle()
    assert log.done == ["Bob"]
    log.gate.set()
    await order.stop(1)


async def test_a_stop_lets_end_what_has_begun_and_begins_nothing_more() -> None:
    log, order = Log(), Turns()
    order.add(1, log.work("begun", wait=True))
    order.add(1, log.work("not begun"))
    await settle()
    stopping = asyncio.create_task(order.stop(10))
    await settle()
    log.gate.set()
    await stopping
    assert log.done == ["begun"]


async def test_a_stop_does_not_wait_for_ever() -> None:
    log, order = Log(), Turns()
    order.add(1, log.work("never", wait=True))
    await settle()
    await order.stop(0.01)
    assert log.done == []


async def test_work_that_fails_does_not_hold_up_its_chat(caplog: pytest.LogCaptureFixture) -> None:
    log, order, written = Log(), Turns(), "what Ann wrote"

    async def broken() -> None:
        raise ValueError(written)

    order.add(1, broken)
    order.add(1, log.work("next"))
    with caplog.at_level(logging.ERROR):
        await settle()
    assert log.done == ["next"]
    log_lines = "\n".join(map(Discreet("token").format, caplog.records))
    assert "ValueError" in log_lines
    assert written not in log_lines
