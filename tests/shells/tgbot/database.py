"""The bot with a database of its own, as `osteon run` opens it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.dialogue.knowledge import Knowledge
from bot.ports import Clock, Storage
from bot.settings import Settings
from bot.shells.storage.database import open_storage
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import real_now, running
from tests.shells.tgbot.emulator import Emulator, Person, Shown

REFUSED = "Does zinc help Aunt Matilda <too> & me?"
K2 = "What does vitamin K2 do?"


@asynccontextmanager
async def started(telegram: Emulator, know: Knowledge, data: Path, now: Clock = real_now) -> AsyncIterator[Storage]:
    settings = Settings(osteon_data=data, osteon_database_url=None)
    async with open_storage(settings, now) as storage, running(telegram, Conversations(know, storage.chats), storage):
        yield storage


async def files_after(person: Person, storage: Storage, data: Path) -> bytes:
    """The database with what SQLite writes beside it, when all that the person wrote is answered and tidied up."""
    for command in ("/help", "/topics", "/help"):  # two updates may still be in hand when the next one is
        await person.ask(command)
    await storage.inbox.tidy(timedelta(days=2))
    return _files_in(data)


def _files_in(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.glob("osteon.sqlite3*"))


def lose_question(person: Person, answer: Shown) -> None:
    """The person deletes the message that this one replies to: Telegram then tells nothing of it any more."""
    person.chat.messages[answer.id].reply_to = None
