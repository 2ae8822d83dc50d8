"""Who handles what. The first handler that fits gets the update, so the order is part of the meaning."""

from __future__ import annotations

from typing import Any

from telegram.constants import UpdateType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.shells.tgbot.addressed import Addressed
from bot.shells.tgbot.commands import Commands
from bot.shells.tgbot.groups import Groups
from bot.shells.tgbot.inline import Inline
from bot.shells.tgbot.membership import Membership
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.pressed import Buttons
from bot.shells.tgbot.reminder_parts import ReminderParts
from bot.shells.tgbot.visit import Visit

ALLOWED_UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
"""Telegram remembers the list, so it is sent at every start."""


def build_handlers(
    commands: Commands,
    own_data: OwnData,
    messages: Messages,
    buttons: Buttons,
    groups: Groups,
    inline: Inline,
    visit: Visit,
    pictures: Pictures,
    membership: Membership,
    reminders: ReminderParts,
) -> list[BaseHandler[Any, Any, Any]]:
    private = filters.ChatType.PRIVATE
    return [
        # First what comes in no message: nothing else handles it.
        CallbackQueryHandler(buttons.on_press),
        InlineQueryHandler(inline.on_query),
        ChatMemberHandler(membership.on_change, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, groups.on_migration),
        # A deep link's payload, or a level, is the command's argument.
        CommandHandler("start", commands.start),
        CommandHandler("level", commands.level),
        # These take none: "/help my chest hurts" is a message like any other, and comes to the texts below.
        CommandHandler("help", commands.help, has_args=False),
        CommandHandler("topics", commands.topics, has_args=False),
        CommandHandler("glossary", commands.glossary, has_args=False),
        CommandHandler("references", commands.references, has_args=False),
        CommandHandler("pictures", pictures.list, has_args=False),
        CommandHandler("visit", visit.on_command, has_args=False),
        CommandHandler("reminders", reminders.page.on_command, has_args=False),
        CommandHandler("progress", reminders.progress.on_command, has_args=False),
        CommandHandler("privacy", own_data.privacy, has_args=False),
        CommandHandler("mydata", own_data.show, has_args=False),
        CommandHandler("forgetme", own_data.ask_to_forget, has_args=False),
        # Unknown commands too: the dialogue looks for an emergency in them and then says that it does not know them.
        # An edited text too: who mends a question waits for an answer. In groups what is meant for us only.
        MessageHandler((filters.TEXT | filters.CAPTION) & Addressed(), messages.on_text),
        # What is left and is no text. Service messages (a pinned message, a new picture of the chat) want no reply, and
        # neither does a place that moves on or a poll that is edited.
        MessageHandler(
            private & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL & ~filters.TEXT, messages.on_other
        ),
    ]
