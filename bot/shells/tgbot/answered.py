"""Answers in a chat, and which messages they are: an edited question edits its answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress

from telegram import Bot, InlineKeyboardMarkup
from telegram import Message as Incoming
from telegram.error import BadRequest

from bot.errors import StorageError
from bot.ports import AnswerStore
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.send import edited, send_pages

_log = logging.getLogger(__name__)


class Answers:
    def __init__(self, store: AnswerStore) -> None:
        self._store = store

    async def show(
        self,
        bot: Bot,
        question: Incoming,
        pages: Sequence[str],
        keyboard: InlineKeyboardMarkup | None,
        *,
        quoting: bool = False,
        anew: bool = False,
    ) -> None:
        """Show the pages as the answer to this message: in place of an earlier answer to it, or below it if there is
        none or if it is to be `anew`.

        Pages that an earlier answer had more of are deleted, and those it had fewer of are sent.
        """
        earlier = () if anew else await self._earlier(question)
        kept = await _edit(bot, question.chat_id, earlier, pages, keyboard)
        for id_ in earlier[len(kept) :]:
            with suppress(BadRequest):  # it is gone, or too old to be deleted
                await bot.delete_message(question.chat_id, id_)
        left = pages[len(kept) :]
        sent = await send_pages(bot, question.chat_id, left, keyboard, question, quoting=quoting) if left else []
        if all(message.chat_id == question.chat_id for message in sent):  # else the chat has just got a new number
            await self._remember(question, [*kept, *(message.message_id for message in sent)])

    async def _remember(self, question: Incoming, answer_ids: Sequence[int]) -> None:
        try:
            await self._store.save(question.chat_id, question.message_id, answer_ids)
        except StorageError as error:  # the answer stands; an apology below it would only confuse
            _log.error("chat %s: %s", question.chat_id, error)

    async def _earlier(self, question: Incoming) -> tuple[int, ...]:
        if question.edit_date is None:
            return ()
        return await self._store.load(question.chat_id, question.message_id)


async def _edit(
    bot: Bot, chat_id: int, earlier: Sequence[int], pages: Sequence[str], keyboard: InlineKeyboardMarkup | None
) -> list[int]:
    """Which of the earlier messages show the first pages now; it ends before one that can no longer be edited."""
    kept: list[int] = []
    for id_, page in zip(earlier, pages, strict=False):
        under = keyboard if len(kept) == len(pages) - 1 else None
        if not await edited(bot, chat_id, id_, Page(page, under)):
            break
        kept.append(id_)
    return kept
