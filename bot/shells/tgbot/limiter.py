"""Every call to Telegram but getUpdates passes here: so many at once, patiently.

PTB's own AIORateLimiter halts all chats when Telegram slows down one. Here only the call that was refused waits, and
with it the chat it is for, since updates of one chat are handled in order. A call gives its slot back while it waits.

A call that was torn after it had left may have been done. It is made once more: an answer that comes twice does less
harm than none, but it must not come three times.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.shells.tgbot.reach import is_torn, is_unreachable

_log = logging.getLogger(__name__)

TRIES = 4
MOST_TORN = 2
LONGEST_WAIT = 60.0
"""Seconds that Telegram may ask us to wait here; what has to wait longer is tried anew later, see inbox.py."""
FIRST_PAUSE = 0.5
"""Seconds before a call that the network lost is made again; each further pause is twice as long."""

Moved = Callable[[int, int], Awaitable[None]]
Result = Any
"""What Telegram answered, as PTB passes it on: true, an object or a list."""


class Limiter(BaseRateLimiter[None]):
    def __init__(self, concurrency: int, moved: Moved | None = None) -> None:
        """`moved` gets a group's old number and its new one, when a call learns that it has become a supergroup."""
        self._slots = asyncio.Semaphore(concurrency)
        self._moved = moved

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
        rate_limit_args: None,  # noqa: ARG002 - the signature is PTB's
    ) -> Result:
        try:
            return await self._patiently(callback, args, kwargs, endpoint, data)
        except ChatMigrated as error:
            if self._moved:
                await self._moved(data["chat_id"], error.new_chat_id)
            data["chat_id"] = error.new_chat_id  # `args` holds the same dictionary
            return await self._patiently(callback, args, kwargs, endpoint, data)

    async def _patiently(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
    ) -> Result:
        torn = 0
        for attempt in range(1, TRIES):
            try:
                async with self._slots:
                    return await callback(*args, **kwargs)
            except TelegramError as error:
                pause = _pause(error, attempt)
                torn += is_torn(error)
                may_help = is_unreachable(error) or is_torn(error)
                if not may_help or pause > LONGEST_WAIT or torn >= MOST_TORN:
                    raise
                told, chat = type(error).__name__, data.get("chat_id", "-")
                _log.warning("%s, chat %s: %s, again in %.1f s", endpoint, chat, told, pause)
                await asyncio.sleep(pause)
        async with self._slots:
            return await callback(*args, **kwargs)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait, and a little more."""
    wait = error.retry_after
    return (wait.total_seconds() if isinstance(wait, timedelta) else wait) + 0.1


def _pause(error: TelegramError, attempt: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    return FIRST_PAUSE * 2.0 ** (attempt - 1)
