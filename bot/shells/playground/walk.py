"""Moves the clock on from one reminder to the next, so that each is sent at its own time and none is missed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.ports.reminders import ReminderStore
from bot.reminders.delivery import LEASE
from bot.shells.playground.clock import MovableClock

PATIENCE = 5.0
"""Seconds that a reminder gets to be sent; the dispatcher looks once a second."""
_LOOK = 0.05


async def walk(clock: MovableClock, store: ReminderStore, length: timedelta) -> None:
    end = clock() + length
    while (due := await store.next_due()) and due <= end:
        clock.move_on(max(timedelta(), due - clock()))
        if not await _is_settled(clock, store):
            break
    clock.move_on(max(timedelta(), end - clock()))


async def _is_settled(clock: MovableClock, store: ReminderStore) -> bool:
    """Whether what was due has been sent: neither due any more nor leased."""
    for _ in range(int(PATIENCE / _LOOK)):
        due = await store.next_due()
        if due is None or due > clock() + LEASE:
            return True
        await asyncio.sleep(_LOOK)
    return False
