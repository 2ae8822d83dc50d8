"""Is the schema the one that the code knows? If it is older, bring it up to date or say how."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, table, text
from sqlalchemy import column as column_of
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageError
from bot.shells.storage.place import Place, PostgresPlace, SqlitePlace
from bot.shells.storage.tables import REVISIONS

_MIGRATING = 0x05_7E_04
"""PostgreSQL's advisory lock that two `osteon migrate` at once wait for; any number that nobody else uses."""
_version = table("alembic_version", column_of("version_num"))


async def check_schema(engine: AsyncEngine, place: Place) -> None:
    """SQLite is brought up to date at once; on PostgreSQL that is the operator's decision. Raises StorageError."""
    await _run(engine, place, may_migrate=isinstance(place, SqlitePlace))


async def migrate_schema(engine: AsyncEngine, place: Place) -> bool:
    """Bring it up to date, all or nothing; False if it was. Raises StorageError if it is newer than the code."""
    return await _run(engine, place, may_migrate=True)


async def _run(engine: AsyncEngine, place: Place, *, may_migrate: bool) -> bool:
    async with engine.begin() as connection:
        if may_migrate and isinstance(place, PostgresPlace):
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
        revision = await connection.run_sync(_revision)
        if revision == REVISIONS[-1]:
            return False
        if revision is not None and revision not in REVISIONS:
            raise StorageError(_newer(place, revision))
        if not may_migrate:
            raise StorageError(_older(place))
        await connection.run_sync(_upgrade)
        return True


def _revision(connection: Connection) -> str | None:
    """None for a database without our tables."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.execute(select(_version.c.version_num)).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.shells.storage:migrations")
    command.upgrade(config, "head")


def _newer(place: Place, revision: str) -> str:
    return (
        f"A newer version of Osteon has written {place.told}: its schema is {revision}, and this version knows "
        f"{REVISIONS[-1]} and older ones. Run that version, or name another database. {place.remedy}"
    )


def _older(place: Place) -> str:
    return f"The schema of {place.told} is not up to date. Run: osteon migrate"
