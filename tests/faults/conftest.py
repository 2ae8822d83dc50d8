from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.shells.storage.database import migrate, open_storage
from tests.faults.nursery import NO_CERTIFICATES, Nursery
from tests.faults.process import Order
from tests.faults.scene import Scene
from tests.shells.storage.conftest import (
    StorageSettings,
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


@pytest.fixture
async def scene(
    telegram: Emulator, nursery: Nursery, sql_settings: StorageSettings, tmp_path: Path
) -> AsyncIterator[Scene]:
    """On both databases."""
    async with _set(telegram, nursery, sql_settings, tmp_path) as found:
        yield found


@pytest.fixture
async def sqlite_scene(
    telegram: Emulator, nursery: Nursery, sqlite_settings: StorageSettings, tmp_path: Path
) -> AsyncIterator[Scene]:
    async with _set(telegram, nursery, sqlite_settings, tmp_path) as found:
        yield found


@pytest.fixture
async def postgres_scene(
    telegram: Emulator, nursery: Nursery, postgres_settings: StorageSettings, tmp_path: Path
) -> AsyncIterator[Scene]:
    async with _set(telegram, nursery, postgres_settings, tmp_path) as found:
        yield found


@asynccontextmanager
async def _set(telegram: Emulator, nursery: Nursery, settings: StorageSettings, data: Path) -> AsyncIterator[Scene]:
    url = settings.osteon_database_url
    order = Order(str(data), url.get_secret_value() if url else None, telegram.base_url)
    await migrate(settings)
    async with open_storage(settings, order.now, own_clock=True) as storage:
        yield Scene(telegram, storage, nursery, order)
