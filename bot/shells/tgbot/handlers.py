"""Who handles what. The first handler that fits gets the update, so the order is part of the meaning."""

from __future__ import annotations

from typing import Any

from telegram.constants import UpdateType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.shells.tgbot.commands import Commands
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.pressed import Buttons

ALLOWED_UPDATES = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY]
"""Telegram remembers the list, so it is sent at every start."""


def build_handlers(
    commands: Commands, own_data: OwnData, messages: Messages, buttons: Buttons, pictures: Pictures
) -> list[BaseHandler[Any, Any, Any]]:
    private = filters.ChatType.PRIVATE
    return [
        # Buttons first: nothing else is a callback query.
        CallbackQueryHandler(buttons.on_press),
        # A deep link's payload, or a level, is the command's argument.
        CommandHandler("start", commands.start),
        CommandHandler("level", commands.level),
        # These take none: "/help my chest hurts" is a message like any other, and comes to the texts below.
        CommandHandler("help", commands.help, has_args=False),
        CommandHandler("topics", commands.topics, has_args=False),
        CommandHandler("glossary", commands.glossary, has_args=False),
        CommandHandler("references", commands.references, has_args=False),
        CommandHandler("pictures", pictures.list, has_args=False),
        CommandHandler("privacy", own_data.privacy, has_args=False),
        CommandHandler("mydata", own_data.show, has_args=False),
        CommandHandler("forgetme", own_data.ask_to_forget, has_args=False),
        # Unknown commands too: the dialogue looks for an emergency in them and then says that it does not know them.
        # An edited text is answered anew: who mends a question waits for an answer. In groups commands only.
        MessageHandler(private & (filters.TEXT | filters.CAPTION), messages.on_text),
        # What is left is no text. Service messages (a pinned message, a new picture of the chat) want no reply, and
        # neither does a place that moves on or a poll that is edited.
        MessageHandler(private & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, messages.on_other),
    ]
