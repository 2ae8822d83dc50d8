"""Keeps what belongs to chats in memory: gone with the process. For the terminal, for tests, and for trying out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dialogue.state import ChatState
from bot.ports import ChatStore, Clock, Storage, StoredRows, StoredUpdate
from bot.shells.storage.memory_drafts import MemoryDraftStore
from bot.shells.storage.memory_opinions import MemoryLetterStore, MemoryVisitStore, MemoryVoteStore
from bot.shells.storage.memory_reminders import MemoryReminderStore
from bot.shells.storage.rows import row_of

KEPT_FOR = timedelta(hours=48)
"""How long we know which messages answered which: as long as Telegram lets people edit what they wrote."""
MOST_ANSWERS = 50
"""Answered messages of one chat that are known; who edits an older one is answered anew."""


def _now() -> datetime:
    return datetime.now(UTC)


class MemoryAnswerStore:
    def __init__(self, now: Clock = _now) -> None:
        self._now = now
        self._rows: dict[int, dict[int, tuple[tuple[int, ...], datetime]]] = {}

    async def load(self, chat_id: int, message_id: int) -> tuple[int, ...]:
        ids, answered_at = self._rows.get(chat_id, {}).get(message_id, ((), self._now()))
        return ids if answered_at > self._now() - KEPT_FOR else ()

    async def save(self, chat_id: int, message_id: int, answer_ids: Sequence[int]) -> None:
        now = self._now()
        rows = self._rows.get(chat_id, {}) | {message_id: (tuple(answer_ids), now)}
        young = sorted(item for item in rows.items() if item[1][1] > now - KEPT_FOR)
        self._rows[chat_id] = dict(young[-MOST_ANSWERS:])

    def forget(self, chat_id: int) -> None:
        self._rows.pop(chat_id, None)

    def rows_of(self, chat_id: int) -> list[dict[str, Any]]:
        return [
            {"chat_id": chat_id, "message_id": id_, "answer_ids": list(ids), "answered_at": at.isoformat()}
            for id_, (ids, at) in self._rows.get(chat_id, {}).items()
        ]


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
    def __init__(self, now: Clock = _now) -> None:
        self._states: dict[int, ChatState] = {}
        self.answers = MemoryAnswerStore(now)
        self.votes, self.letters, self.visits = MemoryVoteStore(now), MemoryLetterStore(now), MemoryVisitStore(now)
        self.reminders = MemoryReminderStore(now, lambda chat_id: self._states.get(chat_id, ChatState()).level)
        self.drafts = MemoryDraftStore(now)

    async def load(self, chat_id: int) -> ChatState:
        return self._states.get(chat_id, ChatState())

    async def save(self, chat_id: int, state: ChatState) -> None:
        self._states[chat_id] = state

    async def forget(self, chat_id: int) -> None:
        self._states.pop(chat_id, None)
        for store in (self.answers, self.votes, self.letters, self.visits, self.reminders, self.drafts):
            store.forget(chat_id)

    async def forget_again(self) -> int:
        return 0  # nothing of memory is ever restored

    async def migrate(self, old: int, new: int) -> None:
        state = self._states.pop(old, None)
        if state:
            self._states.setdefault(new, state)
        for numbering in (self.answers, self.votes, self.letters):
            numbering.forget(old)  # in a chat that moves, messages get new numbers
        for store in (self.reminders, self.drafts):
            store.forget(old)  # only groups move, and those have none
        self.visits.move(old, new)

    async def rows_of(self, chat_id: int) -> StoredRows:
        state = self._states.get(chat_id)
        rows = {
            "chats": [{"chat_id": chat_id, **row_of(state)}] if state else [],
            "answers": self.answers.rows_of(chat_id),
            "votes": self.votes.rows_of(chat_id),
            "letters": self.letters.rows_of(chat_id),
            "visit_questions": self.visits.rows_of(chat_id),
            **self.reminders.rows_of(chat_id),
            "reminder_drafts": self.drafts.rows_of(chat_id),
        }
        return {name: found for name, found in rows.items() if found}


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


def memory_storage(chats: MemoryChatStore) -> Storage:
    """All stores, for a bot that forgets everything when it ends."""
    return Storage(
        chats,
        MemoryInboxStore(chats),
        chats.answers,
        chats.votes,
        chats.letters,
        chats.visits,
        MemoryPictureCache(),
        chats.reminders,
        chats.drafts,
    )
