"""Sends reminders over Telegram: one request for each, and what became of it."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.ports.reminders import Fate, Outgoing, Receipt
from bot.reminders.records import Delivery
from bot.shells.tgbot.client import Client
from bot.shells.tgbot.limiter import Once, TooLateError, seconds_of
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.reach import is_surely_undone
from bot.shells.tgbot.reminder_keyboard import question_keyboard, reminder_keyboard
from bot.shells.tgbot.reminder_page import render_reminder
from bot.shells.tgbot.reminder_texts import question
from bot.shells.tgbot.send import NO_DEFAULTS
from bot.shells.tgbot.traffic import Lane, Traffic

_log = logging.getLogger(__name__)

_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked")


class ReminderSender:
    def __init__(self, client: Client, traffic: Traffic) -> None:
        self._client = client
        self._traffic = traffic

    async def ready(self) -> timedelta | None:
        if await self._traffic.enter(Lane.REMINDER, even_if_held=False):
            return None
        return timedelta(seconds=self._traffic.held_for)

    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:
        page, chat_id = _page(outgoing), outgoing.subscription.chat_id
        patience = max(0.0, deadline - time.monotonic()) + 1.0  # more than an answer has: what is given up comes twice
        try:
            async with asyncio.timeout(patience):
                message = await self._client.send_message(
                    chat_id,
                    page.html,
                    reply_markup=page.keyboard,
                    disable_notification=outgoing.silent or None,
                    read_timeout=patience,
                    rate_limit_args=Once(deadline),
                )
        except TimeoutError:  # ours: the request had left, or it would have been refused as too late
            return Receipt(Fate.UNCERTAIN)
        except TelegramError as error:
            return _receipt(error, outgoing)
        return Receipt(Fate.SENT, message.message_id)

    async def close(self, delivery: Delivery) -> bool:
        try:
            await self._client.edit_message_reply_markup(
                delivery.chat_id, delivery.message_id, reply_markup=None, api_kwargs=NO_DEFAULTS
            )
        except (BadRequest, Forbidden):  # deleted, or closed already
            return True
        except TelegramError:
            return False
        return True


def _page(outgoing: Outgoing) -> Page:
    subscription, delivery = outgoing.subscription, outgoing.delivery
    if outgoing.message is None:
        return Page(question(subscription.stream), question_keyboard(subscription, delivery))
    return Page(render_reminder(outgoing.message, late=outgoing.late), reminder_keyboard(subscription, delivery))


def _receipt(error: TelegramError, outgoing: Outgoing) -> Receipt:
    if isinstance(error, RetryAfter):
        return Receipt(Fate.SLOWED, wait=timedelta(seconds=seconds_of(error)))
    if isinstance(error, TooLateError):
        return Receipt(Fate.UNREACHED)
    if isinstance(error, InvalidToken):
        return Receipt(Fate.UNAUTHORISED)
    # A chat that moves is a group, and groups have no reminders.
    if isinstance(error, Forbidden | ChatMigrated) or any(words in error.message.lower() for words in _GONE):
        return Receipt(Fate.BLOCKED)
    if isinstance(error, BadRequest):
        _log.error("subscription %s: Telegram says: %s", outgoing.subscription.id, error.message)
        return Receipt(Fate.REFUSED)
    return Receipt(Fate.UNREACHED if is_surely_undone(error) else Fate.UNCERTAIN)
