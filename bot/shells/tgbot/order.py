"""Updates of one chat in order, chats side by side.

PTB either handles one update at a time, or gives up order within a chat as well. A button stops spinning before its
chat's turn comes: what it says at once does not depend on the work. How many calls go out at once is the limiter's
business; a chat that waits here takes nothing from the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MOST_UPDATES = 4096
"""Updates in hand, most of them waiting for their chat's turn; further ones stay in PTB's queue."""


class ChatOrder(BaseUpdateProcessor):
    def __init__(self, at_once: Callable[[Update], Coroutine[Any, Any, None]]) -> None:
        """`at_once` is awaited beside the update's turn; it must not raise."""
        super().__init__(MOST_UPDATES)
        self._at_once = at_once
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """Locks are fair: who came first goes first. One that nobody holds or waits for is gone."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update) or update.effective_chat is None:
            await coroutine
            return
        early = asyncio.create_task(self._at_once(update))
        turn = self._turns.setdefault(update.effective_chat.id, asyncio.Lock())
        async with turn:
            await coroutine
        await early
