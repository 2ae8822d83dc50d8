"""The questions that people collect for their doctor, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select

from bot.corpus.models import Tier
from bot.ports import Added, Question
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.tables import visit_questions


class SqlVisitStore(SqlStore):
    async def add(self, chat_id: int, text: str, intent: str | None, level: Tier, *, most: int) -> Added:
        table = visit_questions.c
        mine = select(func.count()).where(table.chat_id == chat_id)
        same = mine.where(table.text == text, table.intent.is_not_distinct_from(intent))
        row = {"chat_id": chat_id, "text": text, "intent": intent, "level": level.value, "added_at": self._now()}
        async with self._transaction() as connection:
            if (await connection.execute(same)).scalar_one():
                return Added.THERE
            if (await connection.execute(mine)).scalar_one() >= most:
                return Added.FULL
            await connection.execute(insert(visit_questions).values(row))
        return Added.ADDED

    async def questions(self, chat_id: int) -> list[Question]:
        table = visit_questions.c
        columns = (table.id, table.text, table.intent, table.level)
        rows = await self._rows(select(*columns).where(table.chat_id == chat_id).order_by(table.id))
        return [_question(row) for row in rows]

    async def delete(self, chat_id: int, question_id: int) -> bool:
        table = visit_questions.c
        mine = delete(visit_questions).where(table.chat_id == chat_id, table.id == question_id)
        return await self._erase(mine)

    async def clear(self, chat_id: int) -> None:
        await self._erase(delete(visit_questions).where(visit_questions.c.chat_id == chat_id))


def _question(row: Mapping[str, Any]) -> Question:
    """A level that this version does not know becomes the first one."""
    level = Tier(row["level"]) if row["level"] in tuple(Tier) else Tier.FUNDAMENTALS
    return Question(row["id"], row["text"], row["intent"], level)
