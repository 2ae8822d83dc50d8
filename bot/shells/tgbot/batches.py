"""Puts together what arrives one by one while the last batch is being stored.

By webhook Telegram brings updates singly, up to forty at once. Each would be a transaction of its own, and the database
would have no time for the answers.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.shells.tgbot.logs import describe

_log = logging.getLogger(__name__)

Receive = Callable[[Sequence[dict[str, Any]]], Awaitable[bool]]


class Batches:
    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[bool]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def receive(self, update: dict[str, Any]) -> bool:
        """Whether it is stored."""
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, stored))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        return await stored

    async def _store(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                is_stored = await self._receive([update for update, _ in batch])
            except Exception as error:  # a bug; Telegram keeps these, and the next ones must not wait for ever
                _log.error("updates were not received\n%s", describe(error))
                is_stored = False
            for _, stored in batch:
                if not stored.done():  # whoever brought it may be gone
                    stored.set_result(is_stored)
        self._storing = None
