"""What Telegram, or the way to it, may do to a reminder."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.ports.reminders import silent
from bot.reminders.plans import resumed
from bot.reminders.records import DeliveryState, Standing
from bot.reminders.schedule import WEEK
from bot.reminders.streams import Stream
from bot.shells import courier
from bot.shells.playground.telegram.errors import RefusedError, blocked, migrated, too_many
from bot.shells.playground.telegram.faults import Broken, Delay, Fault
from bot.shells.tgbot import app
from bot.shells.tgbot.traffic import Traffic
from tests.faults.scene import ANN, MONDAY, SENT, Row, Scene
from tests.shells.tgbot.emulator import bad

BOB = 2
RETRY, SENDING = (DeliveryState.RETRY, 0), (DeliveryState.SENDING, 1)
BLOCKED, FAILED = (DeliveryState.BLOCKED, 1), (DeliveryState.FAILED, 1)
DEACTIVATED = RefusedError(403, "Forbidden: user is deactivated")
HUGE = RefusedError(500, "x" * 10_000_000)


def fail(scene: Scene, error: Any) -> None:
    scene.telegram.faults.append(Fault("sendMessage", error, ANN))


@pytest.mark.parametrize(("lost", "copies"), [(Broken.RESET_AFTER, ["aloud", "silent"]), (Broken.RESET, ["silent"])])
async def test_fault_22_an_answer_that_is_lost_leads_to_one_silent_copy(
    scene: Scene, lost: Broken, copies: list[str]
) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    fail(scene, lost)
    await scene.round()
    assert await scene.rows() == [SENDING]
    await scene.round()
    assert await scene.rows() == [SENDING], "its lease has not ended"
    scene.move_on()
    await scene.round()
    assert scene.sounds() == copies
    assert await scene.rows() == [(SENT, 2)]


@pytest.mark.parametrize("seconds", [1, 30, 10_072])
async def test_fault_23_after_a_429_nobody_calls_before_it_ends(scene: Scene, seconds: int) -> None:
    for chat_id in range(1, 13):
        await scene.subscribe(chat_id)
    scene.set_clock(MONDAY)
    fail(scene, too_many(seconds))
    await scene.round()
    called = len(scene.telegram.called("sendMessage"))
    assert called <= 8, "those that were under way"
    assert await scene.rows() == [RETRY]
    assert {await scene.next_at(chat) for chat in range(1, 13)} <= {MONDAY, MONDAY + WEEK}, "no lease is held"
    scene.move_on(timedelta(seconds=seconds - 0.5))
    await scene.round()
    await scene.send()
    assert len(scene.telegram.called("sendMessage")) == called
    scene.move_on(timedelta(seconds=0.7))
    await scene.send()
    assert [scene.sounds(chat) for chat in range(1, 13)] == [["aloud"]] * 12


async def test_fault_23_a_429_that_an_answer_earned_holds_the_reminders_too(scene: Scene) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    traffic = Traffic()
    traffic.hold(10_072)
    async with asyncio.timeout(5):
        await scene.round(traffic)
    assert await scene.next_at() == MONDAY, "given back"
    scene.move_on(timedelta(seconds=10_000))
    await scene.send()
    assert scene.telegram.called("sendMessage") == [], "other processes know of it"
    scene.move_on(timedelta(seconds=73))
    await scene.send()
    assert scene.sounds() == ["aloud"]


@pytest.mark.parametrize(
    ("error", "row", "standing", "copies"),
    [
        (blocked(), BLOCKED, Standing.BLOCKED, []),
        (DEACTIVATED, BLOCKED, Standing.BLOCKED, []),
        (bad("chat not found"), BLOCKED, Standing.BLOCKED, []),
        (migrated(-1_005), BLOCKED, Standing.BLOCKED, []),
        (bad("can't parse entities"), FAILED, Standing.ACTIVE, []),
        (RefusedError(401, "Unauthorized"), RETRY, Standing.ACTIVE, ["aloud"]),
        (RefusedError(404, "Not Found"), RETRY, Standing.ACTIVE, ["aloud"]),
        (RefusedError(409, "Conflict"), RETRY, Standing.ACTIVE, ["aloud"]),
        (RefusedError(500, "Internal Server Error"), SENDING, Standing.ACTIVE, ["silent"]),
        (HUGE, SENDING, Standing.ACTIVE, ["silent"]),
        (Broken.BAD_GATEWAY, SENDING, Standing.ACTIVE, ["silent"]),
        (Broken.GARBAGE, SENDING, Standing.ACTIVE, ["silent"]),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_fault_24_what_telegram_answers_decides_and_keeps_nobody_else_from_a_reminder(
    sqlite_scene: Scene, error: Any, row: Row, standing: Standing, copies: list[str]
) -> None:
    for chat_id in (ANN, BOB):
        await sqlite_scene.subscribe(chat_id)
    sqlite_scene.set_clock(MONDAY)
    fail(sqlite_scene, error)
    await sqlite_scene.round()
    assert await sqlite_scene.rows() == [row]
    (it,) = await sqlite_scene.storage.reminders.of_chat(ANN)
    assert it.standing == standing
    await sqlite_scene.round()
    assert sqlite_scene.sounds(BOB) == ["aloud"]
    sqlite_scene.move_on()
    await sqlite_scene.round()
    assert sqlite_scene.sounds() == copies


@asynccontextmanager
async def silence() -> AsyncIterator[str]:
    """A server that takes connections and says nothing, as one whose cable was cut."""

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    ended = asyncio.Event()
    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield f"http://{host}:{port}/bot"
    ended.set()
    server.close()


async def test_fault_25_a_telegram_that_is_slow_but_answers_in_time_gets_it_once(
    sqlite_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if an answer may take 0.1 s and this one takes 0.3: a reminder has more patience, for a copy costs more."""
    monkeypatch.setattr(app, "ANSWER_TIMEOUT", 0.1)
    await sqlite_scene.subscribe()
    sqlite_scene.set_clock(MONDAY)
    fail(sqlite_scene, Delay(partial(asyncio.sleep, 0.3)))
    await sqlite_scene.round()
    assert await sqlite_scene.rows() == [(SENT, 1)]


