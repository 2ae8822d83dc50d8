"""What the use cases need of the world outside; the shells provide it, and tests provide fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Protocol

from bot.corpus.models import Tier
from bot.dialogue.reply import Outcome
from bot.dialogue.state import ChatState
from bot.ports.reminders import DraftStore, ReminderStore

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


class PictureCache(Protocol):
    """Remembers by what names Telegram knows pictures that it was sent, so that each is sent once. Tells of nobody."""

    async def file_id(self, key: str) -> str | None: ...

    async def save(self, key: str, file_id: str) -> None:
        """Replace what is known of the picture."""

    async def forget(self, key: str) -> None: ...


class ChatStore(Protocol):
    """Keeps the state of each chat. Calls for one chat never overlap."""

    async def load(self, chat_id: int) -> ChatState:
        """The state, or a new one for a chat that is not known."""

    async def save(self, chat_id: int, state: ChatState) -> None:
        """Replace the state."""

    async def forget(self, chat_id: int) -> None:
        """Delete all that is stored of the chat, in every table."""

    async def forget_again(self) -> int:
        """After a backup was restored: delete whoever was forgotten since it was made; how many chats that were."""

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
        """Forget which updates and answers there were longer ago than this, drafts of reminders that are no longer
        looked at, and any trace of deleted payloads."""


@dataclass(frozen=True)
class Judged:
    """The reply that an opinion is about."""

    outcome: Outcome
    intent: str | None
    level: Tier


@dataclass(frozen=True)
class Tally:
    """How often replies of one kind were liked and disliked."""

    outcome: str
    intent: str | None
    up: int
    down: int


class VoteStore(Protocol):
    """What people think of single replies; none of their words. Every call may be repeated."""

    async def vote(self, chat_id: int, message_id: int, judged: Judged, *, liked: bool) -> None:
        """Keep the vote on this message, in place of an earlier one."""

    async def take_back(self, chat_id: int, message_id: int) -> None:
        """Delete the vote on this message, if there is one."""

    async def tallies(self) -> list[Tally]:
        """Over all chats, by outcome and intent; the most disliked first."""


@dataclass(frozen=True)
class Letter:
    """A question that somebody sent to the author, without whose it is."""

    id: int
    text: str
    outcome: str
    intent: str | None
    sent_at: datetime


class LetterStore(Protocol):
    """Questions sent to the author. Every call may be repeated."""

    async def send(self, chat_id: int, message_id: int, text: str, judged: Judged, *, most: int) -> int | None:
        """Keep the text of the person's message, in place of what was sent of it before, and return the letter's id.

        None if the chat has sent `most` others within a day.
        """

    async def take_back(self, chat_id: int, letter_id: int) -> bool:
        """Delete a letter of this chat; False if there is no such letter."""

    async def letters(self) -> list[Letter]:
        """Of all chats, the newest last."""

    async def delete(self, letter_id: int) -> bool:
        """Delete a letter, whose ever it is; False if there is no such letter."""


@dataclass(frozen=True)
class Question:
    """What somebody wants to ask their doctor."""

    id: int
    text: str
    intent: str | None
    """What Osteon answered, if it did."""
    level: Tier


class Added(Enum):
    ADDED = auto()
    THERE = auto()
    """It was on the list already."""
    FULL = auto()


class VisitStore(Protocol):
    """The questions that people collect for their doctor. Every call may be repeated."""

    async def add(self, chat_id: int, text: str, intent: str | None, level: Tier, *, most: int) -> Added:
        """Put it at the end of the list unless the same stands there, or `most` others do."""

    async def questions(self, chat_id: int) -> list[Question]:
        """In the order in which they were added."""

    async def delete(self, chat_id: int, question_id: int) -> bool:
        """False if this chat has no such question."""

    async def clear(self, chat_id: int) -> None:
        """Delete the whole list."""


@dataclass(frozen=True)
class Storage:
    """All that is kept, in one database."""

    chats: ChatStore
    inbox: InboxStore
    answers: AnswerStore
    votes: VoteStore
    letters: LetterStore
    visits: VisitStore
    pictures: PictureCache
    reminders: ReminderStore
    drafts: DraftStore
