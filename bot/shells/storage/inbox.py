"""The inbox in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update

from bot.dialogue.state import ChatState
from bot.ports import StoredUpdate
from bot.reminders.draft import KEPT_FOR
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import insert_into
from bot.shells.storage.stores import upsert_state
from bot.shells.storage.tables import answers, inbox, reminder_drafts

_PENDING = inbox.c.done_at.is_(None)


class SqlInboxStore(SqlStore):
    """Every call raises StorageError if the database fails."""

    async def add(self, updates: Sequence[StoredUpdate]) -> set[int]:
        rows = [_row(stored) | {"received_at": self._now()} for stored in updates]
        insert = insert_into(self._engine, inbox).on_conflict_do_nothing(index_elements=[inbox.c.update_id])
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                added = await connection.execute(insert.values(rows).returning(inbox.c.update_id))
                return set(added.scalars())

    async def pending(self) -> list[StoredUpdate]:
        wanted = select(inbox.c.update_id, inbox.c.chat_id, inbox.c.payload, inbox.c.tries).where(_PENDING)
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                found = await connection.execute(wanted.order_by(inbox.c.received_at, inbox.c.update_id))
                return [StoredUpdate(*row) for row in found]

    async def begin(self, update_id: int) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(
                    update(inbox).where(inbox.c.update_id == update_id).values(tries=inbox.c.tries + 1)
                )

    async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
        done = update(inbox).where(inbox.c.update_id.in_(update_ids)).values(payload=None, done_at=self._now())
        with storage_errors(self._place):
            async with self._engine.begin() if states else self._single.connect() as connection:
                for chat_id, state in states.items():
                    await connection.execute(upsert_state(self._engine, chat_id, state, self._now()))
                await connection.execute(done)

    async def tidy(self, keep: timedelta) -> None:
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                await connection.execute(delete(inbox).where(inbox.c.done_at < self._now() - keep))
                await connection.execute(delete(answers).where(answers.c.answered_at < self._now() - keep))
                await connection.execute(
                    delete(reminder_drafts).where(reminder_drafts.c.updated_at < self._now() - KEPT_FOR)
                )
                await self._remove_traces(connection)


def _row(stored: StoredUpdate) -> dict[str, object]:
    return {
        "update_id": stored.update_id,
        "chat_id": stored.chat_id,
        "payload": stored.payload,
        "tries": stored.tries,
    }
