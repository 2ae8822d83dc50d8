"""Setting up reminders on Telegram: by buttons, and by words at any step."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot, CallbackQuery, Location, Message, ReplyKeyboardRemove

from bot.reminders.command import Action
from bot.reminders.draft import (
    Asking,
    Draft,
    asking_anew,
    with_minute,
    with_streams,
    with_weekdays,
    with_zone,
    with_zones,
)
from bot.reminders.setup import changing
from bot.reminders.told import told_time
from bot.reminding import Full, Reminders
from bot.shells.tgbot import reminder_setup_texts as texts
from bot.shells.tgbot import reminder_texts
from bot.shells.tgbot.features import Pressed, Toast, is_private
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.reminder_presses import asking_of, minute_of, streams_of, weekdays_of, zone_of
from bot.shells.tgbot.reminder_setup_pages import View, setup_page, share_keyboard, weekdays_page, zones_page
from bot.shells.tgbot.reminders import RemindersPage
from bot.shells.tgbot.send import edit_to_page, send_page
from bot.shells.zone_at import zone_at

Show = Callable[[Page], Awaitable[None]]
"""Shows a page to the person: as a new message, or in place of the one whose button was pressed."""


class SetUp:
    kinds = frozenset({Kind.SET_UP})

    def __init__(self, reminders: Reminders, overview: RemindersPage) -> None:
        self._reminders = reminders
        self._overview = overview

    def serves(self, query: CallbackQuery) -> bool:
        return is_private(query)

    def fits(self, press: Press) -> bool:
        verb, _, rest = press.target.partition("/")
        readable = {
            "streams": bool(streams_of(rest)),
            "ticked": weekdays_of(rest) is not None,
            "days": bool(weekdays_of(rest)),
            "time": minute_of(rest) is not None,
            "zone": zone_of(rest) is not None,
            "anew": asking_of(rest) is not None,
            "change": asking_of(rest.partition("/")[0]) is not None and bool(streams_of(rest.partition("/")[2])),
            "yes": bool(rest),
        }
        return readable.get(verb, press.target in ("list", "share", "cancel"))

    def toast(self, _press: Press) -> Toast:
        return None, False

    async def on_press(self, pressed: Pressed) -> None:
        bot, chat_id = pressed.query.get_bot(), pressed.chat_id
        verb, _, rest = pressed.press.target.partition("/")

        async def show(page: Page) -> None:
            await edit_to_page(pressed.query, chat_id, page)

        draft = await self._draft(chat_id, verb, rest)
        if draft is None:
            await show(await self._overview.page(chat_id, texts.TOO_OLD))
        elif verb == "cancel":
            await self.cancel(bot, chat_id, draft, show)
        elif verb == "yes":
            await self._agreed(bot, chat_id, draft, rest, show)
        elif verb == "share":
            await self._share(bot, chat_id, draft)
        elif verb == "list":
            await show(zones_page(self._reminders.store.now()))
        elif verb == "ticked" and draft.plans:
            await show(weekdays_page(draft, weekdays_of(rest) or ()))
        else:
            await self.go_on(bot, chat_id, _chosen(draft, verb, rest), show)

    async def on_place(self, bot: Bot, message: Message, point: Location, draft: Draft) -> None:
        """The zone of a shared place, which itself is kept nowhere."""
        zone = await asyncio.to_thread(zone_at, point.latitude, point.longitude)
        after = with_zone(draft, zone) if zone else with_zones(draft, (), ask=True)
        await self.go_on(bot, message.chat_id, after, anew(bot, message), "" if zone else texts.NO_ZONE)

    async def go_on(self, bot: Bot, chat_id: int, draft: Draft, show: Show, lead: str = "") -> None:
        """Keep the draft, and ask what it asks."""
        draft = replace(draft, is_left=False)
        if draft.has_keyboard and draft.asks != Asking.ZONE:
            await self._put_keyboard_away(bot, chat_id)
            draft = replace(draft, has_keyboard=False)
        await self._reminders.drafts.save(chat_id, draft)
        await show(setup_page(draft, await self._view(chat_id, draft), lead))

    async def cancel(self, bot: Bot, chat_id: int, draft: Draft, show: Show) -> None:
        await self._reminders.drafts.clear(chat_id)
        if draft.has_keyboard:
            await self._put_keyboard_away(bot, chat_id)
        await show(await self._overview.page(chat_id, texts.CANCELLED))

    async def confirm(self, bot: Bot, chat_id: int, draft: Draft, show: Show) -> None:
        full = await self._reminders.confirm(chat_id, draft)
        if full:
            await self._offer_others(bot, chat_id, draft, full, show)
            return
        await show(await self._overview.page(chat_id, _done(draft)))

    async def differently(self, bot: Bot, chat_id: int, draft: Draft, show: Show) -> None:
        await self.go_on(bot, chat_id, asking_anew(draft, Asking.DIFFERENT), show)

    async def _agreed(self, bot: Bot, chat_id: int, draft: Draft, stamp: str, show: Show) -> None:
        """What was shown is done; or, if something else is wanted by now, that is shown."""
        if draft.asks == Asking.CONFIRM and draft.stamp == stamp:
            await self.confirm(bot, chat_id, draft, show)
        else:
            await self.go_on(bot, chat_id, draft, show)

    async def _offer_others(self, bot: Bot, chat_id: int, draft: Draft, full: Full, show: Show) -> None:
        plans = tuple(replace(plan, minute=None) if plan.minute == full.minute else plan for plan in draft.plans)
        after = replace(draft, plans=plans, minutes=full.free, anew=Asking.TIME)
        await self.go_on(bot, chat_id, after, show, texts.FULL.format(time=told_time(full.minute)))

    async def _draft(self, chat_id: int, verb: str, rest: str) -> Draft | None:
        """What the press goes on with; some begin something new."""
        if verb == "change":
            what, _, streams = rest.partition("/")
            changed = changing(Asking(what), streams_of(streams), await self._reminders.known(chat_id))
            return changed if changed.plans else None
        draft = await self._reminders.drafts.load(chat_id)
        is_another = draft is None or draft.asks not in (Asking.STREAMS, Asking.DIFFERENT)
        return await self._reminders.begun(chat_id) if verb == "streams" and is_another else draft

    async def _view(self, chat_id: int, draft: Draft) -> View:
        is_plan = draft.asks == Asking.CONFIRM and draft.action in (Action.SUBSCRIBE, Action.CHANGE)
        coming = await self._reminders.upcoming(chat_id, draft) if is_plan else []
        return View(await self._reminders.known(chat_id), coming, self._reminders.store.now())

    async def _share(self, bot: Bot, chat_id: int, draft: Draft) -> None:
        await self._reminders.drafts.save(chat_id, replace(asking_anew(draft, Asking.ZONE), has_keyboard=True))
        await bot.send_message(chat_id, texts.SHARING, reply_markup=share_keyboard())

    async def _put_keyboard_away(self, bot: Bot, chat_id: int) -> None:
        await bot.send_message(chat_id, texts.THANKS, reply_markup=ReplyKeyboardRemove())


def anew(bot: Bot, message: Message) -> Show:
    """Shows a page below the message that asked for it."""

    async def show(page: Page) -> None:
        await send_page(bot, message.chat_id, page, message)

    return show


def _chosen(draft: Draft, verb: str, rest: str) -> Draft:
    """The draft with what was pressed; as it is, if that makes no sense there."""
    if verb == "streams":
        return with_streams(draft, streams_of(rest))
    if verb in ("anew", "change"):
        return asking_anew(draft, asking_of(rest.partition("/")[0]) or Asking.CONFIRM)
    if not draft.plans:
        return draft
    if verb == "days":
        return with_weekdays(draft, weekdays_of(rest) or ())
    if verb == "time":
        return with_minute(draft, minute_of(rest) or 0)
    zone = zone_of(rest) if verb == "zone" else None
    return with_zone(draft, zone) if zone else draft


def _done(draft: Draft) -> str:
    if draft.action is Action.PAUSE:
        return reminder_texts.paused(draft.streams, draft.until)
    return reminder_texts.RESUMED if draft.action is Action.RESUME else texts.CONFIRMED
