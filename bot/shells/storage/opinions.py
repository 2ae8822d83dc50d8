"""Votes on replies and letters to the author, in SQLite or PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, cast, delete, func, select

from bot.ports import Judged, Letter, Tally
from bot.shells.storage.sql import SqlStore
from bot.shells.storage.statements import insert_into, upsert
from bot.shells.storage.tables import letters, votes

DAY = timedelta(days=1)
_LIKED = func.sum(cast(votes.c.liked, Integer))


class SqlVoteStore(SqlStore):
    async def vote(self, chat_id: int, message_id: int, judged: Judged, *, liked: bool) -> None:
        values = {**_columns(judged), "level": judged.level.value, "liked": liked, "voted_at": self._now()}
        await self._run(upsert(self._engine, votes, {"chat_id": chat_id, "message_id": message_id}, values))

    async def take_back(self, chat_id: int, message_id: int) -> None:
        await self._erase(delete(votes).where(votes.c.chat_id == chat_id, votes.c.message_id == message_id))

    async def tallies(self) -> list[Tally]:
        down = func.count() - _LIKED
        rows = await self._rows(
            select(votes.c.outcome, votes.c.intent, _LIKED.label("up"), down.label("down"))
            .group_by(votes.c.outcome, votes.c.intent)
            .order_by(down.desc(), _LIKED.desc(), votes.c.outcome, votes.c.intent)
        )
        return [Tally(**row) for row in rows]


class SqlLetterStore(SqlStore):
    async def send(self, chat_id: int, message_id: int, text: str, judged: Judged, *, most: int) -> int | None:
        values = {**_columns(judged), "text": text, "sent_at": self._now()}
        insert = insert_into(self._engine, letters).values(chat_id=chat_id, message_id=message_id, **values)
        key = [letters.c.chat_id, letters.c.message_id]
        others = select(func.count()).where(
            letters.c.chat_id == chat_id,
            letters.c.message_id != message_id,
            letters.c.sent_at > values["sent_at"] - DAY,
        )
        async with self._transaction() as connection:
            if (await connection.execute(others)).scalar_one() >= most:
                return None
            sent = await connection.execute(
                insert.on_conflict_do_update(index_elements=key, set_=values).returning(letters.c.id)
            )
            return int(sent.scalar_one())

    async def take_back(self, chat_id: int, letter_id: int) -> bool:
        mine = delete(letters).where(letters.c.chat_id == chat_id, letters.c.id == letter_id)
        return await self._erase(mine)

    async def letters(self) -> list[Letter]:
        columns = (letters.c[name] for name in ("id", "text", "outcome", "intent", "sent_at"))
        rows = await self._rows(select(*columns).order_by(letters.c.sent_at, letters.c.id))
        return [Letter(**{**row, "sent_at": _aware(row["sent_at"])}) for row in rows]

    async def delete(self, letter_id: int) -> bool:
        return await self._erase(delete(letters).where(letters.c.id == letter_id))


def _aware(instant: datetime) -> datetime:
    """SQLite gives instants without their zone, which is UTC."""
    return instant.replace(tzinfo=instant.tzinfo or UTC)


def _columns(judged: Judged) -> dict[str, Any]:
    return {"outcome": judged.outcome.value, "intent": judged.intent}
