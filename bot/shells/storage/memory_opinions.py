"""Keeps votes, letters and questions for the doctor in memory: gone with the process."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.corpus.models import Tier
from bot.ports import Added, Clock, Judged, Letter, Question, Tally

DAY = timedelta(days=1)


class MemoryVoteStore:
    def __init__(self, now: Clock) -> None:
        self._now = now
        self._votes: dict[tuple[int, int], tuple[Judged, bool, datetime]] = {}

    async def vote(self, chat_id: int, message_id: int, judged: Judged, *, liked: bool) -> None:
        self._votes[chat_id, message_id] = (judged, liked, self._now())

    async def take_back(self, chat_id: int, message_id: int) -> None:
        self._votes.pop((chat_id, message_id), None)

    async def tallies(self) -> list[Tally]:
        votes = Counter((judged.outcome.value, judged.intent, liked) for judged, liked, _ in self._votes.values())
        kinds = {(outcome, intent) for outcome, intent, _ in votes}
        found = [Tally(*kind, votes[*kind, True], votes[*kind, False]) for kind in kinds]
        return sorted(found, key=lambda tally: (-tally.down, -tally.up, tally.outcome, tally.intent or ""))

    def forget(self, chat_id: int) -> None:
        self._votes = {key: vote for key, vote in self._votes.items() if key[0] != chat_id}

    def rows_of(self, chat_id: int) -> list[dict[str, Any]]:
        return [
            {"chat_id": chat_id, "message_id": message_id, **_columns(judged), "level": judged.level.value,
             "liked": liked, "voted_at": voted_at.isoformat()}
            for (owner, message_id), (judged, liked, voted_at) in self._votes.items()
            if owner == chat_id
        ]  # fmt: skip


class MemoryLetterStore:
    def __init__(self, now: Clock) -> None:
        self._now = now
        self._ids = count(1)
        self._letters: dict[tuple[int, int], Letter] = {}

    async def send(self, chat_id: int, message_id: int, text: str, judged: Judged, *, most: int) -> int | None:
        now, key = self._now(), (chat_id, message_id)
        others = [
            letter
            for other, letter in self._letters.items()
            if other[0] == chat_id and other != key and letter.sent_at > now - DAY
        ]
        if len(others) >= most:
            return None
        id_ = self._letters[key].id if key in self._letters else next(self._ids)
        self._letters[key] = Letter(id_, text, judged.outcome.value, judged.intent, now)
        return id_

    async def take_back(self, chat_id: int, letter_id: int) -> bool:
        return self._drop([key for key, letter in self._letters.items() if (key[0], letter.id) == (chat_id, letter_id)])

    async def letters(self) -> list[Letter]:
        return sorted(self._letters.values(), key=lambda letter: (letter.sent_at, letter.id))

    async def delete(self, letter_id: int) -> bool:
        return self._drop([key for key, letter in self._letters.items() if letter.id == letter_id])

    def forget(self, chat_id: int) -> None:
        self._letters = {key: letter for key, letter in self._letters.items() if key[0] != chat_id}

    def rows_of(self, chat_id: int) -> list[dict[str, Any]]:
        return [
            {"id": letter.id, "chat_id": chat_id, "message_id": message_id, "text": letter.text,
             "outcome": letter.outcome, "intent": letter.intent, "sent_at": letter.sent_at.isoformat()}
            for (owner, message_id), letter in self._letters.items()
            if owner == chat_id
        ]  # fmt: skip

    def _drop(self, keys: list[tuple[int, int]]) -> bool:
        for key in keys:
            del self._letters[key]
        return bool(keys)


class MemoryVisitStore:
    def __init__(self, now: Clock) -> None:
        self._now = now
        self._ids = count(1)
        self._lists: dict[int, dict[int, tuple[Question, datetime]]] = {}

    async def add(self, chat_id: int, text: str, intent: str | None, level: Tier, *, most: int) -> Added:
        mine = self._lists.setdefault(chat_id, {})
        if any((question.text, question.intent) == (text, intent) for question, _ in mine.values()):
            return Added.THERE
        if len(mine) >= most:
            return Added.FULL
        id_ = next(self._ids)
        mine[id_] = (Question(id_, text, intent, level), self._now())
        return Added.ADDED

    async def questions(self, chat_id: int) -> list[Question]:
        return [question for question, _ in self._lists.get(chat_id, {}).values()]

    async def delete(self, chat_id: int, question_id: int) -> bool:
        return self._lists.get(chat_id, {}).pop(question_id, None) is not None

    async def clear(self, chat_id: int) -> None:
        self.forget(chat_id)

    def forget(self, chat_id: int) -> None:
        self._lists.pop(chat_id, None)

    def move(self, old: int, new: int) -> None:
        if old in self._lists:
            self._lists.setdefault(new, {}).update(self._lists.pop(old))

    def rows_of(self, chat_id: int) -> list[dict[str, Any]]:
        return [
            {"id": question.id, "chat_id": chat_id, "text": question.text, "intent": question.intent,
             "level": question.level.value, "added_at": added_at.isoformat()}
            for question, added_at in self._lists.get(chat_id, {}).values()
        ]  # fmt: skip


def _columns(judged: Judged) -> dict[str, Any]:
    return {"outcome": judged.outcome.value, "intent": judged.intent}
