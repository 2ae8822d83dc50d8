"""Sending and editing messages, and "typing" when an answer takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError

from bot.dialogue.reply import Reply
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.render import render_reply
from bot.shells.tgbot.under import keyboard_under

TYPING_AFTER = 0.5
"""Seconds; most answers are there sooner, and "typing" would only flicker."""
NO_DEFAULTS = {"parse_mode": None, "link_preview_options": None}
"""For a keyboard alone: PTB sends its defaults for texts there too, although the method does not take them."""
_NOT_MODIFIED = "message is not modified"
_NO_LONGER_EDITABLE = ("message can't be edited", "message to edit not found")


Question = MaybeInaccessibleMessage | None
"""The message that is answered, or whose button was pressed."""


def beside(question: Question, *, quoting: bool = False) -> dict[str, Any]:
    """Where an answer stands, as arguments of a sending method: in a forum in the question's topic, and in a group as
    a reply to it, since there others write in between; elsewhere as one if it is `quoting`."""
    if not isinstance(question, Message):
        return {}
    thread = {"message_thread_id": question.message_thread_id} if question.is_topic_message else {}
    if question.chat.type == ChatType.PRIVATE and not quoting:
        return thread
    return thread | {"reply_parameters": ReplyParameters(question.message_id, allow_sending_without_reply=True)}


async def send_pages(
    bot: Bot,
    chat_id: int,
    pages: Sequence[str],
    keyboard: InlineKeyboardMarkup | None = None,
    question: Question = None,
    *,
    quoting: bool = False,
) -> list[Message]:
    """Send the pages in order; the buttons stand under the last one."""
    under = [None] * (len(pages) - 1) + [keyboard]
    where = beside(question, quoting=quoting)
    return [await bot.send_message(chat_id, p, reply_markup=k, **where) for p, k in zip(pages, under, strict=True)]


async def send_page(bot: Bot, chat_id: int, page: Page, question: Question = None) -> None:
    await bot.send_message(chat_id, page.html, reply_markup=page.keyboard, **beside(question))


async def send_reply(bot: Bot, chat_id: int, reply: Reply, question: Question = None) -> list[Message]:
    return await send_pages(bot, chat_id, render_reply(reply), keyboard_under(reply), question)


async def edit_to_reply(query: CallbackQuery, chat_id: int, reply: Reply) -> None:
    """Show the reply in place of the pressed button's message, or below it if it fills more than one."""
    pages = render_reply(reply)
    if len(pages) == 1:
        await edit_to_page(query, chat_id, Page(pages[0], keyboard_under(reply)))
    else:
        await send_reply(query.get_bot(), chat_id, reply, query.message)


async def edit_to_page(query: CallbackQuery, chat_id: int, page: Page) -> None:
    """Show the page in place of the pressed button's message, or as a new one if Telegram no longer edits that."""
    bot, message = query.get_bot(), query.message
    if isinstance(message, Message) and await edited(bot, chat_id, message.message_id, page):
        return
    await send_page(bot, chat_id, page, message)


async def edited(bot: Bot, chat_id: int, message_id: int, page: Page) -> bool:
    """Whether the message shows the page now; False if Telegram no longer edits it."""
    try:
        await bot.edit_message_text(page.html, chat_id, message_id, reply_markup=page.keyboard)
    except BadRequest as error:
        reason = error.message.lower()
        if _NOT_MODIFIED in reason:
            return True
        if any(words in reason for words in _NO_LONGER_EDITABLE):
            return False
        raise
    return True


@asynccontextmanager
async def typing_if_slow(bot: Bot, chat_id: int, thread_id: int | None = None) -> AsyncIterator[None]:
    """Show "typing" if what happens inside takes longer than half a second."""
    task = asyncio.create_task(_type_later(bot, chat_id, thread_id))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _type_later(bot: Bot, chat_id: int, thread_id: int | None) -> None:
    await asyncio.sleep(TYPING_AFTER)
    with suppress(TelegramError):  # nobody misses it
        await bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread_id)
