"""The web side: Telegram's updates by webhook, and two pages that tell how the bot is.

POST /telegram   an update; only with the secret that Telegram was given. 200 means that it is stored
GET  /healthz    200 while the process does its work, with what it knows of itself; 503 when it cannot reach Telegram
                or sends no reminders any more
GET  /readyz     200 when database and Telegram can be used, else 503
"""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import SettingsError
from bot.shells.serving import listen
from bot.shells.tgbot.batches import Batches, Receive
from bot.shells.tgbot.health import Health

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1_000_000
"""Of one update. Telegram's are far smaller; whoever sends more is not Telegram."""

IsReady = Callable[[], Awaitable[bool]]


def secret_of(token: str) -> str:
    """What Telegram shows us with each update. It follows from the token, so there is nothing more to keep secret."""
    return hmac.new(token.encode(), b"osteon webhook", hashlib.sha256).hexdigest()


class Web:
    """The ASGI app."""

    def __init__(self, health: Health, is_ready: IsReady, receive: Receive | None, secret: str) -> None:
        """Without `receive`, when updates come by polling, it has the two pages only."""
        self._health = health
        self._is_ready = is_ready
        self._batches = Batches(receive) if receive else None
        self._secret = secret.encode()
        pages = [Route("/healthz", self._healthz), Route("/readyz", self._readyz)]
        self.app = Starlette(routes=[*pages, Route(PATH, self._take, methods=["POST"])] if receive else pages)

    async def _take(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return Response(status_code=401)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        update = _parsed(body)
        if update is None or self._batches is None:
            return Response(status_code=400)
        self._health.found_telegram()
        # Told that we failed, Telegram sends it again; what is known already is not answered twice.
        return Response(status_code=200 if await self._batches.receive(update) else 503)

    async def _healthz(self, _: Request) -> Response:
        health, pulse = self._health, self._health.pulse
        is_alive = pulse.is_alive(time.monotonic())
        is_well = health.telegram is not False and is_alive and not pulse.is_refused
        told = {"telegram": health.telegram, "trouble": health.trouble, "matching": health.warning or "by meaning"}
        reminders = {"alive": is_alive, "trouble": pulse.trouble, "since_start": pulse.counts}
        return JSONResponse(told | {"reminders": reminders}, status_code=200 if is_well else 503)

    async def _readyz(self, _: Request) -> Response:
        ready = bool(self._health.telegram) and await self._is_ready()
        return JSONResponse({"ready": ready}, status_code=200 if ready else 503)


def listen_at(address: str) -> socket.socket:
    """A socket at `host:port`. Raises SettingsError if it cannot be had."""
    host, _, port = address.rpartition(":")
    try:
        return listen(int(port), host)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise SettingsError(
            f"OSTEON_LISTEN is {address}, which cannot be listened on ({reason}). See .env.example."
        ) from error


def _parsed(body: bytes) -> dict[str, Any] | None:
    """None for what is no update."""
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None


async def _body(request: Request) -> bytes | None:
    """None if it is too long; the rest of it is not read then."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
