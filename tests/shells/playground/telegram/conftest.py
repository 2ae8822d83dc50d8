from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.records import User
from bot.shells.playground.telegram.server import routes
from bot.shells.playground.telegram.world import Telegram
from bot.shells.serving import listen, serving
from tests.still_clock import StillClock

TOKEN = "123456:a-token"  # noqa: S105 - it opens nothing
Json = dict[str, Any]


@dataclass
class Bot:
    """What a bot sees of the emulator: bare HTTP."""

    client: httpx.AsyncClient
    telegram: Telegram
    clock: StillClock

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result, or the description of the refusal."""
        body = (await self.client.post(f"/bot{TOKEN}/{method}", json=parameters)).json()
        return body["result"] if body["ok"] else f"{body['error_code']} {body['description']}"

    async def say(self, text: str, **parameters: Any) -> Any:
        return await self.call("sendMessage", chat_id=1, text=text, parse_mode="HTML", **parameters)

    async def updates(self, **parameters: Any) -> list[Json]:
        found: list[Json] = await self.call("getUpdates", **parameters)
        return found

    def pass_time(self, length: timedelta) -> None:
        self.clock.at += length


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    clock = StillClock(datetime(2026, 1, 5, tzinfo=UTC))
    telegram = Telegram(TOKEN, clock)
    async with (
        serving(Starlette(routes=routes(telegram)), listen()) as url,
        httpx.AsyncClient(base_url=url, trust_env=False, timeout=10) as client,
    ):
        yield Bot(client, telegram, clock)
        await telegram.close()


@pytest.fixture
def ann(bot: Bot) -> Account:
    return Account(bot.telegram, User(1, "Ann"))


@pytest.fixture
def bob(bot: Bot) -> Account:
    return Account(bot.telegram, User(2, "Bob"))


def png(width: int, height: int) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (width, height), "teal").save(kept, "PNG")
    return kept.getvalue()