async def test_fault_25_half_open_is_uncertain(sqlite_scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "SEND_LIMIT", timedelta(seconds=0.2))
    await sqlite_scene.subscribe()
    sqlite_scene.set_clock(MONDAY)
    async with silence() as nowhere:
        await sqlite_scene.round(api=nowhere)
    assert await sqlite_scene.rows() == [SENDING]


def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/bot"


@pytest.mark.parametrize("gone", ["name", "port", "certificate"])
async def test_fault_25_what_never_left_was_surely_not_sent(sqlite_scene: Scene, gone: str) -> None:
    await sqlite_scene.subscribe()
    sqlite_scene.set_clock(MONDAY)
    nowhere = {
        "name": "https://nowhere.invalid/bot",
        "port": closed_port(),
        "certificate": sqlite_scene.order.api.replace("http:", "https:"),
    }
    await sqlite_scene.round(api=nowhere[gone])
    assert await sqlite_scene.rows() == [RETRY]
    assert await sqlite_scene.next_at() == MONDAY
    await sqlite_scene.round()
    assert sqlite_scene.sounds() == ["aloud"]


async def test_fault_39_who_blocked_the_bot_gets_nothing_until_she_says_so_and_keeps_her_plan(
    sqlite_scene: Scene,
) -> None:
    await sqlite_scene.subscribe()
    sqlite_scene.set_clock(MONDAY)
    sqlite_scene.telegram.person(ANN).chat.blocked = True
    await sqlite_scene.round()
    sqlite_scene.telegram.person(ANN).chat.blocked = False
    for week in range(1, 4):
        sqlite_scene.set_clock(MONDAY + week * WEEK)
        await sqlite_scene.round()
    assert sqlite_scene.sounds() == []
    assert len(sqlite_scene.telegram.called("sendMessage")) == 1
    await sqlite_scene.storage.reminders.plan(ANN, Stream.EXERCISE, silent(resumed))
    sqlite_scene.set_clock(MONDAY + 4 * WEEK)
    await sqlite_scene.round()
    assert sqlite_scene.sounds() == ["aloud"]
