"""Sends what is due, again and again, until told to stop.

Claimed in batches, sent a few at a time and at the rate that Telegram permits. Waiting comes before the marker of a
delivery: a crash leaves at most as many uncertain deliveries as are under way at once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from bot.errors import StorageError
from bot.ports.reminders import Claimed, ReminderStore, Sender
from bot.reminders.selection import Selection
from bot.shells.courier import Courier, Halt, OnSent, Seconds, Sleep
from bot.shells.pulse import Pulse
from bot.shells.tgbot.logs import describe

_log = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 8
PER_SECOND = 25
"""Of the thirty messages a second that Telegram takes of a bot, five are left for answers."""
PER_CHAT = 1.0
"""Seconds between two messages to one chat."""
POLL = 1.0
"""Seconds between two looks when nothing is due."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds for which nothing is sent when Telegram or the database is away; each further pause is twice as long."""
CLOSINGS = 10
"""Old messages that lose their buttons at one look."""
KEEP = timedelta(days=400)
TIDY_EVERY = timedelta(hours=1)


class Dispatcher:
    def __init__(
        self,
        store: ReminderStore,
        sender: Sender,
        selection: Selection,
        pulse: Pulse,
        *,
        on_sent: OnSent | None = None,
        per_second: float = PER_SECOND,
        sleep: Sleep = asyncio.sleep,
        monotonic: Seconds = time.monotonic,
    ) -> None:
        self._courier = Courier(store, sender, selection, pulse, on_sent=on_sent, sleep=sleep, monotonic=monotonic)
        self._store = store
        self._sender = sender
        self._pulse = pulse
        self._spacing = timedelta(seconds=1) / per_second
        self._sleep = sleep
        self._monotonic = monotonic
        self._halt: Halt | None = None
        """What ends the round, once there is something."""
        self._pause = FIRST_PAUSE
        self._free: dict[int, float] = {}
        """When the next message to a chat may begin."""
        self._tidied_at: datetime | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`, or cancelled."""
        while not self._stopping.is_set():
            try:
                pause = await self.round()
            except Exception as error:  # a bug; whoever is due next week must not pay for it
                _log.error("a round of reminders failed\n%s", describe(error))
                pause = LONGEST_PAUSE
            await self._idle(pause)

    def stop(self) -> None:
        """Begin nothing more. What was claimed and not begun is given back before `run` ends."""
        self._stopping.set()

    async def round(self) -> float:
        """Send a batch of what is due; for how many seconds nothing more need be done."""
        self._halt, self._pulse.looked_at = None, self._monotonic()
        try:
            claimed = await self._store.claim(BATCH)
            if claimed:
                await self._send_all(claimed)
            else:
                await self._tidy()
        except StorageError as error:
            self._end_round(Halt(str(error)))
        if self._halt:
            return self._pause_after(self._halt)
        self._pause, self._pulse.trouble = FIRST_PAUSE, ""
        return 0.0 if claimed else POLL

    async def _send_all(self, claimed: Sequence[Claimed]) -> None:
        rate = await self._store.reserve(len(claimed), self._spacing)
        waiting = deque((rate.next_free + number * self._spacing, one) for number, one in enumerate(claimed))
        await asyncio.gather(*(self._work(waiting) for _ in range(AT_ONCE)))
        await self._store.release([one.subscription for _, one in waiting])

    async def _work(self, waiting: deque[tuple[datetime, Claimed]]) -> None:
        while waiting and not self._ends:
            at, one = waiting.popleft()
            await self._until(at, one.subscription.chat_id)
            if self._ends:
                waiting.append((at, one))
            else:
                await self._deliver(one)

    @property
    def _ends(self) -> bool:
        return self._halt is not None or self._stopping.is_set()

    async def _until(self, at: datetime, chat_id: int) -> None:
        """Until it is this one's turn, and the chat's, and no answer waits."""
        now = self._monotonic()
        turn = max(now + (at - self._store.now()).total_seconds(), self._free.get(chat_id, now))
        self._free = {chat: free_at for chat, free_at in self._free.items() if free_at > now}
        self._free[chat_id] = turn + PER_CHAT
        if turn > now:
            await self._sleep(turn - now)
        await self._sender.ready()

    async def _deliver(self, one: Claimed) -> None:
        it = one.subscription
        try:
            halt = await self._courier.deliver(one)
            if halt:
                self._end_round(halt)
        except StorageError as error:
            self._end_round(Halt(str(error)))
        except (ZoneInfoNotFoundError, OverflowError) as error:
            _log.error("subscription %s is put aside, its zone or day is none: %s", it.id, error)
            await self._courier.put_aside(it)

    def _end_round(self, halt: Halt) -> None:
        if self._halt is None:
            self._halt, self._pulse.trouble = halt, halt.trouble

    def _pause_after(self, halt: Halt) -> float:
        """Nothing is claimed in a time that Telegram has named; what has no end is tried ever more seldom."""
        if halt.wait is not None:
            pause = min(halt.wait.total_seconds(), LONGEST_PAUSE)
        else:
            pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        _log.warning("no reminders for %.0f s: %s", pause, halt.trouble)
        return pause

    async def _tidy(self) -> None:
        """What can wait until nothing is due: buttons of old messages, and rows that are too old."""
        for old in await self._store.closing(CLOSINGS):
            if await self._sender.close(old):
                await self._store.close(old)
        now = self._store.now()
        if self._tidied_at is None or now >= self._tidied_at + TIDY_EVERY:
            self._tidied_at = now
            await self._store.tidy((now - KEEP).date())

    async def _idle(self, seconds: float) -> None:
        """So long, or until `stop`."""
        stopping = asyncio.ensure_future(self._stopping.wait())
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({stopping, sleeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            sleeping.cancel()
