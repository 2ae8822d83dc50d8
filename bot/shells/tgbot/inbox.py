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
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.ports import Clock, InboxStore, StoredUpdate
from bot.shells.tgbot.backlog import Backlog, is_old
from bot.shells.tgbot.errors import Failures
from bot.shells.tgbot.logs import describe
from bot.shells.tgbot.reach import is_torn, is_unreachable
from bot.shells.tgbot.send import send_reply
from bot.shells.tgbot.turns import Turns
from bot.usecases import Conversations, holding

_log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a stop waits for answers on their way. A service manager's patience is often ten."""
MOST_TRIES = 2
"""Tries after a crash. With the first, the process died three times."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds before an answer is tried again that could not be sent; each further pause is twice as long."""
KEEP_IDS = timedelta(hours=48)
"""Telegram hands an update over for a day at most; for so long and longer its id is known."""
TIDY_AFTER = 5.0
"""Seconds without work after which the traces of deleted texts are removed."""

Json = dict[str, Any]
AtOnce = Callable[[Update], Coroutine[Any, Any, None]]


class Inbox:
    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        conversations: Conversations,
        store: InboxStore,
        at_once: AtOnce,
        now: Clock,
    ) -> None:
        """`at_once` is awaited beside the update's turn; it must not raise."""
        self._application = application
        self._conversations = conversations
        self._store = store
        self._at_once = at_once
        self._now = now
        self._turns = Turns()
        self._backlog = Backlog(self._catch_up)
        self._failures = Failures()
        application.add_error_handler(self._failures.on_error)
        self._unstored: set[int] = set()
        """Handed out although the database could not take them; Telegram still has them."""
        self._aside: set[asyncio.Task[None]] = set()
        self._tidy_timer: asyncio.TimerHandle | None = None

    async def resume(self) -> None:
        """Go on with what an earlier process has left. Raises StorageError."""
        await self._store.tidy(KEEP_IDS)
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
        if self._tidy_timer:
            self._tidy_timer.cancel()
        await self._turns.stop(PATIENCE)
        await asyncio.gather(*self._aside, return_exceptions=True)
        await self._tidied()

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
        if chat_id is not None and is_old(update, self._now()):
            self._backlog.add(chat_id, update)
        else:
            chat = ("update", update.update_id) if chat_id is None else chat_id
            self._turns.add(chat, lambda: self._begin(update) if again else self._answer(update))

    async def _begin(self, update: Update | None) -> None:
        if update:
            await self._store.begin(update.update_id)
            await self._answer(update)

    async def _answer(self, update: Update) -> None:
        pause = FIRST_PAUSE
        while True:
            with holding() as states:
                await self._application.process_update(update)
            error = self._failures.of(update)
            if not is_unreachable(error) or is_torn(error):
                break
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            chat_id = _chat_of(update)
            if chat_id is not None and is_old(update, self._now()):
                self._backlog.add(chat_id, update)
                return
        await self._finish([update], {} if error and not is_torn(error) else states)

    def _catch_up(self, chat_id: int, updates: list[Update]) -> None:
        if len(updates) == 1:
            self._turns.add(chat_id, lambda: self._answer(updates[0]))
        else:
            self._turns.add(chat_id, lambda: self._answer_together(chat_id, updates))

    async def _answer_together(self, chat_id: int, updates: Sequence[Update]) -> None:
        with holding() as states:
            reply = await self._conversations.catch_up(chat_id, [_text_of(update) for update in updates])
            try:
                await send_reply(self._application.bot, chat_id, reply)
            except TelegramError as error:
                _log.warning("chat %s: not told that we were away (%s)", chat_id, type(error).__name__)
        await self._finish(updates, states)

    async def _finish(self, updates: Sequence[Update], states: Mapping[int, ChatState]) -> None:
        try:
            await self._store.finish([update.update_id for update in updates], states)
        except StorageError as error:
            _log.error("update %s was answered, but that cannot be stored: %s", updates[0].update_id, error)
        self._tidy_later()

    def _tidy_later(self) -> None:
        if self._tidy_timer:
            self._tidy_timer.cancel()
        self._tidy_timer = asyncio.get_running_loop().call_later(TIDY_AFTER, self._tidy)

    def _tidy(self) -> None:
        task = asyncio.create_task(self._tidied())
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _tidied(self) -> None:
        try:
            await self._store.tidy(KEEP_IDS)
        except StorageError as error:
            _log.error("the inbox cannot be tidied: %s", error)


def _chat_of(update: Update | None) -> int | None:
    chat = update.effective_chat if update else None
    return chat.id if chat else None


def _row(raw: Json, update: Update | None) -> StoredUpdate:
    return StoredUpdate(raw["update_id"], _chat_of(update), json.dumps(raw))


def _text_of(update: Update) -> str:
    message = update.effective_message
    return (message.text or message.caption or "") if message else ""
