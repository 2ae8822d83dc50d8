"""The bot's own name."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError, TelegramError
from bot.settings import Settings
from bot.shells.tgbot.username import username_of
from tests.shells.tgbot.conftest import settings_for
from tests.shells.tgbot.emulator import TOKEN, Emulator


async def test_telegram_tells_it(telegram: Emulator) -> None:
    assert await asyncio.to_thread(username_of, settings_for(telegram)) == "osteon_bot"


async def test_a_wrong_token_is_told_without_showing_it() -> None:
    async with Emulator(token=TOKEN[::-1]) as telegram:
        settings = settings_for(telegram).model_copy(update={"telegram_bot_token": SecretStr(TOKEN)})
        with pytest.raises(TelegramError, match="does not accept the token") as error:
            await asyncio.to_thread(username_of, settings)
    assert TOKEN not in str(error.value)
    assert "--username" in str(error.value)


def test_without_a_token_or_a_network_the_name_can_be_given() -> None:
    nothing = Settings(_env_file=None, telegram_bot_token=None, telegram_bot_token_file=None)  # type: ignore[call-arg]
    with pytest.raises(SettingsError, match="--username"):
        username_of(nothing)
    lost = nothing.model_copy(
        update={
            "telegram_bot_token": SecretStr(TOKEN),
            "telegram_api_base_url": "http://127.0.0.1:1/bot",
        }
    )
    with pytest.raises(TelegramError, match=r"cannot be reached \(NetworkError\).*--username"):
        username_of(lost)
