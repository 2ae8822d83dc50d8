"""What happens when a handler fails: the person is told, the log learns where it broke and nothing of what was said."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.errors import StorageError
from bot.shells.tgbot import texts
from bot.shells.tgbot.logs import describe
from bot.shells.tgbot.send import beside

_log = logging.getLogger(__name__)

_MUTED = ("not enough rights", "chat_write_forbidden", "topic_closed", "topic_deleted")


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    error = context.error
    chat = update.effective_chat if isinstance(update, Update) else None
    if error is None or chat is None:
        _log_polling(error)
    elif isinstance(error, Forbidden) or _may_not_write(error):
        _log.info("chat %s takes no messages from us", chat.id)
    elif isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        _log.warning("chat %s: Telegram cannot be reached (%s)", chat.id, type(error).__name__)
    else:
        # What a StorageError says is written for the operator and holds nothing of the chat.
        told = str(error) if isinstance(error, StorageError) else f"a handler failed\n{describe(error)}"
        _log.error("chat %s: %s", chat.id, told)
        await _apologise(context, chat.id, update.effective_message if isinstance(update, Update) else None)


def _may_not_write(error: Exception) -> bool:
    """In a group its administrators may have taken the right from us, or closed the topic."""
    return isinstance(error, BadRequest) and any(reason in error.message.lower() for reason in _MUTED)


async def _apologise(context: ContextTypes.DEFAULT_TYPE, chat_id: int, message: Message | None) -> None:
    try:
        await context.bot.send_message(chat_id, texts.FAILED, **beside(message))
    except TelegramError as error:
        _log.warning("chat %s: the apology was not sent (%s)", chat_id, type(error).__name__)


def _log_polling(error: Exception | None) -> None:
    if isinstance(error, Conflict):
        _log.error("another program is asking Telegram for this bot's updates; stop one of the two")
    elif isinstance(error, TelegramError):
        _log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
    elif error:
        _log.error("a task failed\n%s", describe(error))
