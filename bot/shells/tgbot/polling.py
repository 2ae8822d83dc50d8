"""Asks Telegram for updates, and tells it that we have them only when the inbox has stored them.

PTB's own loop confirms what it has merely fetched: a process that is killed loses most of a full queue.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.shells.tgbot.batches import Receive
from bot.shells.tgbot.client import Client
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.limiter import seconds_of

_log = logging.getLogger(__name__)

LONG_POLL = timedelta(seconds=25)
"""For so long Telegram holds a question for updates when there are none."""
READ_TIMEOUT = timedelta(seconds=10)
"""So long beyond it the connection is taken to be dead."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before Telegram is asked again after a failure; each further pause is twice as long."""
CONFLICT_PAUSE = 30.0
"""Seconds for which another program has the updates to itself. It would be ended by our next question."""


class Poller:
    def __init__(self, client: Client, receive: Receive, allowed: Sequence[str], health: Health) -> None:
        self._client = client
        self._receive = receive
        self._allowed = list(allowed)
        self._health = health
        self._offset = 0
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """Until cancelled. Raises InvalidToken when Telegram no longer knows the token."""
        await patiently(self._client.delete_webhook)  # else Telegram refuses to be asked
        while True:
            try:
                # The first question after a silence wants an answer at once: it tells whether Telegram is there.
                wait = LONG_POLL if self._health.telegram else timedelta(0)
                updates = await self._client.raw_updates(self._offset, wait, READ_TIMEOUT, self._allowed)
            except InvalidToken:
                raise
            except TelegramError as error:
                await self._wait(error)
                continue
            self._recovered()
            if updates and not await self._receive(updates):
                await asyncio.sleep(self._longer_pause())
            elif updates:
                self._offset = updates[-1]["update_id"] + 1

    async def _wait(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            _log.error(
                "another program is asking Telegram for this bot's updates; stop one of the two. "
                "This one leaves them to the other and looks again in %.0f s",
                CONFLICT_PAUSE,
            )
            self._health.lost_telegram("another program has the updates")
            await asyncio.sleep(CONFLICT_PAUSE)
            return
        pause = seconds_of(error) if isinstance(error, RetryAfter) else self._longer_pause()
        if self._health.telegram is not False:
            _log.warning("Telegram cannot be reached (%s); trying again until it can", type(error).__name__)
        self._health.lost_telegram(type(error).__name__)
        await asyncio.sleep(pause)

    def _recovered(self) -> None:
        if self._health.telegram is False:
            _log.info("Telegram can be reached again")
        self._health.found_telegram()
        self._pause = FIRST_PAUSE

    def _longer_pause(self) -> float:
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        return pause


async def patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Make the call until it succeeds. Raises InvalidToken and BadRequest, since waiting does not mend them."""
    pause = FIRST_PAUSE
    while True:
        try:
            await call()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            _log.warning("Telegram cannot be reached (%s); trying again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return
