"""Sending and editing messages, and "typing" when an answer takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.dialogue.reply import Reply
from bot.shells.tgbot.keyboard import reply_keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.render import render_reply

TYPING_AFTER = 0.5
"""Seconds; most answers are there sooner, and "typing" would only flicker."""
_NOT_MODIFIED = "message is not modified"
_NO_LONGER_EDITABLE = ("message can't be edited", "message to edit not found")


async def send_pages(
    bot: Bot, chat_id: int, pages: Sequence[str], keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Send the pages in order; the buttons stand under the last one."""
    for page in pages[:-1]:
        await bot.send_message(chat_id, page)
    await bot.send_message(chat_id, pages[-1], reply_markup=keyboard)


async def send_page(bot: Bot, chat_id: int, page: Page) -> None:
    await bot.send_message(chat_id, page.html, reply_markup=page.keyboard)


async def send_reply(bot: Bot, chat_id: int, reply: Reply) -> None:
    await send_pages(bot, chat_id, render_reply(reply), reply_keyboard(reply))


async def edit_to_reply(query: CallbackQuery, chat_id: int, reply: Reply) -> None:
    """Show the reply in place of the pressed button's message, or below it if it fills more than one."""
    pages = render_reply(reply)
    if len(pages) == 1:
        await edit_to_page(query, chat_id, Page(pages[0], reply_keyboard(reply)))
    else:
        await send_reply(query.get_bot(), chat_id, reply)


async def edit_to_page(query: CallbackQuery, chat_id: int, page: Page) -> None:
    """Show the page in place of the pressed button's message, or as a new one if Telegram no longer edits that."""
    if isinstance(query.message, Message) and await _edited(query.message, page):
        return
    await send_page(query.get_bot(), chat_id, page)


async def _edited(message: Message, page: Page) -> bool:
    try:
        await message.edit_text(page.html, reply_markup=page.keyboard)
    except BadRequest as error:
        reason = error.message.lower()
        if _NOT_MODIFIED in reason:
            return True
        if any(words in reason for words in _NO_LONGER_EDITABLE):
            return False
        raise
    return True


@asynccontextmanager
async def typing_if_slow(bot: Bot, chat_id: int) -> AsyncIterator[None]:
    """Show "typing" if what happens inside takes longer than half a second."""
    task = asyncio.create_task(_type_later(bot, chat_id))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _type_later(bot: Bot, chat_id: int) -> None:
    await asyncio.sleep(TYPING_AFTER)
    with suppress(TelegramError):  # nobody misses it
        await bot.send_chat_action(chat_id, ChatAction.TYPING)
