import asyncio

from bot.dialogue.state import ChatState
from bot.ports import Storage


async def test_a_picture_nobody_was_sent_has_no_name(storage: Storage) -> None:
    assert await storage.pictures.file_id("table-1") is None


async def test_the_last_name_of_a_picture_counts_until_it_is_forgotten(storage: Storage) -> None:
    await storage.pictures.save("table-1", "old")
    await storage.pictures.save("table-1", "new")
    await storage.pictures.save("table-2", "other")
    assert await storage.pictures.file_id("table-1") == "new"
    await storage.pictures.forget("table-1")
    await storage.pictures.forget("table-1")
    assert [await storage.pictures.file_id(key) for key in ("table-1", "table-2")] == [None, "other"]


async def test_two_who_ask_first_at_once_are_no_error(storage: Storage) -> None:
    await asyncio.gather(*(storage.pictures.save("table-1", f"name-{number}") for number in range(20)))
    assert str(await storage.pictures.file_id("table-1")).startswith("name-")


async def test_forgetting_a_chat_forgets_no_picture_and_a_chats_rows_show_none(storage: Storage) -> None:
    await storage.pictures.save("table-1", "name")
    await storage.chats.save(1, ChatState(misses=1))
    assert set(await storage.chats.rows_of(1)) == {"chats"}
    await storage.chats.forget(1)
    assert await storage.pictures.file_id("table-1") == "name"
