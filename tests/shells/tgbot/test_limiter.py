from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from bot.shells.tgbot import limiter
from bot.shells.tgbot.limiter import TRIES, Limiter, Once, TooLateError

pytestmark = pytest.mark.usefixtures("short_pauses")


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    monkeypatch.setattr(limiter, "FIRST_PAUSE", 0.001)


class Calls:
    """Fails so many times, then succeeds."""

    def __init__(self, error: Callable[[], TelegramError], failures: int) -> None:
        self.error, self.failures, self.made = error, failures, 0

    async def __call__(self) -> bool:
        self.made += 1
        if self.made <= self.failures:
            raise self.error()
        return True


async def made(calls: Calls) -> object:
    return await Limiter(2).process_request(calls, (), {}, "sendMessage", {"chat_id": 1}, None)


def lost() -> TelegramError:
    return NetworkError("reset")


def wait(time: timedelta) -> Callable[[], TelegramError]:
    """RetryAfter warns when it is made without the setting that `short_pauses` makes, so it is made in the test."""
    return lambda: RetryAfter(time)


@pytest.mark.parametrize("error", [lost, wait(timedelta(0))])
async def test_a_refused_or_lost_call_is_made_again(error: Callable[[], TelegramError]) -> None:
    calls = Calls(error, failures=2)
    assert await made(calls) is True
    assert calls.made == 3


async def test_a_call_is_given_up_after_some_tries() -> None:
    calls = Calls(lost, failures=99)
    with pytest.raises(NetworkError):
        await made(calls)
    assert calls.made == TRIES


@pytest.mark.parametrize("error", [lambda: BadRequest("can't parse"), wait(timedelta(hours=1))])
async def test_a_bad_call_and_a_long_ban_are_not_waited_for(error: Callable[[], TelegramError]) -> None:
    calls = Calls(error, failures=99)
    with pytest.raises((BadRequest, RetryAfter)):
        await made(calls)
    assert calls.made == 1


def torn() -> TelegramError:
    error = NetworkError("httpx.ReadError")
    error.__cause__ = httpx.ReadError("")
    return error


async def test_a_call_that_may_have_been_done_is_made_once_more_and_never_a_third_time() -> None:
    calls = Calls(torn, failures=99)
    with pytest.raises(NetworkError):
        await made(calls)
    assert calls.made == 2


class UnderWay:
    """A call that takes its time, and how many of them there were at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def call(self) -> bool:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return True


async def test_no_more_calls_go_out_at_once_than_allowed() -> None:
    patient, under_way = Limiter(3), UnderWay()
    await asyncio.gather(*(patient.process_request(under_way.call, (), {}, "sendMessage", {}, None) for _ in range(20)))
    assert under_way.most == 3


async def test_a_call_with_a_deadline_does_not_leave_after_it_even_if_all_slots_are_taken_until_then() -> None:
    patient, late, answered = Limiter(1), Calls(lost, failures=0), asyncio.Event()
    slow = asyncio.create_task(patient.process_request(answered.wait, (), {}, "sendMessage", {}, None))
    await asyncio.sleep(0)
    with pytest.raises(TooLateError):
        await patient.process_request(late, (), {}, "sendMessage", {}, Once(time.monotonic() + 0.05))
    assert late.made == 0
    answered.set()
    assert await slow


async def test_a_call_to_a_group_with_a_new_number_is_made_again_once_to_that_number() -> None:
    told: list[tuple[int, int]] = []

    async def moved(old: int, new: int) -> None:
        told.append((old, new))

    async def process(calls: Calls, data: dict[str, int]) -> object:
        return await Limiter(2, moved).process_request(calls, (), {}, "sendMessage", data, None)

    data = {"chat_id": -5}
    calls = Calls(lambda: ChatMigrated(-1_005), failures=1)
    assert await process(calls, data)
    assert (data, told, calls.made) == ({"chat_id": -1_005}, [(-5, -1_005)], 2)
    calls = Calls(lambda: ChatMigrated(-1_005), failures=2)
    with pytest.raises(ChatMigrated):
        await process(calls, {"chat_id": -5})
    assert calls.made == 2
