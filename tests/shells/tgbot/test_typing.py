"""“Typing” is shown while an answer takes its time, and only then."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.shells.storage.memory import MemoryChatStore
from bot.shells.tgbot import send
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import running
from tests.shells.tgbot.emulator import Emulator, Person

K2 = "What does vitamin K2 do?"


class SlowStore(MemoryChatStore):
    """Takes until somebody was told that we are typing."""

    def __init__(self) -> None:
        super().__init__()
        self.told = asyncio.Event()

    async def load(self, chat_id: int) -> ChatState:
        await self.told.wait()
        return await super().load(chat_id)


class Watched(Emulator):
    store: SlowStore

    def _sendChatAction(self, _: Any) -> bool:  # noqa: N802
        self.store.told.set()
        return True


async def test_whoever_waits_is_told_that_we_are_typing(know: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "TYPING_AFTER", 0.001)
    telegram = Watched()
    telegram.store = SlowStore()
    async with telegram:
        async with running(telegram, Conversations(know, telegram.store)):
            topic: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 40}
            assert "K2" in (await telegram.person(-5).ask(f"/ask {K2}", **topic)).text
        (told,) = telegram.called("sendChatAction")
    assert told == {"chat_id": -5, "message_thread_id": 40, "action": "typing", "files": []}


async def test_half_a_second_is_not_worth_it(ann: Person, telegram: Emulator) -> None:
    await ann.ask(K2)
    assert telegram.called("sendChatAction") == []
    assert send.TYPING_AFTER == 0.5
