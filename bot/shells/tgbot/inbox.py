"""Updates, from Telegram's hands to their answer. None is lost, even if the process is killed at any moment.

1 stored      before Telegram is told that we have it, under its own id: what Telegram sends twice is there once
2 answered    chat by chat, in order
3 done        its mark, the chat's new state and the end of its text are one transaction

What dies between 2 and 3 is answered again after the restart, from the same state. An update during which the process
died three times is skipped, so that it cannot keep the bot from starting.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.errors import StorageError
from bot.ports import Clock, InboxStore, StoredUpdate
from bot.shells.tgbot.addressed import question_in
from bot.shells.tgbot.backlog import Backlog, is_old
from bot.shells.tgbot.errors import Failures
from bot.shells.tgbot.logs import describe
from bot.shells.tgbot.reach import is_torn, is_unreachable
from bot.shells.tgbot.send import send_reply
from bot.shells.tgbot.tidying import Tidying
from bot.shells.tgbot.turns import Turns
from bot.usecases import Conversations, holding

_log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a stop waits for answers on their way. A service manager's patience is often ten."""
MOST_TRIES = 2
"""Tries after a crash. With the first, the process died three times."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds before an answer is tried again that could not be sent; each further pause is twice as long."""

Json = dict[str, Any]
IsWish = Callable[[str], bool]
AtOnce = Callable[[Update], Coroutine[Any, Any, None]]


