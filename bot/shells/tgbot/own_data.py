"""What is stored of a chat: told, shown, and deleted."""

from __future__ import annotations

import json

from telegram import InputFile, Update
from telegram.constants import KeyboardButtonStyle
from telegram.ext import ContextTypes

from bot.shells.tgbot import texts
from bot.shells.tgbot.groups import may_forget
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import beside, send_page
from bot.usecases import Conversations


class OwnData:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        await context.bot.send_message(message.chat_id, texts.PRIVACY, **beside(message))

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The rows themselves, as a file that a person can read and a program too."""
        message = incoming(update)
        chat_id, where = message.chat_id, beside(message)
        rows = await self._conversations.rows_of(chat_id)
        document = InputFile(json.dumps(rows, ensure_ascii=False, indent=2).encode(), texts.MY_DATA_FILE)
        await context.bot.send_document(chat_id, document, caption=texts.MY_DATA, **where)

    async def ask_to_forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete nothing yet: a command is soon touched by mistake in the menu."""
        message = incoming(update)
        if not await may_forget(context.bot, message):
            await context.bot.send_message(message.chat_id, texts.ADMINISTRATORS_ONLY, **beside(message))
            return
        yes = button(texts.FORGET_YES, Press(Kind.FORGET), KeyboardButtonStyle.DANGER)
        no = button(texts.FORGET_NO, Press(Kind.KEEP))
        await send_page(context.bot, message.chat_id, Page(texts.FORGET, keyboard([[yes, no]])), message)

    async def forget(self, chat_id: int) -> Page:
        await self._conversations.forget(chat_id)
        return Page(texts.FORGOTTEN)
