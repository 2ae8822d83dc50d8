"""What happens when a handler fails: the person is told, the log learns where it broke and nothing of what was said."""

from __future__ import annotations

import logging

from telegram import Bot, Message, Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.errors import StorageError
from bot.shells.tgbot import texts
from bot.shells.tgbot.logs import describe
from bot.shells.tgbot.reach import is_torn, is_unreachable
from bot.shells.tgbot.send import beside

_log = logging.getLogger(__name__)

_MUTED = ("not enough rights", "chat_write_forbidden", "topic_closed", "topic_deleted")


def _may_not_write(error: Exception) -> bool:
    """In a group its administrators may have taken the right from us, or closed the topic."""
    return isinstance(error, BadRequest) and any(reason in error.message.lower() for reason in _MUTED)


class Failures:
    """Which updates failed, and why. A person is told unless the way to Telegram is at fault: that is tried again."""

    def __init__(self) -> None:
        self._errors: dict[int, Exception] = {}

    def of(self, update: Update) -> Exception | None:
        """What the update failed of, if it did; asked once."""
        return self._errors.pop(update.update_id, None)

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if error is None or not isinstance(update, Update):
            return
        self._errors[update.update_id] = error
        chat_id = update.effective_chat.id if update.effective_chat else None
        if isinstance(error, Forbidden) or _may_not_write(error):
            _log.info("chat %s takes no messages from us", chat_id)
        elif is_torn(error):
            _log.warning("chat %s: it is not known whether the answer arrived (%s)", chat_id, type(error).__name__)
        elif is_unreachable(error):
            _log.warning("chat %s: Telegram cannot be reached (%s)", chat_id, type(error).__name__)
        else:
            # What a StorageError says is written for the operator and holds nothing of the chat.
            told = str(error) if isinstance(error, StorageError) else f"a handler failed\n{describe(error)}"
            _log.error("chat %s: %s", chat_id, told)
            if chat_id is not None:
                await self.apologise(context.bot, chat_id, update.effective_message)

    async def apologise(self, bot: Bot, chat_id: int, question: Message | None = None) -> None:
        try:
            await bot.send_message(chat_id, texts.FAILED, **beside(question))
        except TelegramError as error:
            _log.warning("chat %s: the apology was not sent (%s)", chat_id, type(error).__name__)
