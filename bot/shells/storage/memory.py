"""Keeps the state of chats in memory: gone with the process. For the terminal, for tests, and for trying out."""

from __future__ import annotations

from bot.dialogue.state import ChatState


class MemoryChatStore:
    def __init__(self) -> None:
        self._states: dict[int, ChatState] = {}

    async def load(self, chat_id: int) -> ChatState:
        return self._states.get(chat_id, ChatState())

    async def save(self, chat_id: int, state: ChatState) -> None:
        self._states[chat_id] = state
