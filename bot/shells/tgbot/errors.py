"""What happens when a handler fails: the person is told, the log learns where it broke and nothing of what was said."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.errors import StorageError
from bot.shells.tgbot import texts
from bot.shells.tgbot.logs import describe

_log = logging.getLogger(__name__)


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    error = context.error
    chat = update.effective_chat if isinstance(update, Update) else None
    if error is None or chat is None:
        _log_polling(error)
    elif isinstance(error, Forbidden):
        _log.info("chat %s takes no messages from us", chat.id)
    elif isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        _log.warning("chat %s: Telegram cannot be reached (%s)", chat.id, type(error).__name__)
    else:
        # What a StorageError says is written for the operator and holds nothing of the chat.
        told = str(error) if isinstance(error, StorageError) else f"a handler failed\n{describe(error)}"
        _log.error("chat %s: %s", chat.id, told)
        await _apologise(context, chat.id)


async def _apologise(context: ContextTypes.DEFAULT_TYPE, chat_id: int) -> None:
    try:
        await context.bot.send_message(chat_id, texts.FAILED)
    except TelegramError as error:
        _log.warning("chat %s: the apology was not sent (%s)", chat_id, type(error).__name__)


def _log_polling(error: Exception | None) -> None:
    if isinstance(error, Conflict):
        _log.error("another program is asking Telegram for this bot's updates; stop one of the two")
    elif isinstance(error, TelegramError):
        _log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
    elif error:
        _log.error("a task failed\n%s", describe(error))
