"""What may go to Telegram when: so many messages a second, so many a chat, and none while Telegram wants none.

Telegram's own figures are "about" thirty a second over all and one a second in a chat, with short bursts
(core.telegram.org/bots/faq). Five of the thirty are kept for answers: a person who asks does not wait behind reminders.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum, auto

PER_SECOND = 30
KEPT_FOR_ANSWERS = 5
BURST = 20
"""Messages that a chat may get at once before it gets one a second."""


class Lane(Enum):
    ANSWER = auto()
    REMINDER = auto()


class Traffic:
    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._sent: deque[float] = deque()
        """When the messages of the last second left."""
        self._held_until = 0.0
        self._full_until: dict[int, float] = {}
        """Until when a chat's burst is used up, one second for each message."""

    @property
    def held_for(self) -> float:
        """Seconds for which Telegram wants nothing from us; 0 if it takes messages."""
        return max(0.0, self._held_until - self._monotonic())

    def hold(self, seconds: float) -> None:
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    async def enter(self, lane: Lane, chat_id: int | None = None, *, even_if_held: bool = True) -> bool:
        """Wait until a message may leave, and count it. Not `even_if_held`: False at once if Telegram wants nothing."""
        while (wait := self._wait(lane, chat_id)) > 0:
            if self.held_for and not even_if_held:
                return False
            await self._sleep(wait)
        now = self._monotonic()
        self._sent.append(now)
        if chat_id is not None:
            self._full_until[chat_id] = max(now, self._full_until.get(chat_id, now)) + 1.0
        return True

    def _wait(self, lane: Lane, chat_id: int | None) -> float:
        now = self._monotonic()
        self._forget(now)
        most = PER_SECOND if lane == Lane.ANSWER else PER_SECOND - KEPT_FOR_ANSWERS
        until_free = self._sent[-most] + 1.0 - now if len(self._sent) >= most else 0.0
        until_chat = self._full_until.get(chat_id, now) - BURST - now if chat_id is not None else 0.0
        return max(until_free, until_chat, self.held_for)

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] <= now - 1.0:
            self._sent.popleft()
        if len(self._full_until) > 1000:
            self._full_until = {chat: at for chat, at in self._full_until.items() if at > now}
