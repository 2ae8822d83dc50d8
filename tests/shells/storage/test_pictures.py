import asyncio

from bot.dialogue.state import ChatState
from bot.ports import ChatStore


async def test_a_picture_nobody_was_sent_has_no_name(store: ChatStore) -> None:
    assert await store.pictures.file_id("table-1") is None


async def test_the_last_name_of_a_picture_counts_until_it_is_forgotten(store: ChatStore) -> None:
    await store.pictures.save("table-1", "old")
    await store.pictures.save("table-1", "new")
    await store.pictures.save("table-2", "other")
    assert await store.pictures.file_id("table-1") == "new"
    await store.pictures.forget("table-1")
    await store.pictures.forget("table-1")
    assert [await store.pictures.file_id(key) for key in ("table-1", "table-2")] == [None, "other"]


async def test_two_who_ask_first_at_once_are_no_error(store: ChatStore) -> None:
    await asyncio.gather(*(store.pictures.save("table-1", f"name-{number}") for number in range(20)))
    assert str(await store.pictures.file_id("table-1")).startswith("name-")


async def test_forgetting_a_chat_forgets_no_picture_and_a_chats_rows_show_none(store: ChatStore) -> None:
    await store.pictures.save("table-1", "name")
    await store.save(1, ChatState(misses=1))
    assert set(await store.rows_of(1)) == {"chats"}
    await store.forget(1)
    assert await store.pictures.file_id("table-1") == "name"
