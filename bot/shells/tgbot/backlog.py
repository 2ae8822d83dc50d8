"""Messages that had waited for more than an hour when they came: we were away.

Each chat gets one word for all of its old messages, not a flood of late answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Update

OLD = timedelta(hours=1)
QUIET = 2.0
"""Seconds without a further old message after which the outage is taken to be fetched in full."""


def is_old(update: Update, now: datetime) -> bool:
    """Whether it is a message from longer than an hour ago. Presses of buttons carry no time of their own."""
    message = update.message or update.edited_message
    return message is not None and now - (message.edit_date or message.date) > OLD


class Backlog:
    def __init__(self, catch_up: Callable[[int, list[Update]], None]) -> None:
        """`catch_up` is called once for each chat with its old messages, in order."""
        self._catch_up = catch_up
        self._chats: dict[int, list[Update]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, chat_id: int, update: Update) -> None:
        self._chats.setdefault(chat_id, []).append(update)
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(QUIET, self._flush)

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _flush(self) -> None:
        chats, self._chats = self._chats, {}
        for chat_id, updates in chats.items():
            self._catch_up(chat_id, updates)
