"""The bot as a running service: updates come in by polling or by webhook, and go through the inbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any, Protocol

from telegram.error import BadRequest, InvalidToken

from bot.dialogue.knowledge import Knowledge
from bot.errors import StorageError, TelegramError
from bot.ports import Clock, Storage
from bot.reminders.knowledge import ReminderKnowledge
from bot.shells.serving import serving
from bot.shells.signals import stop_on_signals
from bot.shells.tgbot.app import Bot, Settings, build_application, build_client, set_commands, token_of
from bot.shells.tgbot.client import Client
from bot.shells.tgbot.features import Feature
from bot.shells.tgbot.groups import Groups
from bot.shells.tgbot.handlers import ALLOWED_UPDATES
from bot.shells.tgbot.health import Health
from bot.shells.tgbot.inbox import Inbox
from bot.shells.tgbot.letters import Letters
from bot.shells.tgbot.logs import set_up_logs
from bot.shells.tgbot.opinions import Opinions
from bot.shells.tgbot.own_data import OwnData
from bot.shells.tgbot.pictures import Pictures
from bot.shells.tgbot.polling import Poller, patiently
from bot.shells.tgbot.pressed import Buttons
from bot.shells.tgbot.reminder_parts import build_reminders
from bot.shells.tgbot.sending import Sending
from bot.shells.tgbot.traffic import Traffic
from bot.shells.tgbot.visit import Visit
from bot.shells.tgbot.webhook import PATH, Web, listen_at, secret_of
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

DEFAULT_LISTEN = "127.0.0.1:8080"
"""Where updates by webhook are taken, unless OSTEON_LISTEN says otherwise; a web server with TLS stands before it."""


class Core(Protocol):
    """What bootstrap builds."""

    @property
    def knowledge(self) -> Knowledge: ...
    @property
    def reminders(self) -> ReminderKnowledge: ...
    @property
    def warning(self) -> str | None: ...


def run_bot(settings: Settings, core: Core, storage: AbstractAsyncContextManager[Storage], now: Clock) -> None:
    """Talk on Telegram until told to stop by SIGINT or SIGTERM.

    Raises TelegramError if Telegram does not accept the token, StorageError if the database cannot be used, and
    SettingsError if the port cannot be listened on.
    """
    set_up_logs(settings.osteon_log_level, token_of(settings))
    if core.warning:
        _log.warning("%s", core.warning)
    asyncio.run(_until_signal(settings, core, storage, now))


async def _until_signal(
    settings: Settings, core: Core, storage: AbstractAsyncContextManager[Storage], now: Clock
) -> None:
    stop = stop_on_signals()
    async with storage as opened:
        conversations = Conversations(core.knowledge, opened.chats)
        try:
            health = Health(warning=core.warning)
            await talk(settings, conversations, core.reminders, opened, now=now, stop=stop, health=health)
        finally:
            conversations.close()


async def talk(
    settings: Settings,
    conversations: Conversations,
    reminders: ReminderKnowledge,
    storage: Storage,
    *,
    now: Clock,
    stop: asyncio.Event,
    health: Health,
) -> None:
    """Talk until `stop` is set; then end what has begun. Raises as `run_bot` does."""
    know = conversations.know
    visit, pictures = Visit(know, storage.visits), Pictures(know, storage.pictures)
    parts = build_reminders(reminders, conversations, storage)
    opinions: tuple[Feature, ...] = (Opinions(know, storage.votes), Letters(know, storage.letters))
    features = (*opinions, visit, pictures, *parts.features)
    buttons = Buttons(conversations, OwnData(conversations), parts.just_sent, features)
    traffic = Traffic()
    client = build_client(settings, Groups(conversations).moved, traffic)
    application = build_application(client, conversations, storage, buttons, visit, pictures, parts)
    inbox = Inbox(application, conversations, storage.inbox, buttons.at_once, now, parts.reminders.is_wish)
    sending = Sending(
        client, traffic, conversations.know.article, reminders, storage.reminders, parts.just_sent, health.pulse
    )
    service = _Service(settings, client, application, inbox, sending, storage, health)
    try:
        await _until(stop, service.run())
    except (InvalidToken, BadRequest) as error:
        raise TelegramError(_refusal(error)) from None  # its message may hold the token
    finally:
        await sending.stop()
        await inbox.stop()
        await application.shutdown()


class _Service:
    def __init__(
        self,
        settings: Settings,
        client: Client,
        application: Bot,
        inbox: Inbox,
        sending: Sending,
        storage: Storage,
        health: Health,
    ) -> None:
        self._settings = settings
        self._client = client
        self._application = application
        self._inbox = inbox
        self._sending = sending
        self._storage = storage
        self._health = health

    async def run(self) -> None:
        """Until cancelled."""
        client, settings = self._client, self._settings
        await patiently(self._application.initialize)
        await set_commands(self._application)
        await self._inbox.resume()
        await self._sending.start()
        async with AsyncExitStack() as opened:
            if settings.osteon_webhook_url or settings.osteon_listen:
                await opened.enter_async_context(self._web())
            if settings.osteon_webhook_url:
                url, secret = settings.osteon_webhook_url.rstrip("/") + PATH, secret_of(token_of(settings))
                await patiently(lambda: client.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES))
                self._health.found_telegram()
                await asyncio.Event().wait()
            await Poller(client, self._inbox.receive, ALLOWED_UPDATES, self._health).run()

    def _web(self) -> AbstractAsyncContextManager[str]:
        receive = self._inbox.receive if self._settings.osteon_webhook_url else None
        web = Web(self._health, self._is_ready, receive, secret_of(token_of(self._settings)))
        return serving(web.app, listen_at(self._settings.osteon_listen or DEFAULT_LISTEN))

    async def _is_ready(self) -> bool:
        try:
            await self._storage.chats.load(0)
        except StorageError:
            return False
        return True


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends or `stop` is set. Raises what the work raises."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _refusal(error: InvalidToken | BadRequest) -> str:
    if isinstance(error, InvalidToken):
        return "Telegram does not accept the token in TELEGRAM_BOT_TOKEN; copy it anew from BotFather (/mybots)."
    return f"Telegram does not accept OSTEON_WEBHOOK_URL ({error.message}). See .env.example."
