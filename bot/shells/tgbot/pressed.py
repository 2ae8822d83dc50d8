"""What a pressed button does. All it needs is in the button, so that old ones work after a restart too."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.reply import Control, Message
from bot.shells.tgbot import texts
from bot.shells.tgbot.commands import level_page
from bot.shells.tgbot.glossary import glossary_page, term_page
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.presses import Kind, Press, decode
from bot.shells.tgbot.send import edit_to_page, edit_to_reply, send_page, send_reply, typing_if_slow
from bot.shells.tgbot.topics import theme_page, themes_page, topic_page
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

_ABOUT_INTENTS = {Kind.ANSWER, Kind.AT_LEVEL, Kind.SOURCES, Kind.MORE}
_NEED_LEVEL = {Kind.AT_LEVEL, Kind.SOURCES, Kind.MORE, Kind.THEMES_AT_LEVEL, Kind.LEVEL}
_LEVEL_KINDS = {Kind.AT_LEVEL, Kind.THEMES_AT_LEVEL, Kind.LEVEL}
"""What they do is to change the level, which a passing word confirms."""
_ANEW = {Kind.THEMES_ANEW, Kind.THEME_ANEW}
_OWN_DATA = {Kind.FORGET, Kind.KEEP}


@dataclass(frozen=True)
class _Pressed:
    press: Press
    query: CallbackQuery
    chat_id: int


class Buttons:
    def __init__(self, conversations: Conversations, own_data: OwnData, pictures: Pictures) -> None:
        self._conversations = conversations
        self._own_data = own_data
        self._pictures = pictures
        self._know = conversations.know
        self._answers: dict[Kind, Callable[[_Pressed], Awaitable[None]]] = {
            Kind.ANSWER: self._answer,
            Kind.AT_LEVEL: self._at_level,
            Kind.SOURCES: self._look_up,
            Kind.MORE: self._look_up,
            Kind.PICTURE: self._picture,
            Kind.FORGET: self._forget,
            Kind.KEEP: self._keep,
        }

    async def at_once(self, update: Update) -> None:
        """Stop the spinning, before the chat's turn comes; say what the button itself already tells."""
        query = update.callback_query
        if query is None:
            return
        press = self._read(query)
        try:
            if press is None:
                await query.answer(words.STALE, show_alert=True)
            elif press.level and press.kind in _LEVEL_KINDS:
                await query.answer(texts.level_toast(press.level))
            else:
                await query.answer()
        except TelegramError as error:  # most often: the query is too old. Nothing spins any more then
            _log.info("update %s: the button was not answered (%s)", update.update_id, type(error).__name__)

    async def on_press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, chat = update.callback_query, update.effective_chat
        press = self._read(query) if query else None
        if query is None or chat is None or press is None:
            return  # a stale button: `at_once` has said so
        pressed = _Pressed(press, query, chat.id)
        if press.kind in self._answers:
            await self._answers[press.kind](pressed)
        else:
            await self._browse(pressed)

    def _read(self, query: CallbackQuery) -> Press | None:
        """None for a button whose meaning or whose target is gone."""
        press = decode(query.data or "")
        if press is None or (press.kind in _NEED_LEVEL and press.level is None):
            return None
        if press.kind in _ABOUT_INTENTS:
            return press if press.target in self._know.intents else None
        if press.kind == Kind.PICTURE:
            return press if press.target in self._know.pictures else None
        return press if press.kind in _OWN_DATA or self._page(press) else None

    async def _answer(self, pressed: _Pressed) -> None:
        await self._send_answer(pressed, Message(press=pressed.press.target))

    async def _look_up(self, pressed: _Pressed) -> None:
        press = pressed.press
        control = Control.SOURCES if press.kind == Kind.SOURCES else Control.MORE
        await self._send_answer(
            pressed, Message(control=control, about=press.target, level=press.level, seen=press.seen)
        )

    async def _send_answer(self, pressed: _Pressed, message: Message) -> None:
        bot = pressed.query.get_bot()
        async with typing_if_slow(bot, pressed.chat_id):
            reply = await self._conversations.answer(pressed.chat_id, message)
        await send_reply(bot, pressed.chat_id, reply)

    async def _at_level(self, pressed: _Pressed) -> None:
        message = Message(press=pressed.press.target, level=pressed.press.level)
        reply = await self._conversations.answer(pressed.chat_id, message)
        await edit_to_reply(pressed.query, pressed.chat_id, reply)

    async def _picture(self, pressed: _Pressed) -> None:
        await self._pictures.send(pressed.query.get_bot(), pressed.chat_id, pressed.press.target)

    async def _forget(self, pressed: _Pressed) -> None:
        await edit_to_page(pressed.query, pressed.chat_id, await self._own_data.forget(pressed.chat_id))

    async def _keep(self, pressed: _Pressed) -> None:
        await edit_to_page(pressed.query, pressed.chat_id, Page(texts.KEPT))

    async def _browse(self, pressed: _Pressed) -> None:
        press = pressed.press
        if press.level:
            await self._conversations.set_level(pressed.chat_id, press.level)
        page = self._page(press, (await self._conversations.state(pressed.chat_id)).level)
        if page is None:
            return
        if press.kind in _ANEW:
            await send_page(pressed.query.get_bot(), pressed.chat_id, page)
        else:
            await edit_to_page(pressed.query, pressed.chat_id, page)

    def _page(self, press: Press, level: Tier = Tier.FUNDAMENTALS) -> Page | None:
        """What a button for browsing shows; None if that is gone."""
        match press.kind:
            case Kind.THEMES | Kind.THEMES_ANEW | Kind.THEMES_AT_LEVEL:
                return themes_page(self._know, level)
            case Kind.THEME | Kind.THEME_ANEW:
                return theme_page(self._know, level, press.target)
            case Kind.TOPIC:
                return topic_page(self._know, level, press.target)
            case Kind.LEVEL:
                return level_page(level)
            case Kind.GLOSSARY if press.target:
                return term_page(self._know, press.target)
            case Kind.GLOSSARY:
                return glossary_page(self._know)
        return None
