"""What a pressed button does. All it needs is in the button, so that old ones work after a restart too."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.reply import Control, Message
from bot.shells.tgbot import texts
from bot.shells.tgbot.commands import level_page
from bot.shells.tgbot.features import Feature, Pressed
from bot.shells.tgbot.glossary import glossary_page, term_page
from bot.shells.tgbot.groups import may_forget
from bot.shells.tgbot.just_sent import JustSent
from bot.shells.tgbot.opinion_texts import PRIVATE_ONLY
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press, decode
from bot.shells.tgbot.send import beside, edit_to_page, edit_to_reply, send_page, send_reply, typing_if_slow
from bot.shells.tgbot.topics import theme_page, themes_page, topic_page
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

_ABOUT_INTENTS = {Kind.ANSWER, Kind.AT_LEVEL, Kind.SOURCES, Kind.MORE}
_NEED_LEVEL = {Kind.AT_LEVEL, Kind.SOURCES, Kind.MORE, Kind.THEMES_AT_LEVEL, Kind.LEVEL}
_LEVEL_KINDS = {Kind.AT_LEVEL, Kind.THEMES_AT_LEVEL, Kind.LEVEL}
"""What they do is to change the level, which a passing word confirms."""
_ANEW = {Kind.THEMES_ANEW, Kind.THEME_ANEW}
_OWN_DATA = {Kind.FORGET, Kind.KEEP}


class Buttons:
    def __init__(
        self, conversations: Conversations, own_data: OwnData, just_sent: JustSent, features: Sequence[Feature] = ()
    ) -> None:
        self._conversations = conversations
        self._own_data = own_data
        self._know = conversations.know
        self._just_sent = just_sent
        self._features = {kind: feature for feature in features for kind in feature.kinds}
        self._answers: dict[Kind, Callable[[Pressed], Awaitable[None]]] = {
            Kind.ANSWER: self._answer,
            Kind.AT_LEVEL: self._at_level,
            Kind.SOURCES: self._look_up,
            Kind.MORE: self._look_up,
            Kind.FORGET: self._forget,
            Kind.KEEP: self._keep,
        }

    async def at_once(self, update: Update) -> None:
        """Stop the spinning, before the chat's turn comes; say what the button itself already tells."""
        query = update.callback_query
        if query is None:
            return
        toast, stays = self._toast(query)
        try:
            await query.answer(toast, show_alert=stays)
        except TelegramError as error:  # most often: the query is too old. Nothing spins any more then
            _log.info("update %s: the button was not answered (%s)", update.update_id, type(error).__name__)

    def _toast(self, query: CallbackQuery) -> tuple[str | None, bool]:
        """What a button says at once, and whether that stays until it is read."""
        press = self._read(query)
        if press is None:
            return words.STALE, True
        feature = self._features.get(press.kind)
        if feature:
            return feature.toast(press) if feature.serves(query) else (PRIVATE_ONLY, True)
        return texts.level_toast(press.level) if press.level and press.kind in _LEVEL_KINDS else None, False

    async def on_press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, chat = update.callback_query, update.effective_chat
        press = self._read(query) if query else None
        if query is None or chat is None or press is None:
            return  # a stale button: `at_once` has said so
        pressed = Pressed(press, query, chat.id)
        feature = self._features.get(press.kind)
        if feature:
            if feature.serves(query):
                await feature.on_press(pressed)
            return
        self._just_sent.take(chat.id)  # a "why?" that comes now is about what this press shows
        if press.kind in self._answers:
            await self._answers[press.kind](pressed)
        else:
            await self._browse(pressed)

    def _read(self, query: CallbackQuery) -> Press | None:
        """None for a button whose meaning or whose target is gone."""
        press = decode(query.data or "")
        if press is None or (press.kind in _NEED_LEVEL and press.level is None):
            return None
        feature = self._features.get(press.kind)
        if feature:
            return press if feature.fits(press) else None
        if press.kind in _ABOUT_INTENTS:
            return press if press.target in self._know.intents else None
        return press if press.kind in _OWN_DATA or self._page(press) else None

    async def _answer(self, pressed: Pressed) -> None:
        await self._send_answer(pressed, Message(press=pressed.press.target))

    async def _look_up(self, pressed: Pressed) -> None:
        press = pressed.press
        control = Control.SOURCES if press.kind == Kind.SOURCES else Control.MORE
        await self._send_answer(
            pressed, Message(control=control, about=press.target, level=press.level, seen=press.seen)
        )

    async def _send_answer(self, pressed: Pressed, message: Message) -> None:
        bot = pressed.query.get_bot()
        async with typing_if_slow(bot, pressed.chat_id):
            reply = await self._conversations.answer(pressed.chat_id, message)
        await send_reply(bot, pressed.chat_id, reply, pressed.query.message)

    async def _at_level(self, pressed: Pressed) -> None:
        message = Message(press=pressed.press.target, level=pressed.press.level)
        reply = await self._conversations.answer(pressed.chat_id, message)
        await edit_to_reply(pressed.query, pressed.chat_id, reply)

    async def _forget(self, pressed: Pressed) -> None:
        bot = pressed.query.get_bot()
        if not await may_forget(bot, pressed.query):
            await bot.send_message(pressed.chat_id, texts.ADMINISTRATORS_ONLY, **beside(pressed.query.message))
            return
        await edit_to_page(pressed.query, pressed.chat_id, await self._own_data.forget(pressed.chat_id))

    async def _keep(self, pressed: Pressed) -> None:
        await edit_to_page(pressed.query, pressed.chat_id, Page(texts.KEPT))

    async def _browse(self, pressed: Pressed) -> None:
        press = pressed.press
        if press.level:
            await self._conversations.set_level(pressed.chat_id, press.level)
        page = self._page(press, (await self._conversations.state(pressed.chat_id)).level)
        if page is None:
            return
        if press.kind in _ANEW:
            await send_page(pressed.query.get_bot(), pressed.chat_id, page, pressed.query.message)
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
