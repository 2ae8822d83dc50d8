"""PTB's client for the Bot API, which also hands over updates as Telegram wrote them.

PTB's own `get_updates` reads a whole batch or fails: one update that it cannot read would keep all others from coming.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram.ext import ExtBot

from bot.shells.tgbot.limiter import Once


class Client(ExtBot[Once]):
    async def raw_updates(self, offset: int, wait: timedelta, patience: timedelta, allowed: Sequence[str]) -> Any:
        """Updates from `offset` on, in Telegram's JSON. Telegram waits so long for the first one before it says none.

        `patience` is what the way to Telegram may take beyond that.
        """
        asked = {"offset": offset, "timeout": int(wait.total_seconds()), "allowed_updates": list(allowed)}
        return await self._post("getUpdates", asked, read_timeout=(wait + patience).total_seconds())
