"""Finishes what could not be finished, and removes what is no longer needed: soon after work, and every hour anyway."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.ports import InboxStore

_log = logging.getLogger(__name__)

KEEP_IDS = timedelta(hours=48)
"""Telegram hands an update over for a day at most; for so long and longer its id is known."""
TIDY_AFTER = 5.0
"""Seconds after an answer at which the traces of deleted texts are removed."""
TIDY_EVERY = 3600.0
"""Seconds; what is kept for two days must not stay longer because nobody writes."""


class Tidying:
    def __init__(self, store: InboxStore) -> None:
        self._store = store
        self._timer: asyncio.TimerHandle | None = None
        self._running: asyncio.Task[None] | None = None
        self._unfinished: set[int] = set()
        """Answered, but not yet marked as done: the database was away."""

    async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
        try:
            await self._store.finish(update_ids, states)
        except StorageError as error:
            _log.error("update %s was answered, but that cannot be stored yet: %s", update_ids[0], error)
            self._unfinished |= set(update_ids)
        self._wait(TIDY_AFTER)

    async def tidy(self) -> None:
        try:
            if self._unfinished:
                await self._store.finish(list(self._unfinished), {})
                self._unfinished.clear()
            await self._store.tidy(KEEP_IDS)
        except StorageError as error:
            _log.error("the inbox cannot be tidied: %s", error)

    async def stop(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._running:
            await self._running
        await self.tidy()

    def _wait(self, seconds: float) -> None:
        """Tidy in so many seconds, or sooner if that is planned."""
        loop = asyncio.get_running_loop()
        if self._timer and self._timer.when() <= loop.time() + seconds and not self._timer.cancelled():
            return
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._start)

    def _start(self) -> None:
        self._timer = None
        self._running = asyncio.create_task(self.tidy())
        self._wait(TIDY_EVERY)
