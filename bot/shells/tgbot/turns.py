"""Work of each chat in order, chats side by side.

PTB either handles one update at a time, or gives up order within a chat as well.

Few turns are under way at the same moment: one that is, when the process is killed, is taken again after the restart,
since nobody can tell whether Telegram has its answer. Two are enough for as many answers in a second as Telegram takes
of any bot. A turn that takes long no longer counts, so that a slow chat keeps nobody waiting.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

from bot.shells.tgbot.logs import describe

_log = logging.getLogger(__name__)

MOST_AT_ONCE = 2
"""Turns under way at the same moment; those that take longer than LONG are not counted."""
LONG = 0.3
"""Seconds; most turns take a fifth of it."""

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
            async with self._slot():
                if self._stopping:
                    return
                try:
                    await waiting.popleft()()
                except Exception as error:  # a bug; the chat's next message must not wait for ever
                    _log.error("the work of a turn failed\n%s", describe(error))
        del self._waiting[chat]

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """A slot, for LONG at most."""
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        given_back = loop.call_later(LONG, self._slots.release)
        try:
            yield
        finally:
            if given_back.when() > loop.time():
                given_back.cancel()
                self._slots.release()
