"""Opening a database: empty, old, new, damaged, out of reach."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import Connection, text

from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.shells.storage.database import migrate
from bot.shells.storage.engine import SURELY_THERE_FOR
from bot.shells.storage.place import place_of
from bot.shells.storage.tables import REVISIONS, metadata
from tests.shells.storage.conftest import StorageSettings, engine_for, opened, opened_chats

STATE = ChatState(intents=("vitamin-k2/role",))


async def refused(settings: StorageSettings) -> str:
    with pytest.raises(StorageError) as error:
        async with opened_chats(settings):
            pass
    return str(error.value)


async def test_sqlite_makes_its_folder_and_its_tables(tmp_path: Path) -> None:
    settings = StorageSettings(tmp_path / "not" / "yet there?")
    async with opened_chats(settings) as store:
        await store.save(1, STATE)
    file = settings.osteon_data / "osteon.sqlite3"
    assert file.stat().st_mode & 0o777 == 0o600, "nobody else on the machine may read it"


async def test_postgres_is_migrated_by_its_operator_only(postgres_settings: StorageSettings) -> None:
    assert (await refused(postgres_settings)).endswith(" is not up to date. Run: osteon migrate")
    assert (await migrate(postgres_settings)).startswith("Brought the PostgreSQL database ")
    assert (await migrate(postgres_settings)).startswith("Found the PostgreSQL database ")
    async with opened_chats(postgres_settings) as store:
        await store.save(1, STATE)


async def test_two_migrations_at_once_are_one(sql_settings: StorageSettings) -> None:
    said = await asyncio.gather(migrate(sql_settings), migrate(sql_settings))
    assert sorted(sentence.split()[0] for sentence in said) == ["Brought", "Found"]


async def test_the_steps_lead_to_the_tables_that_the_code_knows(sql_settings: StorageSettings) -> None:
    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with opened(sql_settings), engine_for(sql_settings) as engine, engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_the_code_knows_every_step_and_the_last_one() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.shells.storage:migrations")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == REVISIONS


NOT_ABOUT_A_CHAT = {"pictures", "rate", "zone_data"}
"""Tables whose rows tell nothing of anybody. Every other table must name the chat of each row, or it is not deleted."""


def test_every_row_about_a_chat_names_it() -> None:
    assert {table.name for table in metadata.sorted_tables if "chat_id" not in table.columns} == NOT_ABOUT_A_CHAT


async def test_a_newer_schema_is_refused(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage, engine_for(sql_settings) as engine:
        await storage.chats.save(1, STATE)
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    told = await refused(sql_settings)
    assert told.startswith("A newer version of Osteon has written the ")
    assert f"its schema is 9999, and this version knows {REVISIONS[-1]} and older ones" in told
    with pytest.raises(StorageError, match="A newer version"):
        await migrate(sql_settings)


async def test_a_migration_that_fails_leaves_the_database_as_it_was(sql_settings: StorageSettings) -> None:
    async with engine_for(sql_settings) as engine:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE chats (mine INTEGER)"))
        with pytest.raises(StorageError, match="already exists"):
            await migrate(sql_settings)
        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE chats"))
    assert (await migrate(sql_settings)).startswith("Brought")


@pytest.mark.parametrize("damage", ["head", "schema", "all of it"])
async def test_a_damaged_file_is_named_with_a_remedy(sqlite_settings: StorageSettings, damage: str) -> None:
    async with opened(sqlite_settings) as storage:
        await storage.chats.save(1, STATE)
    path = sqlite_settings.osteon_data / "osteon.sqlite3"
    content = bytearray(path.read_bytes())
    content[{"head": slice(0, 16), "schema": slice(100, 2000), "all of it": slice(None)}[damage]] = os.urandom(16)
    path.write_bytes(content)
    told = await refused(sqlite_settings)
    assert told.startswith(f"The database {path} is damaged (")
    assert "Put a backup in its place, or move it away to begin anew" in told


async def test_damage_further_in_is_told_when_it_is_met(sqlite_settings: StorageSettings) -> None:
    async with opened(sqlite_settings) as storage:
        for chat_id in range(200):
            await storage.chats.save(chat_id, STATE)
    path = sqlite_settings.osteon_data / "osteon.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'chats'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    async with opened_chats(sqlite_settings) as store:
        with pytest.raises(StorageError, match=r"osteon\.sqlite3 is damaged \(database disk image is malformed\)"):
            await store.load(1)


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A folder, and this process as somebody who may read it only: to root nothing is read-only."""
    folder = Path(tempfile.mkdtemp(prefix="osteon-"))
    was = os.geteuid()
    try:
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def lock_up(folder: Path) -> None:
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="folders are locked in another way on Windows")
async def test_a_folder_that_cannot_be_written_is_named(nobodys_folder: Path) -> None:
    lock_up(nobodys_folder)
    told = await refused(StorageSettings(nobodys_folder))
    assert told == (
        f"The database {nobodys_folder}/osteon.sqlite3 cannot be used (Permission denied). "
        "OSTEON_DATA names the folder it is in; see .env.example."
    )
    assert "Permission denied" in await refused(StorageSettings(nobodys_folder / "deeper"))


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="folders are locked in another way on Windows")
async def test_a_database_that_cannot_be_written_is_told_at_once(nobodys_folder: Path) -> None:
    async with opened_chats(StorageSettings(nobodys_folder)) as store:
        await store.save(1, STATE)
    (nobodys_folder / "osteon.sqlite3").chmod(0o444)
    lock_up(nobodys_folder)
    assert "osteon.sqlite3 cannot be used (" in await refused(StorageSettings(nobodys_folder))


