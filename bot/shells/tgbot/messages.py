"""Messages that are no command: text goes to the dialogue, everything else gets a friendly word."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Protocol

from telegram import Bot, Update
from telegram import Message as Incoming
from telegram.ext import ContextTypes

from bot.dialogue import words
from bot.dialogue.reply import Message, Outcome
from bot.errors import StorageError
from bot.ports import AnswerStore
from bot.shells.tgbot import texts
from bot.shells.tgbot.addressed import question_in, topic_named
from bot.shells.tgbot.answered import Answers
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.render import render_reply
from bot.shells.tgbot.send import beside, send_reply, typing_if_slow
from bot.shells.tgbot.under import keyboard_under
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

_QUOTING = (Outcome.ANSWER, Outcome.CLARIFY, Outcome.OUT_OF_SCOPE)
_UNANSWERED = (Outcome.CLARIFY, Outcome.OUT_OF_SCOPE)


class Listener(Protocol):
    async def hears(self, bot: Bot, message: Incoming, text: str) -> bool:
        """Take a text; False leaves it to the dialogue. An emergency is always left to it."""

    async def sees(self, bot: Bot, message: Incoming) -> bool:
        """Take what is no text; False leaves it to a friendly word."""

    async def hint(self, message: Incoming, text: str) -> str:
        """What to add when the dialogue can make nothing of the text; mostly nothing."""


class Messages:
    def __init__(self, conversations: Conversations, answers: AnswerStore, listener: Listener) -> None:
        """`listener` hears every text before the dialogue does."""
        self._conversations = conversations
        self._listener = listener
        self._answers = Answers(answers)
        topics = conversations.know.catalogue.topics.values()
        self._topics = {name for topic in topics for name in (topic.id.replace("-", " "), *topic.names)}

    async def on_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A text, or the caption of a picture: an emergency may be told in either.

        An edited one is a turn like any other, in the light of what was talked about last, not of what was before the
        first version was written: whoever mends a question mostly mends the last one.
        """
        message = incoming(update)
        # "/help my chest hurts" is no call for the list of commands: what stands behind one is read as text.
        text = question_in(message, context.bot) or ""
        if not text:
            await context.bot.send_message(message.chat_id, texts.ASK, **beside(message))
            return
        try:
            if not await self._listener.hears(context.bot, message, text):
                await self.answer(context.bot, message, Message(topic_named(text, self._topics)))
        except StorageError as error:
            help_ = await self._conversations.help_for(text)
            if help_ is None:
                raise
            _log.error("chat %s: %s", message.chat_id, error)
            await send_reply(context.bot, message.chat_id, help_, message)

    async def on_other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        if await self._listener.sees(context.bot, message):
            return
        known = context.chat_data if context.chat_data is not None else {}
        # An album arrives as one message for each picture; one word is enough for all of them.
        if message.media_group_id and known.get("album") == message.media_group_id:
            return
        await context.bot.send_message(message.chat_id, _word_for(message), **beside(message))
        known["album"] = message.media_group_id

    async def answer(self, bot: Bot, question: Incoming, message: Message) -> None:
        thread_id = question.message_thread_id if question.is_topic_message else None
        async with typing_if_slow(bot, question.chat_id, thread_id):
            reply = await self._conversations.answer(question.chat_id, message)
        if reply.outcome in _UNANSWERED and message.text:
            hint = await self._listener.hint(question, message.text)
            reply = replace(reply, lead=f"{reply.lead}\n\n{hint}".strip())
        # A reply holds the person's own words, so that a button under it can use them and we need not keep them.
        quoting = bool(message.text) and reply.outcome in _QUOTING
        # Telegram tells nobody that a message far up was edited: a call for help is always a new one.
        anew = reply.outcome == Outcome.URGENT or reply.lead.startswith(words.HELP_FIRST)
        pages, buttons = render_reply(reply), keyboard_under(reply)
        await self._answers.show(bot, question, pages, buttons, quoting=quoting, anew=anew)


def _word_for(message: Incoming) -> str:
    return next((word for kind, word in texts.NOT_TEXT if getattr(message, kind)), texts.NOTHING_I_READ)
