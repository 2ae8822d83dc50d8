"""Keeps the state of chats in memory: gone with the process. For the terminal, for tests, and for trying out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.dialogue.state import ChatState
from bot.ports import ChatStore, StoredRows, StoredUpdate
from bot.shells.storage.rows import row_of


class MemoryChatStore:
    def __init__(self) -> None:
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


class MemoryInboxStore:
    """Loses everything with the process; of updates that are done it keeps the ids."""

    def __init__(self, chats: ChatStore) -> None:
        self._chats = chats
        self._pending: dict[int, StoredUpdate] = {}
        self._known: set[int] = set()

    async def add(self, updates: Sequence[StoredUpdate]) -> set[int]:
        new = {update.update_id: update for update in updates if update.update_id not in self._known}
        self._pending |= new
        self._known |= set(new)
        return set(new)

    async def pending(self) -> list[StoredUpdate]:
        return list(self._pending.values())

    async def begin(self, update_id: int) -> None:
        before = self._pending[update_id]
        self._pending[update_id] = replace(before, tries=before.tries + 1)

    async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
        for chat_id, state in states.items():
            await self._chats.save(chat_id, state)
        for update_id in update_ids:
            self._pending.pop(update_id, None)

    async def tidy(self, keep: timedelta) -> None:
        """Nothing to do: what is gone is gone."""
