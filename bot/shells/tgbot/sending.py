"""Reminders that the bot sends by itself, beside the answers that it gives."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from bot.corpus.models import Article
from bot.ports.reminders import Outgoing, ReminderStore
from bot.reminders.knowledge import ReminderKnowledge
from bot.reminders.plans import under_new_rules
from bot.reminders.selection import Selection
from bot.shells.dispatcher import Dispatcher
from bot.shells.pulse import Pulse
from bot.shells.tgbot.client import Client
from bot.shells.tgbot.just_sent import JustSent
from bot.shells.tgbot.reminder_sender import ReminderSender
from bot.shells.tgbot.traffic import Traffic
from bot.shells.zonedata import zone_data_version

_log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that a stop waits for reminders on their way; no request takes longer."""


class Sending:
    def __init__(
        self,
        client: Client,
        traffic: Traffic,
        article: Article,
        reminders: ReminderKnowledge,
        store: ReminderStore,
        just_sent: JustSent,
        pulse: Pulse,
    ) -> None:
        self._traffic = traffic
        self._store = store
        self._just_sent = just_sent
        selection = Selection(reminders.themes, article)
        sender = ReminderSender(client, traffic)
        self._dispatcher = Dispatcher(store, sender, selection, pulse, on_sent=self._on_sent)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Go on where an earlier process has ended. Raises StorageError."""
        rate = await self._store.reserve(0, timedelta(0))
        if rate.held_until:  # Telegram's wish outlives us
            self._traffic.hold((rate.held_until - self._store.now()).total_seconds())
        version = zone_data_version()
        moved = await self._store.replan(version, under_new_rules)
        if moved:
            _log.warning("zone data %s: %d reminders are due at another instant than before", version, moved)
        self._running = asyncio.create_task(self._dispatcher.run())

    async def stop(self) -> None:
        """End what is on its way, and give the rest back."""
        if self._running is None:
            return
        self._dispatcher.stop()
        await asyncio.wait({self._running}, timeout=PATIENCE)
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    def _on_sent(self, outgoing: Outgoing) -> None:
        if outgoing.message:
            self._just_sent.note(outgoing.subscription.chat_id, outgoing.message.why)
