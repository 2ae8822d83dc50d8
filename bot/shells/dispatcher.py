"""Sends what is due, again and again, until told to stop.

Claimed in batches, sent a few at a time and at the rate that Telegram permits. Waiting comes before the marker of a
delivery: a crash leaves at most as many uncertain deliveries as are under way at once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfoNotFoundError

from bot.errors import StorageError
from bot.ports.reminders import Claimed, ReminderStore, Sender
from bot.reminders.records import Subscription
from bot.reminders.selection import Selection
from bot.shells.courier import UNAUTHORISED, Courier, Halt, OnSent, Seconds, Sleep
from bot.shells.pulse import Pulse
from bot.shells.tgbot.logs import describe

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 8
PER_SECOND = 25
"""Of the thirty messages a second that Telegram takes of a bot, five are left for answers."""
PER_CHAT = 1.0
"""Seconds between two messages to one chat."""
POLL = 1.0
"""Seconds between two looks when nothing is due."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 30.0
"""Seconds for which nothing is sent when Telegram or the database is away; each further pause is twice as long. Who
pauses for longer than ALIVE_FOR is taken to be dead."""
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
        self._ended = asyncio.Event()
        """Whether the round has ended, by that or by `stop`, so that nothing more is begun in it."""
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
            await _unless(self._stopping, self._sleep(pause))

    def stop(self) -> None:
        """Begin nothing more. What was claimed and not begun is given back before `run` ends."""
        self._stopping.set()
        self._ended.set()

    async def round(self) -> float:
        """Send a batch of what is due; for how many seconds nothing more need be done."""
        self._halt, self._pulse.looked_at = None, self._monotonic()
        if not self._stopping.is_set():
            self._ended.clear()
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
        self._pause = FIRST_PAUSE
        self._pulse.trouble, self._pulse.is_refused = "", False
        return 0.0 if claimed else POLL

    async def _send_all(self, claimed: Sequence[Claimed]) -> None:
        unbegun = {one.subscription.id: one.subscription for one in claimed}
        try:
            rate = await self._store.reserve(len(claimed), self._spacing)
            waiting = deque((rate.next_free + number * self._spacing, one) for number, one in enumerate(claimed))
            await asyncio.gather(*(self._work(waiting, unbegun) for _ in range(AT_ONCE)))
        finally:  # else they would have to wait for the end of their lease
            await self._store.release(list(unbegun.values()))

    async def _work(self, waiting: deque[tuple[datetime, Claimed]], unbegun: dict[int, Subscription]) -> None:
        while waiting and not self._ended.is_set():
            at, one = waiting.popleft()
            it = one.subscription
            try:
                await self._until(at, it.chat_id)
                if not self._ended.is_set():
                    del unbegun[it.id]
                    await self._deliver(one)
            except StorageError as error:
                self._end_round(Halt(str(error)))
            except Exception as error:  # a bug; the others come a little later
                _log.error("the reminder of subscription %s failed\n%s", it.id, describe(error))
                self._end_round(Halt("a reminder failed"))
            self._pulse.looked_at = self._monotonic()

    async def _until(self, at: datetime, chat_id: int) -> None:
        """Until it is this one's turn, and the chat's, and no answer waits; or until the round has ended."""
        now = self._monotonic()
        turn = max(now + (at - self._store.now()).total_seconds(), self._free.get(chat_id, now))
        self._free = {chat: free_at for chat, free_at in self._free.items() if free_at > now}
        self._free[chat_id] = turn + PER_CHAT
        if turn > now:
            await _unless(self._ended, self._sleep(turn - now))
        if not self._ended.is_set():
            held_for = await _unless(self._ended, self._sender.ready())
            if held_for:  # an answer was told so
                self._end_round(await self._courier.hold(held_for))

    async def _deliver(self, one: Claimed) -> None:
        try:
            halt = await self._courier.deliver(one)
        except (ZoneInfoNotFoundError, OverflowError) as error:
            _log.error("subscription %s is put aside, its zone or day is none: %s", one.subscription.id, error)
            await self._courier.put_aside(one.subscription)
        else:
            if halt:
                self._end_round(halt)

    def _end_round(self, halt: Halt) -> None:
        if self._halt is None:
            self._halt = halt
            self._pulse.trouble, self._pulse.is_refused = halt.trouble, halt == UNAUTHORISED
            self._ended.set()

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


async def _unless(event: asyncio.Event, work: Awaitable[Result]) -> Result | None:
    """What comes of the work; nothing if the event comes first."""
    working, coming = asyncio.ensure_future(work), asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({working, coming}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        coming.cancel()