async def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be used (File exists)" in await refused(StorageSettings(tmp_path / "file"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@127.0.0.1:1/osteon",
        "postgres://ann:s3cret@nowhere.invalid/osteon",
        "postgresql://ann:s3cret@127.0.0.1:port/osteon",
        "postgresql://ann:12#s3cret@127.0.0.1:1/osteon",
        "postgresql://ann:s3cret@127.0.0.1:1/osteon?sslmode=perhaps",
    ],
)
async def test_a_postgres_out_of_reach_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    told = await refused(StorageSettings(tmp_path, SecretStr(url)))
    assert told.startswith("The PostgreSQL database ")
    assert told.endswith("OSTEON_DATABASE_URL says where it is; see .env.example.")
    assert "s3cret" not in told


async def test_a_password_that_postgres_refuses_or_a_database_it_lacks_is_told(
    postgres_settings: StorageSettings,
) -> None:
    assert postgres_settings.osteon_database_url
    url = postgres_settings.osteon_database_url.get_secret_value()
    told = await refused(StorageSettings(Path(), SecretStr(url.replace("/t", "/no-t", 1))))
    assert 'database "no-t' in told


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
async def test_every_usual_way_to_write_the_address_is_understood(
    postgres_settings: StorageSettings, scheme: str
) -> None:
    assert postgres_settings.osteon_database_url
    _, _, rest = postgres_settings.osteon_database_url.get_secret_value().partition("://")
    assert (await migrate(StorageSettings(Path(), SecretStr(f"{scheme}://{rest}")))).startswith("Brought")


def test_the_password_is_shown_nowhere() -> None:
    place = place_of(StorageSettings(Path(), SecretStr("postgres://ann:s3cret@db.example:5433/osteon?sslmode=require")))
    assert "s3cret" not in repr(place)
    assert place.told == "the PostgreSQL database db.example/osteon"


async def test_a_restart_of_postgres_costs_no_turn(postgres_settings: StorageSettings) -> None:
    async with opened(postgres_settings) as storage, engine_for(postgres_settings) as engine:
        await storage.chats.save(1, STATE)
        async with engine.begin() as connection:  # what a restart does to those who are connected
            await connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                     " AND datname = current_database()")
            )  # fmt: skip
        await asyncio.sleep(SURELY_THERE_FOR)  # no restart takes less
        assert await storage.chats.load(1) == STATE
