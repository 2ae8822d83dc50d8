"""What the use cases need of the world outside; the shells provide it, and tests provide fakes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from bot.dialogue.state import ChatState

StoredRows = dict[str, list[dict[str, Any]]]
"""Rows as they are stored, by the name of their table; values that JSON can hold."""


Clock = Callable[[], datetime]
"""The present instant, in UTC. The real one, or one that tests and the playground move on."""


class PictureCache(Protocol):
    """Remembers by what names Telegram knows pictures that it was sent, so that each is sent once. Tells of nobody."""

    async def file_id(self, key: str) -> str | None: ...

    async def save(self, key: str, file_id: str) -> None:
        """Replace what is known of the picture."""

    async def forget(self, key: str) -> None: ...


class ChatStore(Protocol):
    """Keeps the state of each chat. Calls for one chat never overlap."""

    @property
    def pictures(self) -> PictureCache: ...

    async def load(self, chat_id: int) -> ChatState:
        """The state, or a new one for a chat that is not known."""

    async def save(self, chat_id: int, state: ChatState) -> None:
        """Replace the state."""

    async def forget(self, chat_id: int) -> None:
        """Delete all that is stored of the chat, in every table."""

    async def rows_of(self, chat_id: int) -> StoredRows:
        """All that is stored of the chat; empty if that is nothing."""
