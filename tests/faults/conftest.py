from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.shells.storage.database import migrate, open_storage
from bot.shells.storage.tables import metadata
from tests.faults.nursery import NO_CERTIFICATES, Nursery
from tests.faults.process import Order
from tests.faults.scene import FILE, Scene
from tests.shells.storage.conftest import (
    PostgresServer,
    StorageSettings,
    engine_for,
    postgres,
    postgres_settings,
    sql_settings,
    sqlite_settings,
)
from tests.shells.tgbot.emulator import Emulator

__all__ = ["postgres", "postgres_settings", "sql_settings", "sqlite_settings"]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new client reads all that there are, which would be half of what many of these tests do."""
    for name, value in NO_CERTIFICATES.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose schema is up to date: to make one takes longer than most of these tests."""
    folder = tmp_path_factory.mktemp("empty")
    asyncio.run(migrate(StorageSettings(folder)))
    return folder / FILE


@pytest.fixture(scope="session")
def common_database(postgres: PostgresServer) -> StorageSettings:
    settings = StorageSettings(Path(), SecretStr(postgres.fresh_database()))
    asyncio.run(migrate(settings))
    return settings


@pytest.fixture(params=["sqlite", "postgres"])
def scene(request: pytest.FixtureRequest) -> Scene:
    """On both databases."""
    found: Scene = request.getfixturevalue(f"{request.param}_scene")
    return found


@pytest.fixture
async def sqlite_scene(telegram: Emulator, nursery: Nursery, empty_file: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    shutil.copy(empty_file, tmp_path / FILE)
    async with _set(telegram, nursery, Order(str(tmp_path), None, telegram.base_url)) as found:
        yield found


@pytest.fixture
async def postgres_scene(
    telegram: Emulator, nursery: Nursery, common_database: StorageSettings, tmp_path: Path
) -> AsyncIterator[Scene]:
    await _empty(common_database)
    assert common_database.osteon_database_url
    url = common_database.osteon_database_url.get_secret_value()
    async with _set(telegram, nursery, Order(str(tmp_path), url, telegram.base_url)) as found:
        yield found


async def _empty(settings: StorageSettings) -> None:
    names = ", ".join(table.name for table in metadata.sorted_tables)
    async with engine_for(settings) as engine, engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


@asynccontextmanager
async def _set(telegram: Emulator, nursery: Nursery, order: Order) -> AsyncIterator[Scene]:
    async with open_storage(order.settings, order.now, own_clock=True) as storage:
        yield Scene(telegram, storage, nursery, order)