class Inbox:
    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        conversations: Conversations,
        store: InboxStore,
        at_once: AtOnce,
        now: Clock,
        is_wish: IsWish = lambda _text: False,
    ) -> None:
        """`at_once` is awaited beside the update's turn; it must not raise.

        What is a wish by `is_wish` gets a turn of its own however late it comes: a stop must not be lost in a heap.
        """
        self._application = application
        self._conversations = conversations
        self._store = store
        self._at_once = at_once
        self._now = now
        self._is_wish = is_wish
        self._turns = Turns()
        self._backlog = Backlog(self._catch_up)
        self._failures = Failures()
        application.add_error_handler(self._failures.on_error)
        self._unstored: set[int] = set()
        """Handed out although the database could not take them; Telegram still has them."""
        self._aside: set[asyncio.Task[None]] = set()
        self._tidying = Tidying(store)

    async def resume(self) -> None:
        """Go on with what an earlier process has left. Raises StorageError."""
        await self._tidying.tidy()
        left = await self._store.pending()
        for stored in sorted(left, key=lambda stored: -stored.tries):
            if stored.tries >= MOST_TRIES:
                await self._skip(stored)
                continue
            update = self._parsed(stored.update_id, json.loads(stored.payload))
            if stored.tries:  # the process died while it was at these; one at a time shows which of them does it
                await self._begin(update)
            elif update:
                self._hand_out(update, again=True)

    async def receive(self, raw: Sequence[Json]) -> bool:
        """Store the updates and hand them out. False if they could not be stored: Telegram must keep them."""
        parsed = {update["update_id"]: self._parsed(update["update_id"], update) for update in raw}
        passing = [update for update in parsed.values() if update and update.inline_query]
        for update in passing:  # what somebody is typing is worth nothing a second later, so it is not stored
            self._hand_out(update)
        rows = [
            _row(update, parsed[update["update_id"]]) for update in raw if parsed[update["update_id"]] not in passing
        ]
        if not rows:
            return True
        try:
            fresh = await self._store.add(rows)
            unreadable = [update_id for update_id in fresh if parsed[update_id] is None]
            await self._store.finish([*(fresh & self._unstored), *unreadable], {})
            is_stored = True
        except StorageError as error:
            _log.error("updates cannot be stored and stay with Telegram; they are answered nevertheless: %s", error)
            fresh, is_stored = {row.update_id for row in rows}, False
        for update_id in sorted(fresh - self._unstored):
            readable = parsed[update_id]
            if readable:
                self._hand_out(readable)
        self._unstored = self._unstored - fresh if is_stored else self._unstored | fresh
        return is_stored

    async def stop(self) -> None:
        """End what has begun; the rest waits in the store for the next start."""
        self._backlog.stop()
        await self._turns.stop(PATIENCE)
        await asyncio.gather(*self._aside, return_exceptions=True)
        await self._tidying.stop()

    async def _skip(self, stored: StoredUpdate) -> None:
        _log.error("update %s: the process died three times while at it, so it is skipped", stored.update_id)
        await self._store.finish([stored.update_id], {})
        if stored.chat_id is not None:
            await self._failures.apologise(self._application.bot, stored.chat_id)

    def _parsed(self, update_id: int, raw: Json) -> Update | None:
        """None for what this version of PTB cannot read."""
        try:
            return Update.de_json(raw, self._application.bot)
        except Exception as error:
            _log.error("update %s cannot be read\n%s", update_id, describe(error))
            return None

    def _hand_out(self, update: Update, *, again: bool = False) -> None:
        if update.callback_query:
            # The button stops spinning before its chat's turn comes: what it says does not depend on the work.
            task = asyncio.create_task(self._at_once(update))
            self._aside.add(task)
            task.add_done_callback(self._aside.discard)
        chat_id = _chat_of(update)
        if chat_id is not None and is_old(update, self._now()) and self._asks_us(update):
            self._backlog.add(chat_id, update)
        else:
            chat = ("update", update.update_id) if chat_id is None else chat_id
            self._turns.add(chat, lambda: self._begin(update) if again else self._answer(update))

    def _asks_us(self, update: Update) -> bool:
        """Whether it is a question to us. In a group most are not, and a picture or a service message has no words."""
        message = update.effective_message
        text = question_in(message, self._application.bot) if message else None
        return text is not None and not self._is_wish(text)

    async def _begin(self, update: Update | None) -> None:
        if update:
            await self._store.begin(update.update_id)
            await self._answer(update)

    async def _answer(self, update: Update) -> None:
        for pause in _pauses():
            with holding() as states:
                await self._application.process_update(update)
            error = self._failures.of(update)
            if not _may_come_right(error):
                break
            if update.inline_query or (update.callback_query and pause >= LONGEST_PAUSE):
                break  # who typed has typed on; and a press must not keep what is written after it waiting for ever
            await asyncio.sleep(pause)
            chat_id = _chat_of(update)
            if chat_id is not None and is_old(update, self._now()):
                self._backlog.add(chat_id, update)
                return
        if not update.inline_query:
            await self._tidying.finish([update.update_id], states if error is None or is_torn(error) else {})

    def _catch_up(self, chat_id: int, updates: list[Update]) -> None:
        if len(updates) == 1:
            self._turns.add(chat_id, lambda: self._answer(updates[0]))
        else:
            self._turns.add(chat_id, lambda: self._answer_together(chat_id, updates))

    async def _answer_together(self, chat_id: int, updates: Sequence[Update]) -> None:
        for pause in _pauses():
            with holding() as states:
                error = await self._told_all(chat_id, updates)
            if not _may_come_right(error):
                break
            await asyncio.sleep(pause)
        ids = [update.update_id for update in updates]
        await self._tidying.finish(ids, states if error is None or is_torn(error) else {})

    async def _told_all(self, chat_id: int, updates: Sequence[Update]) -> Exception | None:
        """Why the one word for all of them could not be sent, if it could not."""
        bot, question = self._application.bot, updates[-1].effective_message
        try:
            asked = [question_in(u.effective_message, bot) for u in updates if u.effective_message]
            reply = await self._conversations.catch_up(chat_id, [text for text in asked if text])
            await send_reply(bot, chat_id, reply, question)
        except StorageError as error:
            _log.error("chat %s: %s", chat_id, error)
            await self._failures.apologise(bot, chat_id, question)
            return error
        except TelegramError as error:
            _log.warning("chat %s: not told that we were away (%s)", chat_id, type(error).__name__)
            return error
        return None


def _may_come_right(error: Exception | None) -> bool:
    """Whether it is worth trying again, and was certainly not done."""
    return is_unreachable(error) and not is_torn(error)


def _pauses() -> Iterator[float]:
    """Seconds before each further try, without end."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def _chat_of(update: Update | None) -> int | None:
    chat = update.effective_chat if update else None
    return chat.id if chat else None


def _row(raw: Json, update: Update | None) -> StoredUpdate:
    return StoredUpdate(raw["update_id"], _chat_of(update), json.dumps(raw))
