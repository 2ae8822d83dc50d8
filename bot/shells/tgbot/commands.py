"""The commands."""

from __future__ import annotations

import html

from telegram import Update
from telegram.ext import ContextTypes

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.reply import Message
from bot.shells.tgbot import texts
from bot.shells.tgbot.glossary import glossary_page, references_keyboard, references_pages
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.keyboard import keyboard
from bot.shells.tgbot.links import ASK, intent_of
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind
from bot.shells.tgbot.send import beside, send_page, send_pages
from bot.shells.tgbot.topics import theme_rows, themes_page, tier_row
from bot.usecases import Conversations


class Commands:
    def __init__(self, conversations: Conversations, messages: Messages) -> None:
        self._conversations = conversations
        self._know = conversations.know
        self._messages = messages

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The greeting or, from a deep link, the answer it names; a link's word has no blanks, so more is a message."""
        if len(context.args or []) > 1:
            await self._messages.on_text(update, context)
            return
        message = incoming(update)
        payload = "".join(context.args or [])
        intent = intent_of(payload, self._know)
        if intent:
            await self._messages.answer(context.bot, message, Message(press=intent))
            return
        themes = keyboard(theme_rows(self._know, Kind.THEME_ANEW))
        greeting = texts.START if payload in ("", ASK) else texts.UNKNOWN_LINK
        greeting = greeting.format(name=html.escape(context.bot.username))
        await send_page(context.bot, message.chat_id, Page(greeting, themes), message)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, told = incoming(update), texts.HELP.format(name=html.escape(context.bot.username))
        await context.bot.send_message(message.chat_id, told, **beside(message))

    async def topics(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        level = (await self._conversations.state(message.chat_id)).level
        await send_page(context.bot, message.chat_id, themes_page(self._know, level), message)

    async def level(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the levels, or set one by its name; other words are read as a message ("/level simpler")."""
        message = incoming(update)
        chat_id = message.chat_id
        if not context.args:
            level = (await self._conversations.state(chat_id)).level
            await send_page(context.bot, chat_id, level_page(level), message)
        elif len(context.args) == 1 and context.args[0].lower() in tuple(Tier):
            level = Tier(context.args[0].lower())
            await self._conversations.set_level(chat_id, level)
            await context.bot.send_message(chat_id, words.level_set(level), **beside(message))
        else:
            await self._messages.on_text(update, context)

    async def glossary(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        await send_page(context.bot, message.chat_id, glossary_page(self._know), message)

    async def references(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, pages = incoming(update), references_pages(self._know)
        await send_pages(context.bot, message.chat_id, pages, references_keyboard(self._know), message)


def level_page(level: Tier) -> Page:
    return Page(texts.LEVEL, keyboard([tier_row(Kind.LEVEL, level)]))
