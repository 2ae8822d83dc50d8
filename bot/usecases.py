"""What a channel asks of the bot: load the chat's state, take a turn, save the state."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.ports import ChatStore, StoredRows

Result = TypeVar("Result")


class Conversations:
    """All chats of one process. The caller sees to it that turns of one chat do not overlap."""

    def __init__(self, know: Knowledge, store: ChatStore) -> None:
        self.know = know
        self.pictures = store.pictures
        self._store = store
        # One thread: the encoder is CPU-bound, and a second one would only make both slower.
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="matching")

    async def answer(self, chat_id: int, message: Message) -> Reply:
        state = await self._store.load(chat_id)
        after, reply = await self._aside(lambda: take_turn(state, message, self.know))
        if after != state:
            await self._store.save(chat_id, after)
        return reply

    async def state(self, chat_id: int) -> ChatState:
        return await self._store.load(chat_id)

    async def set_level(self, chat_id: int, level: Tier) -> None:
        state = await self._store.load(chat_id)
        await self._store.save(chat_id, replace(state, level=level))

    async def rows_of(self, chat_id: int) -> StoredRows:
        return await self._store.rows_of(chat_id)

    async def forget(self, chat_id: int) -> None:
        await self._store.forget(chat_id)

    def close(self) -> None:
        self._worker.shutdown()

    async def _aside(self, call: Callable[[], Result]) -> Result:
        """In the worker thread, so that the event loop goes on; the model releases the interpreter while it runs."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, call)
