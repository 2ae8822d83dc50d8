"""Updates brought to the bot's own address instead of being asked for.

Updates of one chat come in order, chats side by side. What the bot does not take comes again, after a pause that
doubles.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.records import Json
from bot.shells.playground.telegram.updates import Update, Updates

LONGEST_PAUSE = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True)
class Address:
    url: str
    secret: str | None = None
    most_at_once: int = 40


class Webhook:
    def __init__(self, updates: Updates) -> None:
        self.first_pause = 1.0
        """Seconds."""
        self.last_error = ""
        self._updates = updates
        self._address: Address | None = None
        self._delivery: asyncio.Task[None] | None = None

    async def set(self, address: Address) -> None:
        await self.delete()
        self._address = address
        self._updates.webhook_active = True
        self._delivery = asyncio.create_task(self._deliver(address))

    async def delete(self) -> None:
        self._updates.webhook_active = False
        self._address, self.last_error = None, ""
        if self._delivery:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
            self._delivery = None

    def describe(self) -> Json:
        """What getWebhookInfo answers."""
        told: Json = {
            "url": self._address.url if self._address else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self._address:
            told["max_connections"] = self._address.most_at_once
        if self.last_error:
            told |= {"last_error_message": self.last_error, "last_error_date": 1}
        if self._updates.allowed is not None:
            told["allowed_updates"] = list(self._updates.allowed)
        return told

    async def _deliver(self, address: Address) -> None:
        under_way: dict[int, asyncio.Task[None]] = {}
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client, asyncio.TaskGroup() as group:
            while True:
                arrived = self._updates.arrival()
                under_way = {lane: task for lane, task in under_way.items() if not task.done()}
                for update in self._updates.waiting:
                    if update.lane not in under_way and len(under_way) < address.most_at_once:
                        under_way[update.lane] = group.create_task(self._bring(client, address, update))
                await asyncio.wait({arrived, *under_way.values()}, return_when=asyncio.FIRST_COMPLETED)
                arrived.cancel()

    async def _bring(self, client: httpx.AsyncClient, address: Address, update: Update) -> None:
        pause = self.first_pause
        headers = {SECRET_HEADER: address.secret} if address.secret else {}
        while True:
            try:
                answer = await client.post(address.url, json=update.to_json(), headers=headers)
            except httpx.HTTPError as error:
                self.last_error = f"Connection failed ({type(error).__name__})"
            else:
                if answer.is_success:
                    self._updates.confirm(update)
                    return
                self.last_error = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def read_address(parameters: Json) -> Address:
    """As setWebhook names it. Telegram takes https only, and http here on loopback."""
    parts = urlsplit(parameters["url"])
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if parts.scheme != "https" and not local:
        raise mistake("bad webhook: An HTTPS URL must be provided for webhook")
    secret = parameters.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise mistake("bad webhook: secret token contains unallowed characters")
    most = parameters.get("max_connections", 40)
    if not 1 <= most <= 100:
        raise mistake(f"bad webhook: max_connections is {most}")
    return Address(parameters["url"], secret, most)
