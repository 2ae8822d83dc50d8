"""Builds PTB's application and runs it."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, Protocol

from telegram import BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken
from telegram.error import TelegramError as PtbError
from telegram.ext import Application, Defaults

from bot.dialogue.knowledge import Knowledge
from bot.errors import SettingsError, TelegramError
from bot.ports import ChatStore
from bot.shells.tgbot.commands import Commands
from bot.shells.tgbot.errors import on_error
from bot.shells.tgbot.handlers import ALLOWED_UPDATES, build_handlers
from bot.shells.tgbot.limiter import Limiter
from bot.shells.tgbot.logs import set_up_logs
from bot.shells.tgbot.messages import Messages
from bot.shells.tgbot.order import ChatOrder
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.pressed import Buttons
from bot.shells.tgbot.texts import COMMANDS
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

GET_UPDATES_CONNECTIONS = 4
"""PTB's one can stay occupied for ever after a poll was torn (RichardAtCT/claude-code-telegram#213)."""

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


class Core(Protocol):
    """What bootstrap builds."""

    @property
    def knowledge(self) -> Knowledge: ...
    @property
    def warning(self) -> str | None: ...


def run_bot(settings: Settings, core: Core, storage: AbstractAsyncContextManager[ChatStore]) -> None:
    """Talk on Telegram until told to stop.

    Raises TelegramError if Telegram does not accept the token, and StorageError if the database cannot be used.
    """
    token = _token(settings)
    set_up_logs(settings.osteon_log_level, token)
    if core.warning:
        _log.warning("%s", core.warning)
    opened = AsyncExitStack()
    with asyncio.Runner() as runner:  # the database and PTB share its event loop
        try:
            store = runner.run(opened.enter_async_context(storage))
            conversations = Conversations(core.knowledge, store)
            opened.callback(conversations.close)
            _poll(build_application(settings, conversations))
        finally:
            runner.run(opened.aclose())


def _poll(application: Bot) -> None:
    try:
        # Without a network PTB tries for ever; what people wrote meanwhile is answered (Telegram keeps it for a day).
        application.run_polling(bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES, close_loop=False)
    except InvalidToken:
        raise TelegramError(
            "Telegram does not accept the token in TELEGRAM_BOT_TOKEN; copy it anew from BotFather (/mybots)."
        ) from None  # its message holds the token


def build_application(settings: Settings, conversations: Conversations) -> Bot:
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta; PTB warns without it
    messages, own_data = Messages(conversations), OwnData(conversations)
    pictures = Pictures(conversations)
    buttons = Buttons(conversations, own_data, pictures)
    application = (
        Application.builder()
        .token(_token(settings))
        .base_url(settings.telegram_api_base_url)
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(Limiter(settings.osteon_concurrency))
        .connection_pool_size(settings.osteon_concurrency)
        .get_updates_connection_pool_size(GET_UPDATES_CONNECTIONS)
        .concurrent_updates(ChatOrder(buttons.at_once))
        .job_queue(None)
        .post_init(_set_commands)
        .build()
    )
    application.add_handlers(build_handlers(Commands(conversations, messages), own_data, messages, buttons, pictures))
    application.add_error_handler(on_error)
    return application


async def _set_commands(application: Bot) -> None:
    """Tell Telegram the commands for its menu. The bot works without: typed commands are understood anyhow."""
    try:
        await application.bot.set_my_commands([BotCommand(name, says) for name, says in COMMANDS])
    except PtbError as error:
        _log.warning("the menu of commands was not set (%s)", type(error).__name__)
    _log.info("@%s is ready", application.bot.username)


def _token(settings: Settings) -> str:
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; BotFather gives you one. See README.md and .env.example.")
    return settings.token
