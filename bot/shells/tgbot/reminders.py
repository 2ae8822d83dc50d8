"""The page of a chat's reminders: shown, and what its buttons change. Each button says what is to be afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

from telegram import CallbackQuery, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.corpus.models import Article
from bot.reminders.command import Action, Command
from bot.reminders.setup import live
from bot.reminders.streams import Stream
from bot.reminding import Reminders
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.features import Pressed, Toast, is_private
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.reminder_pages import (
    CAUTION,
    CHANGE,
    HOW,
    PAUSE,
    caution_page,
    change_page,
    how_page,
    pause_page,
    reminders_page,
    stopped_page,
)
from bot.shells.tgbot.reminder_presses import pause_of, plans_of, streams_of
from bot.shells.tgbot.send import edit_to_page, send_page

_PAGES = ("", CHANGE, PAUSE, HOW, CAUTION, *(f"{PAUSE}/{stream}" for stream in Stream))
_YES_NO = {"yes": True, "no": False}


class RemindersPage:
    def __init__(self, reminders: Reminders, article: Article) -> None:
        self._reminders = reminders
        self._article = article
        self._changes: dict[Kind, Callable[[int, str], Awaitable[Page]]] = {
            Kind.REMINDERS: self._behind,
            Kind.PAUSE: self._pause,
            Kind.RESUME: self._resume,
            Kind.STOP: self._stop,
            Kind.START_AGAIN: self._start_again,
            Kind.HIGH_IMPACT: self._high_impact,
        }

    @property
    def kinds(self) -> Collection[Kind]:
        return {*self._changes, Kind.REMINDERS_ANEW}

    def serves(self, query: CallbackQuery) -> bool:
        return is_private(query)

    def fits(self, press: Press) -> bool:
        readable: dict[Kind, bool] = {
            Kind.REMINDERS: press.target in _PAGES,
            Kind.REMINDERS_ANEW: not press.target,
            Kind.PAUSE: pause_of(press.target) is not None,
            Kind.RESUME: bool(streams_of(press.target)),
            Kind.STOP: bool(streams_of(press.target)),
            Kind.START_AGAIN: bool(plans_of(press.target)),
            Kind.HIGH_IMPACT: press.target in _YES_NO,
        }
        return readable[press.kind]

    def toast(self, _press: Press) -> Toast:
        return None, False

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        private = message.chat.type == ChatType.PRIVATE
        page = await self.page(message.chat_id) if private else Page(texts.PRIVATE_ONLY)
        await send_page(context.bot, message.chat_id, page, message)

    async def on_press(self, pressed: Pressed) -> None:
        chat_id, press = pressed.chat_id, pressed.press
        if press.kind == Kind.REMINDERS_ANEW:
            await send_page(pressed.query.get_bot(), chat_id, await self.page(chat_id), pressed.query.message)
            return
        await edit_to_page(pressed.query, chat_id, await self._changes[press.kind](chat_id, press.target))

    async def page(self, chat_id: int, lead: str = "") -> Page:
        return reminders_page(await self._reminders.known(chat_id), self._reminders.store.now(), lead)

    async def stopped(self, chat_id: int, command: Command) -> Page:
        """Stop what the command is about, at once; what was being set up is let go of too."""
        await self._reminders.drafts.clear(chat_id)
        stopped = await self._reminders.stop(chat_id, command)
        return stopped_page(stopped) if stopped else await self.page(chat_id, texts.NOTHING_TO_STOP)

    async def _behind(self, chat_id: int, target: str) -> Page:
        known, theme = await self._reminders.known(chat_id), self._reminders.know.caution
        if target == CHANGE and live(known):
            return change_page(known)
        if target.startswith(PAUSE):
            return pause_page(known, streams_of(target.removeprefix(f"{PAUSE}/")))
        if target == CAUTION and theme:
            return caution_page(theme, self._article)
        return how_page() if target == HOW else await self.page(chat_id)

    async def _pause(self, chat_id: int, target: str) -> Page:
        streams, days = pause_of(target) or ((), None)
        until = None if days is None else await self._reminders.today(chat_id) + timedelta(days=days)
        await self._reminders.drafts.clear(chat_id)
        await self._reminders.pause(chat_id, streams, until)
        return await self.page(chat_id, texts.paused(streams, until))

    async def _resume(self, chat_id: int, target: str) -> Page:
        await self._reminders.resume(chat_id, streams_of(target))
        return await self.page(chat_id, texts.RESUMED)

    async def _stop(self, chat_id: int, target: str) -> Page:
        return await self.stopped(chat_id, Command(Action.STOP, streams_of(target)))

    async def _start_again(self, chat_id: int, target: str) -> Page:
        for stream, weekdays in plans_of(target):
            await self._reminders.start_again(chat_id, stream, weekdays)
        return await self.page(chat_id, texts.ON_AGAIN)

    async def _high_impact(self, chat_id: int, target: str) -> Page:
        await self._reminders.set_high_impact(chat_id, wanted=_YES_NO[target])
        return await self.page(chat_id, texts.INCLUDED if _YES_NO[target] else texts.LEFT_OUT)
