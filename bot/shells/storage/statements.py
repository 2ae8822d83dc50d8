"""Statements that more than one store needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Delete,
    Executable,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.shells.storage.tables import NUMBERS_MESSAGES

Insert = sqlite.Insert | postgresql.Insert
_INSERT: dict[str, Callable[[Table], Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(engine: AsyncEngine, table: Table) -> Insert:
    """The dialect's own INSERT, which knows ON CONFLICT."""
    return _INSERT[engine.dialect.name](table)


def upsert(engine: AsyncEngine, table: Table, keys: Mapping[str, Any], values: Mapping[str, Any]) -> Executable:
    """Write a row, or new values into the one with these keys, which are the table's primary key."""
    insert = insert_into(engine, table).values({**keys, **values})
    return insert.on_conflict_do_update(index_elements=list(keys), set_=dict(values))


def upsert_any(engine: AsyncEngine, table: Table) -> Executable:
    """The same for whatever row it is executed with: built once, for what is written often."""
    insert, keys = insert_into(engine, table), [column.name for column in table.primary_key]
    given = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=given)


def moving(table: Table, old: int, new: int) -> Iterator[Executable]:
    """Give the rows of one chat to another one; of two that cannot both be there, the new chat's stays."""
    if table.info.get(NUMBERS_MESSAGES):
        yield delete(table).where(table.c.chat_id == old)
        return
    for key in _keys(table):
        yield _without_clashes(table, key, old, new)
    yield update(table).where(table.c.chat_id == old).values(chat_id=new)


def _keys(table: Table) -> Iterator[list[Column[Any]]]:
    """What must be unique and holds the chat."""
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint) and "chat_id" in constraint.columns:
            yield list(constraint.columns)


def _without_clashes(table: Table, key: list[Column[Any]], old: int, new: int) -> Delete:
    there = table.alias()
    same = [there.c[column.name] == column for column in key if column.name != "chat_id"]
    return delete(table).where(table.c.chat_id == old, exists().where(and_(there.c.chat_id == new, *same)))
