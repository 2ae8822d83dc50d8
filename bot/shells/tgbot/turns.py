"""Work of each chat in order, chats side by side.

PTB either handles one update at a time, or gives up order within a chat as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

from bot.shells.tgbot.logs import describe

_log = logging.getLogger(__name__)

MOST_AT_ONCE = 256
"""Chats that are served at the same moment; most of them wait for Telegram. The others wait their turn."""

Work = Callable[[], Awaitable[None]]


class Turns:
    def __init__(self) -> None:
        self._waiting: dict[Hashable, deque[Work]] = {}
        self._chats: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._stopping = False

    def add(self, chat: Hashable, work: Work) -> None:
        """Do the work when all that was added before it for the same chat is done."""
        if chat in self._waiting:
            self._waiting[chat].append(work)
            return
        self._waiting[chat] = deque([work])
        task = asyncio.create_task(self._serve(chat))
        self._chats.add(task)
        task.add_done_callback(self._chats.discard)

    async def stop(self, patience: float) -> None:
        """Begin nothing more; give what has begun so many seconds to end."""
        self._stopping = True
        if self._chats:
            await asyncio.wait(self._chats, timeout=patience)
        left = list(self._chats)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, chat: Hashable) -> None:
        waiting = self._waiting[chat]
        while waiting:
            async with self._slots:
                if self._stopping:
                    return
                try:
                    await waiting.popleft()()
                except Exception as error:
                    _log.error("the work of a turn failed\n%s", describe(error))
        del self._waiting[chat]
