"""The updates that wait for the bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from bot.shells.playground.telegram.errors import RefusedError
from bot.shells.playground.telegram.records import Json

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True)
class Update:
    id: int
    kind: str
    body: str
    """As JSON: what the message was like then, whatever becomes of it."""
    lane: int
    """The chat, or the person, within which updates come in order."""

    def to_json(self) -> Json:
        read: Callable[[str], Any] = json.loads
        return {"update_id": self.id, self.kind: read(self.body)}


class Updates:
    def __init__(self) -> None:
        self.allowed: Collection[str] | None = None
        """The kinds that the bot asked for; they are remembered."""
        self.webhook_active = False
        self._waiting: list[Update] = []
        self._last_id = 0
        self._arrived = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def waiting(self) -> list[Update]:
        return list(self._waiting)

    @property
    def polled(self) -> bool:
        """Whether the bot is asking at this moment."""
        return self._poll is not None

    def push(self, kind: str, content: Json) -> Update | None:
        """Queue an update, unless it is of a kind that the bot does not ask for."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        self._last_id += 1
        update = Update(self._last_id, kind, json.dumps(content, ensure_ascii=False), _lane(content))
        self.repeat(update)
        return update

    def repeat(self, update: Update) -> None:
        """Queue an update, perhaps one that was handed over before: Telegram promises it once at least."""
        self._waiting.append(update)
        self._arrived.set()

    def allow(self, kinds: Collection[str] | None) -> None:
        if kinds is not None:
            self.allowed = kinds or None

    def drop(self) -> None:
        self._waiting.clear()

    def confirm(self, update: Update) -> None:
        self._waiting.remove(update)

    def arrival(self) -> asyncio.Task[bool]:
        """Done when another update comes than those that are waiting now."""
        self._arrived.clear()
        return asyncio.create_task(self._arrived.wait())

    async def poll(self, offset: int = 0, limit: int = 100, timeout: float = 0) -> list[Json]:  # noqa: ASYNC109 - the Bot API's word
        """Forget what the offset confirms, and wait for what comes; an older poll ends with a conflict."""
        if self.webhook_active:
            raise RefusedError(409, WEBHOOK_ACTIVE)
        self.end_poll(RefusedError(409, CONFLICT))
        if offset < 0:
            self._waiting = self._waiting[offset:]
        else:
            self._waiting = [update for update in self._waiting if update.id >= offset]
        if not self._waiting and timeout:
            await self._wait(timeout)
        return [update.to_json() for update in self._waiting[:limit]]

    def end_poll(self, error: RefusedError) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(error)
        self._poll = None

    async def _wait(self, seconds: float) -> None:
        ended = self._poll = asyncio.get_running_loop().create_future()
        arrived = self.arrival()
        try:
            await asyncio.wait({ended, arrived}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                ended.result()
        finally:
            arrived.cancel()
            if self._poll is ended:
                self._poll = None


def _lane(content: Json) -> int:
    where = content.get("chat") or content.get("message", {}).get("chat") or content.get("from")
    return int(where.get("id", 0)) if isinstance(where, dict) else 0
