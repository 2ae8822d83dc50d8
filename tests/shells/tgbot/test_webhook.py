from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest

from bot.errors import SettingsError
from bot.shells.pulse import ALIVE_FOR
from bot.shells.serving import serving
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.webhook import MOST_BYTES, PATH, SECRET_HEADER, Web, listen_at, secret_of

SECRET = secret_of("123:token")
UPDATE = {"update_id": 5, "message": {"text": "hello"}}


class Side:
    """The web side over loopback, and what it was given."""

    def __init__(self) -> None:
        self.health = Health(telegram=True)
        self.received: list[dict[str, Any]] = []
        self.batches: list[int] = []
        self.stores = self.is_ready = True
        self.gate = asyncio.Event()
        self.gate.set()

    async def receive(self, updates: Sequence[dict[str, Any]]) -> bool:
        self.batches.append(len(updates))
        await self.gate.wait()
        self.received += updates
        return self.stores

    async def ready(self) -> bool:
        return self.is_ready

    def client(self, *, webhook: bool = True) -> httpx.AsyncClient:
        web = Web(self.health, self.ready, self.receive if webhook else None, SECRET)
        return httpx.AsyncClient(transport=httpx.ASGITransport(web.app), base_url="http://bot")


@pytest.fixture
def side() -> Side:
    return Side()


@pytest.fixture
async def client(side: Side) -> AsyncIterator[httpx.AsyncClient]:
    async with side.client() as opened:
        yield opened


async def post(client: httpx.AsyncClient, update: object = UPDATE, secret: str = SECRET) -> int:
    return (await client.post(PATH, json=update, headers={SECRET_HEADER: secret})).status_code


async def test_an_update_with_the_secret_is_taken(side: Side, client: httpx.AsyncClient) -> None:
    assert await post(client) == 200
    assert side.received == [UPDATE]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "0", "ü"])
async def test_without_the_secret_nothing_is_taken(side: Side, client: httpx.AsyncClient, secret: str) -> None:
    found = await client.post(PATH, json=UPDATE, headers=[(SECRET_HEADER.encode(), secret.encode())])
    assert (found.status_code, side.received) == (401, [])


async def test_the_secret_fits_telegram_and_tells_nothing_of_the_token() -> None:
    assert len(SECRET) <= 256
    assert SECRET.isalnum()
    assert secret_of("123:other") != SECRET
    assert "token" not in SECRET


async def test_a_body_that_is_too_long_is_not_read_to_its_end(side: Side, client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10 * MOST_BYTES:
            sent += 100_000
            yield b"x" * 100_000

    found = await client.post(PATH, content=endless(), headers={SECRET_HEADER: SECRET})
    assert (found.status_code, side.received) == (413, [])
    assert sent <= MOST_BYTES + 200_000


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"update_id": "5"}', b"\xff"])
async def test_what_is_no_update_is_refused(side: Side, client: httpx.AsyncClient, body: bytes) -> None:
    found = await client.post(PATH, content=body, headers={SECRET_HEADER: SECRET})
    assert (found.status_code, side.received) == (400, [])


async def test_what_cannot_be_stored_telegram_must_send_again(side: Side, client: httpx.AsyncClient) -> None:
    side.stores = False
    assert await post(client) == 503


async def test_what_arrives_while_a_batch_is_stored_makes_the_next_batch(side: Side, client: httpx.AsyncClient) -> None:
    side.gate.clear()
    posts = [asyncio.create_task(post(client, {"update_id": number})) for number in range(30)]
    while not side.batches:  # noqa: ASYNC110 - the first one is on its way
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    side.gate.set()
    assert await asyncio.gather(*posts) == [200] * 30
    assert sorted(update["update_id"] for update in side.received) == list(range(30))
    assert len(side.batches) < 10


async def test_health_tells_what_is_wrong(side: Side, client: httpx.AsyncClient) -> None:
    good = await client.get("/healthz")
    assert (good.status_code, good.json()) == (
        200,
        {
            "telegram": True,
            "trouble": "",
            "matching": "by meaning",
            "reminders": {"alive": True, "trouble": "", "since_start": {}},
        },
    )
    side.health.lost_telegram("NetworkError")
    bad = await client.get("/healthz")
    assert (bad.status_code, bad.json()["trouble"]) == (503, "NetworkError")


async def test_a_dispatcher_that_no_longer_looks_is_told(side: Side, client: httpx.AsyncClient) -> None:
    side.health.pulse.looked_at = time.monotonic() - ALIVE_FOR - 1
    stuck = await client.get("/healthz")
    assert (stuck.status_code, stuck.json()["reminders"]["alive"]) == (503, False)


async def test_a_token_that_was_revoked_is_told(side: Side, client: httpx.AsyncClient) -> None:
    side.health.pulse.trouble, side.health.pulse.is_refused = "Telegram does not accept the token", True
    found = await client.get("/healthz")
    assert (found.status_code, found.json()["reminders"]["trouble"]) == (503, "Telegram does not accept the token")


async def test_the_bot_is_ready_when_database_and_telegram_are(side: Side, client: httpx.AsyncClient) -> None:
    assert (await client.get("/readyz")).status_code == 200
    side.is_ready = False
    assert (await client.get("/readyz")).status_code == 503
    side.is_ready, side.health.telegram = True, None
    assert (await client.get("/readyz")).status_code == 503


async def test_while_polling_there_are_the_two_pages_only(side: Side) -> None:
    async with side.client(webhook=False) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert await post(client) == 404


async def test_it_is_served_over_the_network_until_told_otherwise(side: Side) -> None:
    web = Web(side.health, side.ready, side.receive, SECRET)
    async with serving(web.app, listen_at("127.0.0.1:0")) as address, httpx.AsyncClient() as client:
        found = await client.post(address + PATH, content=json.dumps(UPDATE), headers={SECRET_HEADER: SECRET})
        assert found.status_code == 200
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(address)


def test_a_port_that_another_program_has_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"OSTEON_LISTEN is 127.0.0.1:{port}, which cannot be listened on"):
            listen_at(f"127.0.0.1:{port}")
