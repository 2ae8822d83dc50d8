"""Drafts of reminders in memory: gone with the process."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.ports import Clock
from bot.reminders.draft import ANSWERED_WITHIN, Draft
from bot.shells.storage.draft_rows import draft_values


class MemoryDraftStore:
    def __init__(self, now: Clock) -> None:
        self._now = now
        self._drafts: dict[int, tuple[Draft, datetime]] = {}

    async def load(self, chat_id: int, within: timedelta = ANSWERED_WITHIN) -> Draft | None:
        draft, updated_at = self._drafts.get(chat_id, (None, self._now()))
        return draft if updated_at >= self._now() - within else None

    async def save(self, chat_id: int, draft: Draft) -> None:
        self._drafts[chat_id] = (draft, self._now())

    async def clear(self, chat_id: int) -> None:
        self.forget(chat_id)

    def forget(self, chat_id: int) -> None:
        self._drafts.pop(chat_id, None)

    def rows_of(self, chat_id: int) -> list[dict[str, Any]]:
        if chat_id not in self._drafts:
            return []
        draft, updated_at = self._drafts[chat_id]
        return [{"chat_id": chat_id, "draft": draft_values(draft), "updated_at": updated_at.isoformat()}]
