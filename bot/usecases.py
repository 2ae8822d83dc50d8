"""What a channel asks of the bot: load the chat's state, take a turn, save the state."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeVar

from bot.corpus.models import Tier
from bot.dialogue.absence import catch_up
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.offer import Offer, offer_for
from bot.dialogue.reply import Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.matching.urgent import Alarm
from bot.ports import ChatStore, StoredRows

Result = TypeVar("Result")

_held: ContextVar[dict[int, ChatState] | None] = ContextVar("held", default=None)


@contextmanager
def holding() -> Iterator[dict[int, ChatState]]:
    """Inside, the states that turns lead to are held in the dictionary instead of being saved.

    For whoever first sends the reply and then saves the state in one step with something else: what dies in between is
    done again from the same state, so that "simpler" is not taken twice. It holds for this task and those it starts.
    """
    states: dict[int, ChatState] = {}
    before = _held.set(states)
    try:
        yield states
    finally:
        _held.reset(before)


class Conversations:
    """All chats of one process. The caller sees to it that turns of one chat do not overlap."""

    def __init__(self, know: Knowledge, store: ChatStore) -> None:
        self.know = know
        self.store = store
        # One thread: the encoder is CPU-bound, and a second one would only make both slower.
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="matching")

    async def answer(self, chat_id: int, message: Message) -> Reply:
        state = await self.state(chat_id)
        after, reply = await self._aside(lambda: take_turn(state, message, self.know))
        if after != state:
            await self._save(chat_id, after)
        return reply

    async def catch_up(self, chat_id: int, texts: Sequence[str]) -> Reply:
        """One reply to all that was written while we were away."""
        state = await self.state(chat_id)
        after, reply = await self._aside(lambda: catch_up(state, texts, self.know))
        await self._save(chat_id, after)
        return reply

    async def help_for(self, text: str) -> Reply | None:
        """The reply to a text that tells of an emergency, else None. It needs nothing that is stored."""
        _, reply = await self._aside(lambda: take_turn(ChatState(), Message(text), self.know))
        return reply if reply.outcome == Outcome.URGENT else None

    async def offer(self, chat_id: int, typed: str) -> Offer:
        """What to show to somebody who is typing; it is no turn and changes nothing."""
        level = (await self.state(chat_id)).level
        return await self._aside(lambda: offer_for(typed, level, self.know))

    async def state(self, chat_id: int) -> ChatState:
        held = _held.get() or {}
        return held.get(chat_id) or await self.store.load(chat_id)

    async def set_level(self, chat_id: int, level: Tier) -> None:
        await self._save(chat_id, replace(await self.state(chat_id), level=level))

    def is_follow_up(self, text: str) -> bool:
        """Whether it says nothing by itself, as "why?" does not."""
        return self.know.follow_up_words.follow_up(self.know.reader.read(text).mended) is not None

    async def set_topic(self, chat_id: int, intent: str) -> None:
        """What "why?" and "more" are about from now on."""
        before = await self.state(chat_id)
        await self._save(chat_id, replace(before.about(intent), shown=(), offered=()))

    async def alarm(self, text: str) -> Alarm | None:
        """Whether a text that is no turn tells of an emergency."""
        return await self._aside(lambda: self.know.watch.look(text))

    def is_alarm_by_words(self, text: str) -> bool:
        """Whether words of the text say so themselves, and it does not only sound like one."""
        return self.know.watch.at_once(text) is not None

    async def rows_of(self, chat_id: int) -> StoredRows:
        return await self.store.rows_of(chat_id)

    async def forget(self, chat_id: int) -> None:
        (_held.get() or {}).pop(chat_id, None)
        await self.store.forget(chat_id)

    async def migrate(self, old: int, new: int) -> None:
        held = _held.get() or {}
        if old in held:
            held[new] = held.pop(old)
        await self.store.migrate(old, new)

    def close(self) -> None:
        self._worker.shutdown()

    async def _save(self, chat_id: int, state: ChatState) -> None:
        held = _held.get()
        if held is None:
            await self.store.save(chat_id, state)
        else:
            held[chat_id] = state

    async def _aside(self, call: Callable[[], Result]) -> Result:
        """In the worker thread, so that the event loop goes on; the model releases the interpreter while it runs."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, call)
