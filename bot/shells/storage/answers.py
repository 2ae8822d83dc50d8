"""Keeps which messages answered which, in SQLite or PostgreSQL. Numbers only, and those for two days."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, or_, select

from bot.shells.storage.faults import storage_errors
from bot.shells.storage.memory import KEPT_FOR, MOST_ANSWERS
from bot.shells.storage.rows import numbers_of
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import upsert
from bot.shells.storage.tables import answers


class SqlAnswerStore(SqlStore):
    """Every call raises StorageError if the database fails."""

    async def load(self, chat_id: int, message_id: int) -> tuple[int, ...]:
        young = answers.c.answered_at > self._now() - KEPT_FOR
        question = select(answers.c.answer_ids).where(_is(chat_id, message_id), young)
        with storage_errors(self._place):
            async with self._single.connect() as connection:
                return numbers_of((await connection.execute(question)).scalar())

    async def save(self, chat_id: int, message_id: int, answer_ids: Sequence[int]) -> None:
        now = self._now()
        values = {"answer_ids": list(answer_ids), "answered_at": now}
        kept = (
            select(answers.c.message_id)
            .where(answers.c.chat_id == chat_id)
            .order_by(answers.c.message_id.desc())
            .limit(MOST_ANSWERS)
        )
        too_many = and_(answers.c.chat_id == chat_id, answers.c.message_id.not_in(kept))
        with storage_errors(self._place):
            async with self._engine.begin() as connection:
                keys = {"chat_id": chat_id, "message_id": message_id}
                await connection.execute(upsert(self._engine, answers, keys, values))
                await connection.execute(delete(answers).where(or_(answers.c.answered_at <= now - KEPT_FOR, too_many)))


def _is(chat_id: int, message_id: int) -> ColumnElement[bool]:
    return and_(answers.c.chat_id == chat_id, answers.c.message_id == message_id)
