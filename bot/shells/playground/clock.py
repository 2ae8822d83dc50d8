"""A clock that can be moved on, so that one need not wait a week for a reminder."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.ports import Clock


class MovableClock:
    """Runs like the clock below it, so much ahead of it as it was moved on."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    def move_on(self, length: timedelta) -> None:
        self._ahead += length
