"""The bot's own name, as Telegram knows it."""

from __future__ import annotations

import asyncio
from typing import Protocol

from telegram import Bot
from telegram.error import InvalidToken
from telegram.error import TelegramError as PtbError

from bot.errors import SettingsError, TelegramError

_NAME_IT = "Or name the bot yourself, as in: osteon link --username osteon_bot"


class Settings(Protocol):
    """The settings that this needs; `bot.settings.Settings` has them all."""

    @property
    def token(self) -> str | None: ...
    @property
    def telegram_api_base_url(self) -> str: ...


def username_of(settings: Settings) -> str:
    """Raises SettingsError without a token, and TelegramError if Telegram does not tell."""
    token = settings.token
    if not token:
        raise SettingsError(
            f"TELEGRAM_BOT_TOKEN is not set, so Telegram cannot be asked for the bot's name. {_NAME_IT}"
        )
    return asyncio.run(_asked(Bot(token, base_url=settings.telegram_api_base_url)))


async def _asked(bot: Bot) -> str:
    try:
        async with bot:
            return bot.username
    except InvalidToken:
        raise TelegramError(
            "Telegram does not accept the token in TELEGRAM_BOT_TOKEN; copy it anew from BotFather (/mybots). "
            + _NAME_IT
        ) from None  # its message holds the token
    except PtbError as error:
        raise TelegramError(f"Telegram cannot be reached ({type(error).__name__}). {_NAME_IT}") from error
