"""Faults on demand, and updates that are brought to the bot."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.shells.playground.telegram.errors import RefusedError, blocked, migrated, too_many
from bot.shells.playground.telegram.faults import Broken, Delay, Fault
from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.webhook import SECRET_HEADER
from bot.shells.serving import listen, serving
from tests.shells.playground.telegram.conftest import TOKEN, Bot


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (too_many(3), {"error_code": 429, "parameters": {"retry_after": 3}}),
        (migrated(-1005), {"error_code": 400, "parameters": {"migrate_to_chat_id": -1005}}),
        (blocked(), {"error_code": 403}),
        (RefusedError(500, "Internal Server Error"), {"error_code": 500}),
    ],
)
async def test_a_fault_meets_one_call(bot: Bot, error: RefusedError, told: dict[str, Any]) -> None:
    bot.telegram.faults.append(Fault("sendMessage", error, chat_id=1))
    answer = await bot.client.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": 1, "text": "hello"})
    assert told.items() <= answer.json().items()
    assert (await bot.say("hello"))["text"] == "hello"


@pytest.mark.parametrize(("fault", "messages"), [(Broken.RESET, 0), (Broken.RESET_AFTER, 1)])
async def test_a_connection_that_ends_leaves_open_whether_anything_was_done(
    bot: Bot, ann: Account, fault: Broken, messages: int
) -> None:
    bot.telegram.faults.append(Fault("*", fault))
    with pytest.raises(httpx.TransportError):
        await bot.say("hello")
    assert len(ann.private.messages) == messages


@pytest.mark.usefixtures("ann")
async def test_an_answer_may_be_a_page_or_nothing_that_can_be_read(bot: Bot) -> None:
    bot.telegram.faults += [Fault("getMe", Broken.BAD_GATEWAY), Fault("getMe", Broken.GARBAGE)]
    page = await bot.client.post(f"/bot{TOKEN}/getMe")
    assert (page.status_code, page.text[:6]) == (502, "<html>")
    with pytest.raises(ValueError, match="Unterminated string"):
        await bot.call("getMe")
    assert (await bot.call("getMe"))["username"] == "osteon_bot"


async def test_a_call_can_be_held_up(bot: Bot, ann: Account, bob: Account) -> None:
    released = asyncio.Event()
    bot.telegram.faults.append(Fault("sendMessage", Delay(released.wait), chat_id=1))
    held = asyncio.create_task(bot.say("late"))
    assert (await bot.call("sendMessage", chat_id=2, text="early"))["text"] == "early"
    assert not ann.private.messages
    released.set()
    await held
    assert [message.id for chat in (bob, ann) for message in chat.private.messages.values()] == [1, 2]


async def test_a_webhook_is_brought_each_update_until_it_takes_it(bot: Bot, ann: Account) -> None:
    brought: list[tuple[str, str | None]] = []
    taken = asyncio.Event()

    async def take(request: Request) -> Response:
        update = await request.json()
        brought.append((update["message"]["text"], request.headers.get(SECRET_HEADER)))
        if len(brought) == 3:
            taken.set()
        return Response(status_code=500 if len(brought) == 1 else 200)

    bot.telegram.webhook.first_pause = 0.01
    async with serving(Starlette(routes=[Route("/hook", take, methods=["POST"])]), listen()) as url:
        assert await bot.call("setWebhook", url=f"{url}/hook", secret_token="secret") is True  # noqa: S106
        ann.say("one")
        ann.say("two")
        await asyncio.wait_for(taken.wait(), 10)
        assert brought == [("one", "secret"), ("one", "secret"), ("two", "secret")]
        assert "webhook is active" in await bot.call("getUpdates")
        info = await bot.call("getWebhookInfo")
        assert (info["url"], info["last_error_message"][:14]) == (f"{url}/hook", "Wrong response")
        assert await bot.call("deleteWebhook") is True
    assert (await bot.call("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    "parameters",
    [
        {"url": "http://example.org/hook"},
        {"url": "https://a/", "secret_token": "é"},
        {"url": "https://a/", "max_connections": 0},
    ],
)
async def test_a_webhook_that_telegram_refuses_is_refused(bot: Bot, parameters: dict[str, Any]) -> None:
    assert "bad webhook" in await bot.call("setWebhook", **parameters)
