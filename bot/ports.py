"""What the use cases need of the world outside; the shells provide it, and tests provide fakes."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.state import ChatState


class ChatStore(Protocol):
    """Keeps the state of each chat. Calls for one chat never overlap."""

    async def load(self, chat_id: int) -> ChatState:
        """The state, or a new one for a chat that is not known."""

    async def save(self, chat_id: int, state: ChatState) -> None:
        """Replace the state."""
