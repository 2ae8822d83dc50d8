"""What people are just about to ask of the reminders, in SQLite or PostgreSQL."""

from __future__ import annotations

from datetime import UTC, timedelta

from sqlalchemy import delete, select

from bot.reminders.draft import ANSWERED_WITHIN, Draft
from bot.shells.storage.draft_rows import draft_of, draft_values
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import upsert
from bot.shells.storage.tables import reminder_drafts


class SqlDraftStore(SqlStore):
    async def load(self, chat_id: int, within: timedelta = ANSWERED_WITHIN) -> Draft | None:
        rows = await self._rows(select(reminder_drafts).where(reminder_drafts.c.chat_id == chat_id))
        if not rows or rows[0]["updated_at"].replace(tzinfo=UTC) < self._now() - within:
            return None
        return draft_of(rows[0]["draft"])

    async def save(self, chat_id: int, draft: Draft) -> None:
        values = {"draft": draft_values(draft), "updated_at": self._now()}
        await self._run(upsert(self._engine, reminder_drafts, {"chat_id": chat_id}, values))

    async def clear(self, chat_id: int) -> None:
        await self._run(delete(reminder_drafts).where(reminder_drafts.c.chat_id == chat_id))
