"""One suite for all inboxes; what only a database can do comes after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.corpus.models import Tier
from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.ports import Storage, StoredUpdate
from tests.shells.storage.conftest import StorageSettings, opened

ANN = 77
STATE = ChatState(Tier.ACADEMIC, ("vitamin-k2/role",))


def update(number: int, chat_id: int | None = ANN, text: str = "hello") -> StoredUpdate:
    return StoredUpdate(number, chat_id, f'{{"update_id": {number}, "text": "{text}"}}')


async def test_what_is_stored_waits_in_the_order_in_which_it_came(storage: Storage) -> None:
    assert await storage.inbox.add([update(7), update(8, None)]) == {7, 8}
    assert await storage.inbox.add([update(3)]) == {3}, "Telegram's numbers may begin anew, and lower"
    assert await storage.inbox.pending() == [update(7), update(8, None), update(3)]


async def test_what_comes_twice_is_there_once_and_is_not_new(storage: Storage) -> None:
    await storage.inbox.add([update(1)])
    assert await storage.inbox.add([update(1), update(2)]) == {2}
    await storage.inbox.finish([1, 2], {})
    assert await storage.inbox.add([update(1), update(2), update(3)]) == {3}
    assert await storage.inbox.pending() == [update(3)]


async def test_an_update_is_done_together_with_the_state_it_leads_to(storage: Storage) -> None:
    await storage.inbox.add([update(1), update(2)])
    await storage.inbox.finish([1], {ANN: STATE})
    assert await storage.inbox.pending() == [update(2)]
    assert await storage.chats.load(ANN) == STATE


async def test_tries_are_counted(storage: Storage) -> None:
    await storage.inbox.add([update(1), update(2)])
    await storage.inbox.begin(2)
    await storage.inbox.begin(2)
    assert [(found.update_id, found.tries) for found in await storage.inbox.pending()] == [(1, 0), (2, 2)]


async def test_tidying_keeps_what_waits_and_what_was_done_lately(storage: Storage) -> None:
    await storage.inbox.add([update(1), update(2)])
    await storage.inbox.finish([1], {})
    await storage.inbox.tidy(timedelta(hours=48))
    assert await storage.inbox.add([update(1)]) == set()
    assert await storage.inbox.pending() == [update(2)]


async def test_what_was_done_long_ago_is_forgotten(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage:
        await storage.inbox.add([update(1), update(2)])
        await storage.inbox.finish([1], {})
        await storage.inbox.tidy(timedelta(seconds=-60))
        assert set(await storage.inbox.add([update(1)])) == {1}


async def test_what_waits_outlives_the_program(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage:
        await storage.inbox.add([update(1)])
    async with opened(sql_settings) as storage:
        assert await storage.inbox.pending() == [update(1)]


async def test_state_and_mark_are_saved_together_or_not_at_all(sql_settings: StorageSettings) -> None:
    unsavable = 2**70
    async with opened(sql_settings) as storage:
        await storage.inbox.add([update(1)])
        with pytest.raises((StorageError, OverflowError)):
            await storage.inbox.finish([1], {ANN: STATE, unsavable: STATE})
        assert await storage.chats.load(ANN) == ChatState()
        assert await storage.inbox.pending() == [update(1)]


async def test_forgetting_a_chat_takes_its_updates_too(sql_settings: StorageSettings) -> None:
    async with opened(sql_settings) as storage:
        await storage.inbox.add([update(1), update(2, chat_id=5)])
        await storage.chats.forget(ANN)
        assert await storage.inbox.pending() == [update(2, chat_id=5)]


async def test_the_text_is_gone_from_the_file_when_the_update_is_done(sqlite_settings: StorageSettings) -> None:
    async with opened(sqlite_settings) as storage:
        await storage.inbox.add([update(number, text=f"canary-{number}" * 50) for number in range(100)])
        await storage.inbox.finish(range(100), {})
        await storage.inbox.tidy(timedelta(hours=48))
        files = b"".join(path.read_bytes() for path in sqlite_settings.osteon_data.glob("osteon.sqlite3*"))
    assert b"canary" not in files
