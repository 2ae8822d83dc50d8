"""Messages that are no command: text goes to the dialogue, everything else gets a friendly word."""

from __future__ import annotations

import re

from telegram import Bot, Update
from telegram import Message as Incoming
from telegram.ext import ContextTypes

from bot.dialogue.reply import Message
from bot.shells.tgbot import texts
from bot.shells.tgbot.send import send_reply, typing_if_slow
from bot.usecases import Conversations

_KNOWN_COMMAND = re.compile(rf"/(?:{'|'.join(name for name, _ in texts.COMMANDS)})(?:@\w+)?\s+", re.IGNORECASE)


class Messages:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def on_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A text, or the caption of a picture: an emergency may be told in either."""
        message = _incoming(update)
        text = message.text or message.caption or ""
        # "/help my chest hurts" is no call for the list of commands: what stands behind one is read as text.
        await self.answer(context.bot, message.chat_id, Message(_KNOWN_COMMAND.sub("", text, count=1)))

    async def on_other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = _incoming(update)
        if message.media_group_id and context.chat_data is not None:
            # An album arrives as one message for each picture; one word is enough for all of them.
            if context.chat_data.get("album") == message.media_group_id:
                return
            context.chat_data["album"] = message.media_group_id
        await context.bot.send_message(message.chat_id, _word_for(message))

    async def answer(self, bot: Bot, chat_id: int, message: Message) -> None:
        async with typing_if_slow(bot, chat_id):
            reply = await self._conversations.answer(chat_id, message)
        await send_reply(bot, chat_id, reply)


def _incoming(update: Update) -> Incoming:
    if update.effective_message is None:
        raise TypeError("the filters let nothing through but messages")
    return update.effective_message


def _word_for(message: Incoming) -> str:
    return next((word for kind, word in texts.NOT_TEXT if getattr(message, kind)), texts.NOTHING_I_READ)
