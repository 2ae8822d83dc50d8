"""The last weeks' reminders as a picture."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.reminders.progress import Progress
from bot.reminding import Reminders
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.send import beside, typing_if_slow


class ProgressPage:
    def __init__(self, reminders: Reminders) -> None:
        self._reminders = reminders

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        chat_id, where = message.chat_id, beside(message)
        progress = await self._reminders.progress(chat_id)
        if message.chat.type != ChatType.PRIVATE or progress.is_empty:
            told = texts.NO_PROGRESS if message.chat.type == ChatType.PRIVATE else texts.PRIVATE_ONLY
            await context.bot.send_message(chat_id, told, **where)
            return
        async with typing_if_slow(context.bot, chat_id):
            png = await asyncio.to_thread(_drawn, progress)
            await context.bot.send_photo(
                chat_id, png, caption=progress.alt_text, filename=texts.PROGRESS_FILE, parse_mode=None, **where
            )


def _drawn(progress: Progress) -> bytes:
    from bot.shells.pictures.progress import draw_progress  # here, since few chats see a picture

    return draw_progress(texts.PROGRESS_TITLE, progress)
