"""Builds PTB's application."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any, Protocol

from telegram import BotCommand, BotCommandScopeAllGroupChats, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError as PtbError
from telegram.ext import Application, Defaults
from telegram.request import HTTPXRequest

from bot.errors import SettingsError
from bot.ports import Storage
from bot.shells.tgbot.client import Client
from bot.shells.tgbot.commands import Commands
from bot.shells.tgbot.groups import Groups
from bot.shells.tgbot.handlers import build_handlers
from bot.shells.tgbot.inline import Inline
from bot.shells.tgbot.limiter import Limiter, Moved
from bot.shells.tgbot.membership import Membership
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.pressed import Buttons
from bot.shells.tgbot.reminder_parts import ReminderParts
from bot.shells.tgbot.texts import COMMANDS, GROUP_COMMANDS
from bot.shells.tgbot.traffic import Traffic
from bot.shells.tgbot.visit import Visit
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

GET_UPDATES_CONNECTIONS = 4
"""PTB's one can stay occupied for ever after a poll was torn (RichardAtCT/claude-code-telegram#213)."""

ANSWER_TIMEOUT = 10.0
"""Seconds that Telegram may take to answer a call. What is given up too early is sent twice."""

Bot = Application[Any, Any, Any, Any, Any, Any]


class Settings(Protocol):
    """The settings that are Telegram's business; `bot.settings.Settings` has them all."""

    @property
    def token(self) -> str | None: ...
    @property
    def telegram_api_base_url(self) -> str: ...
    @property
    def osteon_log_level(self) -> str: ...
    @property
    def osteon_concurrency(self) -> int: ...
    @property
    def osteon_webhook_url(self) -> str | None: ...
    @property
    def osteon_listen(self) -> str | None: ...


def build_client(settings: Settings, moved: Moved, traffic: Traffic) -> Client:
    """`moved` learns of it when a group gets a new number."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta; PTB warns without it
    return Client(
        token_of(settings),
        base_url=settings.telegram_api_base_url,
        request=HTTPXRequest(connection_pool_size=settings.osteon_concurrency, read_timeout=ANSWER_TIMEOUT),
        get_updates_request=HTTPXRequest(connection_pool_size=GET_UPDATES_CONNECTIONS),
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=Limiter(settings.osteon_concurrency, moved, traffic),
    )


def build_application(
    client: Client,
    conversations: Conversations,
    storage: Storage,
    buttons: Buttons,
    visit: Visit,
    pictures: Pictures,
    reminders: ReminderParts,
) -> Bot:
    """PTB's application, which is given its updates by the inbox."""
    messages = Messages(conversations, storage.answers, reminders.talk)
    commands, inline, groups = Commands(conversations, messages), Inline(conversations), Groups(conversations)
    application = Application.builder().bot(client).updater(None).job_queue(None).build()
    own_data = OwnData(conversations)
    membership = Membership(groups, reminders.reminders)
    application.add_handlers(
        build_handlers(commands, own_data, messages, buttons, groups, inline, visit, pictures, membership, reminders)
    )
    return application


async def set_commands(application: Bot) -> None:
    """Tell Telegram the commands for its menu. The bot works without: typed commands are understood anyhow."""
    try:
        await application.bot.set_my_commands(_menu(COMMANDS))
        await application.bot.set_my_commands(_menu(GROUP_COMMANDS), BotCommandScopeAllGroupChats())
    except PtbError as error:
        _log.warning("the menu of commands was not set (%s)", type(error).__name__)
    _log.info("@%s is ready", application.bot.username)


def _menu(commands: Sequence[tuple[str, str]]) -> list[BotCommand]:
    return [BotCommand(name, says) for name, says in commands]


def token_of(settings: Settings) -> str:
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; BotFather gives you one. See README.md and .env.example.")
    return settings.token
