"""What the last reminder of a chat was about, until the person writes.

A mere "why?" or "more" after a reminder is about it. Whatever says more is understood by itself: if every text after a
reminder leant on it, the weather would be answered with exercise. In memory: after a restart "why?" is about what was
talked of before.
"""

from __future__ import annotations

MOST = 10_000
"""Chats; the longest known is forgotten first."""


class JustSent:
    def __init__(self) -> None:
        self._intents: dict[int, str] = {}

    def note(self, chat_id: int, intent: str) -> None:
        self._intents.pop(chat_id, None)
        self._intents[chat_id] = intent
        if len(self._intents) > MOST:
            del self._intents[next(iter(self._intents))]

    def take(self, chat_id: int) -> str | None:
        """The intent that tells more of the reminder; asked once."""
        return self._intents.pop(chat_id, None)
