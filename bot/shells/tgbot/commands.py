"""The commands."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.reply import Message
from bot.shells.tgbot import texts
from bot.shells.tgbot.glossary import glossary_page, references_pages
from bot.shells.tgbot.keyboard import keyboard
from bot.shells.tgbot.links import intent_of
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind
from bot.shells.tgbot.send import send_page, send_pages
from bot.shells.tgbot.topics import theme_rows, themes_page, tier_row
from bot.usecases import Conversations


class Commands:
    def __init__(self, conversations: Conversations, messages: Messages) -> None:
        self._conversations = conversations
        self._know = conversations.know
        self._messages = messages

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The greeting or, from a deep link, the answer it names."""
        chat_id = _chat_id(update)
        payload = "".join(context.args or [])
        intent = intent_of(payload, self._know)
        if intent:
            await self._messages.answer(context.bot, chat_id, Message(press=intent))
            return
        themes = keyboard(theme_rows(self._know, Kind.THEME_ANEW))
        await send_page(context.bot, chat_id, Page(texts.UNKNOWN_LINK if payload else texts.START, themes))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await context.bot.send_message(_chat_id(update), texts.HELP)

    async def topics(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        level = (await self._conversations.state(_chat_id(update))).level
        await send_page(context.bot, _chat_id(update), themes_page(self._know, level))

    async def level(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the levels, or set one by its name; other words are read as a message ("/level simpler")."""
        chat_id = _chat_id(update)
        if not context.args:
            level = (await self._conversations.state(chat_id)).level
            await send_page(context.bot, chat_id, level_page(level))
        elif context.args[0].lower() in tuple(Tier):
            level = Tier(context.args[0].lower())
            await self._conversations.set_level(chat_id, level)
            await context.bot.send_message(chat_id, words.level_set(level))
        else:
            await self._messages.on_text(update, context)

    async def glossary(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await send_page(context.bot, _chat_id(update), glossary_page(self._know))

    async def references(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await send_pages(context.bot, _chat_id(update), references_pages(self._know))


def level_page(level: Tier) -> Page:
    return Page(texts.LEVEL, keyboard([tier_row(Kind.LEVEL, level)]))


def _chat_id(update: Update) -> int:
    if update.effective_chat is None:
        raise TypeError("a command stands in a chat")
    return update.effective_chat.id
