"""Keeps the state of chats in memory: gone with the process. For the terminal, for tests, and for trying out."""

from __future__ import annotations

from bot.dialogue.state import ChatState
from bot.ports import StoredRows
from bot.shells.storage.rows import row_of


class MemoryPictureCache:
    def __init__(self) -> None:
        self._file_ids: dict[str, str] = {}

    async def file_id(self, key: str) -> str | None:
        return self._file_ids.get(key)

    async def save(self, key: str, file_id: str) -> None:
        self._file_ids[key] = file_id

    async def forget(self, key: str) -> None:
        self._file_ids.pop(key, None)


class MemoryChatStore:
    def __init__(self) -> None:
        self.pictures = MemoryPictureCache()
        self._states: dict[int, ChatState] = {}

    async def load(self, chat_id: int) -> ChatState:
        return self._states.get(chat_id, ChatState())

    async def save(self, chat_id: int, state: ChatState) -> None:
        self._states[chat_id] = state

    async def forget(self, chat_id: int) -> None:
        self._states.pop(chat_id, None)

    async def rows_of(self, chat_id: int) -> StoredRows:
        state = self._states.get(chat_id)
        return {"chats": [{"chat_id": chat_id, **row_of(state)}]} if state else {}
