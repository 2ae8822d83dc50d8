"""What the use cases need of the world outside; the shells provide it, and tests provide fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.dialogue.state import ChatState

StoredRows = dict[str, list[dict[str, Any]]]
"""Rows as they are stored, by the name of their table; values that JSON can hold."""


Clock = Callable[[], datetime]
"""The present instant, in UTC. The real one, or one that tests and the playground move on."""


class AnswerStore(Protocol):
    """Remembers by their numbers which messages answered which, so that an edited question edits its answer."""

    async def load(self, chat_id: int, message_id: int) -> tuple[int, ...]:
        """The messages that answered this one, in order; none if that is too long ago or never was."""

    async def save(self, chat_id: int, message_id: int, answer_ids: Sequence[int]) -> None:
        """Replace them, and let go of what is too old."""


class ChatStore(Protocol):
    """Keeps the state of each chat. Calls for one chat never overlap."""

    async def load(self, chat_id: int) -> ChatState:
        """The state, or a new one for a chat that is not known."""

    async def save(self, chat_id: int, state: ChatState) -> None:
        """Replace the state."""

    async def forget(self, chat_id: int) -> None:
        """Delete all that is stored of the chat, in every table."""

    async def migrate(self, old: int, new: int) -> None:
        """Give all that is stored of the chat to the number it has from now on; what that has already stays."""

    async def rows_of(self, chat_id: int) -> StoredRows:
        """All that is stored of the chat; empty if that is nothing."""


@dataclass(frozen=True)
class StoredUpdate:
    """An update as it lies in the inbox."""

    update_id: int
    chat_id: int | None
    payload: str
    """As Telegram sent it, JSON. Holds what the person wrote; it is deleted when the update is done."""
    tries: int = 0
    """How often the process died while it was at it."""


class InboxStore(Protocol):
    """Keeps updates from the moment that Telegram hands them over until they are done."""

    async def add(self, updates: Sequence[StoredUpdate]) -> set[int]:
        """Store those that are new and return their ids. An update that was ever stored, done or not, is not new."""

    async def pending(self) -> list[StoredUpdate]:
        """What is not done yet, in the order in which it came."""

    async def begin(self, update_id: int) -> None:
        """Count one more try, before it is made."""

    async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
        """In one step: save the chats' states, mark the updates as done, delete their payload."""

    async def tidy(self, keep: timedelta) -> None:
        """Forget the ids of updates that were done longer ago than this, and any trace of deleted payloads."""


@dataclass(frozen=True)
class Storage:
    """All that is kept, in one database."""

    chats: ChatStore
    inbox: InboxStore
    answers: AnswerStore
