"""Opens the database for the bot, or brings it up to date for an operator."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Clock, Storage
from bot.shells.storage.alone import alone
from bot.shells.storage.answers import SqlAnswerStore
from bot.shells.storage.drafts import SqlDraftStore
from bot.shells.storage.engine import build_engine
from bot.shells.storage.erasures import Erasures
from bot.shells.storage.faults import storage_errors
from bot.shells.storage.inbox import SqlInboxStore
from bot.shells.storage.opinions import SqlLetterStore, SqlVoteStore
from bot.shells.storage.pictures import SqlPictureCache
from bot.shells.storage.place import Place, PostgresPlace, Settings, SqlitePlace, place_of
from bot.shells.storage.reminders import SqlReminderStore
from bot.shells.storage.schema import check_schema, migrate_schema
from bot.shells.storage.stores import SqlChatStore
from bot.shells.storage.visits import SqlVisitStore


@asynccontextmanager
async def open_storage(
    settings: Settings, now: Clock, *, own_clock: bool = False, serves: bool = False
) -> AsyncIterator[Storage]:
    """The stores, the schema checked. Raises StorageError if the database cannot be used or does not fit the code.

    `own_clock`: whether `now` counts even where several processes share a database, whose clock is else used for what
    they must agree on. `serves`: whether people are served from it, which one process at a time may do on SQLite.
    """
    place = place_of(settings)
    async with _opened(place, serves=serves) as engine:
        with storage_errors(place):
            await check_schema(engine, place)
        at = (engine, place, now)
        yield Storage(
            SqlChatStore(*at, Erasures(settings.osteon_data.absolute())),
            SqlInboxStore(*at),
            SqlAnswerStore(*at),
            SqlVoteStore(*at),
            SqlLetterStore(*at),
            SqlVisitStore(*at),
            SqlPictureCache(engine, place),
            SqlReminderStore(*at, shared=isinstance(place, PostgresPlace) and not own_clock),
            SqlDraftStore(*at),
        )


async def migrate(settings: Settings) -> str:
    """Bring the schema up to date, and say what was done. Raises StorageError."""
    place = place_of(settings)
    async with _opened(place) as engine:
        with storage_errors(place):
            done = await migrate_schema(engine, place)
    return f"{'Brought' if done else 'Found'} {place.told} up to date."


@asynccontextmanager
async def _opened(place: Place, *, serves: bool = False) -> AsyncIterator[AsyncEngine]:
    with ExitStack() as held:
        with storage_errors(place):
            if isinstance(place, SqlitePlace):
                _touch(place)
            if serves:
                held.enter_context(alone(place))
            engine = build_engine(place)
        try:
            yield engine
        finally:
            await engine.dispose()  # closes the connections: aiosqlite's threads would keep the process alive


def _touch(place: SqlitePlace) -> None:
    """Make the file, for our eyes only, or learn why it cannot be opened: SQLite would not say, and aiosqlite's thread
    may outlive the event loop when its connection fails."""
    place.path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(place.path, os.O_RDWR | os.O_CREAT, 0o600))
