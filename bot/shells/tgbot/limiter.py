"""Every call to Telegram but getUpdates passes here: so many at once, at the rate that it takes, patiently.

After Telegram has slowed us down nothing leaves before the time that it named is over: more calls would only make it
longer. PTB's own AIORateLimiter lets some through (#5338). A 429 that a group earned is that group's own.

A call that was torn after it had left may have been done. It is made once more: an answer that comes twice does less
harm than none, but it must not come three times. Reminders are not made again here: they have a marker of their own.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.shells.tgbot.reach import is_torn, is_unreachable
from bot.shells.tgbot.traffic import Lane, Traffic

_log = logging.getLogger(__name__)

TRIES = 4
MOST_TORN = 2
LONGEST_WAIT = 60.0
"""Seconds that Telegram may ask us to wait here; what has to wait longer is tried anew later, see inbox.py."""
FIRST_PAUSE = 0.5
"""Seconds before a call that the network lost is made again; each further pause is twice as long."""

_SPEAKING = ("send", "edit", "copy", "forward")
"""How the methods begin that Telegram counts as messages."""
_SILENT = ("sendChatAction",)

Moved = Callable[[int, int], Awaitable[None]]
Result = Any
"""What Telegram answered, as PTB passes it on: true, an object or a list."""
Make = Callable[[], Coroutine[Any, Any, Result]]
"""Makes a call, each time anew."""


@dataclass(frozen=True)
class Once:
    """Passed as `rate_limit_args`: the call is made once, and only before a deadline. It has waited for its turn."""

    deadline: float
    """By the monotonic clock."""


class TooLateError(TelegramError):
    """The call was not made, since its deadline was over."""


class Limiter(BaseRateLimiter[Once]):
    def __init__(self, concurrency: int, moved: Moved | None = None, traffic: Traffic | None = None) -> None:
        """`moved` gets a group's old number and its new one, when a call learns that it has become a supergroup."""
        self._slots = asyncio.Semaphore(concurrency)
        self._moved = moved
        self._traffic = traffic or Traffic()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Once | None,
    ) -> Result:
        make = partial(callback, *args, **kwargs)
        if rate_limit_args:
            return await self._once(make, rate_limit_args.deadline)
        try:
            return await self._patiently(make, endpoint, data)
        except ChatMigrated as error:
            if self._moved:
                await self._moved(data["chat_id"], error.new_chat_id)
            data["chat_id"] = error.new_chat_id  # `args` holds the same dictionary
            return await self._patiently(make, endpoint, data)

    async def _patiently(self, make: Make, endpoint: str, data: dict[str, Any]) -> Result:
        torn = 0
        for attempt in range(1, TRIES):
            try:
                return await self._call(make, endpoint, data)
            except TelegramError as error:
                pause = _pause(error, attempt)
                torn += is_torn(error)
                may_help = is_unreachable(error) or is_torn(error)
                if not may_help or pause > LONGEST_WAIT or torn >= MOST_TORN:
                    raise
                told, chat = type(error).__name__, data.get("chat_id", "-")
                _log.warning("%s, chat %s: %s, again in %.1f s", endpoint, chat, told, pause)
                await asyncio.sleep(pause)
        return await self._call(make, endpoint, data)

    async def _call(self, make: Make, endpoint: str, data: dict[str, Any]) -> Result:
        """One try, when its turn has come. Raises RetryAfter at once if that is too far away."""
        if self._traffic.held_for > LONGEST_WAIT:
            raise RetryAfter(timedelta(seconds=self._traffic.held_for))
        chat_id = data.get("chat_id")
        if endpoint.startswith(_SPEAKING) and endpoint not in _SILENT:
            await self._traffic.enter(Lane.ANSWER, chat_id if isinstance(chat_id, int) else None)
        elif self._traffic.held_for:
            await asyncio.sleep(self._traffic.held_for)
        async with self._slots:
            self._refuse_if_held()  # it may have come to that while this call waited
            try:
                return await make()
            except RetryAfter as error:
                if isinstance(chat_id, int) and chat_id > 0:
                    self._traffic.hold(seconds_of(error))
                raise

    async def _once(self, make: Make, deadline: float) -> Result:
        async with self._slot_before(deadline):
            self._refuse_if_held()
            if time.monotonic() > deadline:
                raise TooLateError("too late to be sent")
            try:
                return await make()
            except RetryAfter as error:
                self._traffic.hold(seconds_of(error))
                raise

    @asynccontextmanager
    async def _slot_before(self, deadline: float) -> AsyncIterator[None]:
        """Raises TooLateError: all slots may be taken by calls that Telegram does not answer."""
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                await self._slots.acquire()
        except TimeoutError:
            raise TooLateError("too late to be sent") from None
        try:
            yield
        finally:
            self._slots.release()

    def _refuse_if_held(self) -> None:
        if self._traffic.held_for:
            raise RetryAfter(timedelta(seconds=self._traffic.held_for))


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait, and a little more."""
    wait = error.retry_after
    return (wait.total_seconds() if isinstance(wait, timedelta) else wait) + 0.1


def _pause(error: TelegramError, attempt: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    return FIRST_PAUSE * 2.0 ** (attempt - 1)
