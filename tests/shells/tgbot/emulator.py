"""The shipped emulator of the Bot API, driven by tests: people who ask, see, press and tap."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from starlette.applications import Starlette

from bot.ports import Clock
from bot.shells.playground.telegram.errors import RefusedError, bad
from bot.shells.playground.telegram.faults import Fault
from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.records import Message, User
from bot.shells.playground.telegram.server import listen, routes, serving
from bot.shells.playground.telegram.texts import typed
from bot.shells.playground.telegram.world import Event, Telegram
from tests.shells.tgbot.markup import Part, parts_of

__all__ = ["TOKEN", "Emulator", "Fault", "Person", "RefusedError", "Shown", "bad"]

TOKEN = "123456:test-token-that-must-not-be-logged"  # noqa: S105 - it opens nothing
PATIENCE = 10.0
"""Seconds that a test waits for the bot before it fails."""
Json = dict[str, Any]


@dataclass
class Shown:
    """A message of the bot, as a person sees it."""

    id: int
    text: str
    parts: list[Part]
    rows: list[list[Json]]
    file: tuple[str, bytes] | None = None
    """The name and content of a document; the text is its caption then."""
    picture: bytes | None = None
    """The content of a photo; the text is its caption then."""
    reply_to: int | None = None

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]

    def texts(self, tag: str) -> list[str]:
        return [part.text for part in self.parts if part.tag == tag]

    def data(self, label: str) -> str:
        found = [b["callback_data"] for row in self.rows for b in row if b["text"] == label]
        assert found, f"no button {label!r} in {self.labels}"
        return str(found[0])


class Emulator:
    def __init__(self, token: str = TOKEN, now: Clock = lambda: datetime.now(UTC)) -> None:
        self.token = token
        self.base_url = ""
        self.world = Telegram(token, now)
        self.calls, self.violations, self.faults = self.world.calls, self.world.violations, self.world.faults
        self._people: dict[int, Person] = {}
        self._open = AsyncExitStack()
        self.world.listeners.append(self._tell)

    async def __aenter__(self) -> Emulator:
        url = await self._open.enter_async_context(serving(Starlette(routes=routes(self.world)), listen()))
        self._open.push_async_callback(self.world.close)
        self.base_url = f"{url}/bot"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        await self._open.aclose()
        if kind is None:
            assert self.violations == []
            assert self._previews() == []

    def person(self, chat_id: int = 1) -> Person:
        """Somebody in a private chat, or in a group (below zero) that lets the bot read everything."""
        if chat_id not in self._people:
            self._people[chat_id] = Person(self, chat_id)
        return self._people[chat_id]

    def called(self, method: str) -> list[Json]:
        return [parameters for name, parameters in self.calls if name == method]

    def push(self, kind: str, content: Json) -> None:
        self.world.updates.push(kind, content)

    def _tell(self, event: Event) -> None:
        person = self._people.get(event.chat_id)
        if person:
            person.hear(event)

    def _previews(self) -> list[str]:
        """Calls that would let a link show a preview, which this bot never wants."""
        return [
            name
            for name, parameters in self.calls
            if name in ("sendMessage", "editMessageText")
            and not (parameters.get("link_preview_options") or {}).get("is_disabled")
        ]


@dataclass
class Person:
    """Somebody in a private chat with the bot (or, below zero, in a group)."""

    emulator: Emulator
    chat_id: int
    answers: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    """Answers to pressed buttons."""
    _shown: asyncio.Queue[Shown] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        world = self.emulator.world
        user = User(abs(self.chat_id), "Ann")
        self.account = Account(world, user)
        self.chat = self.account.private if self.chat_id > 0 else world.group(self.chat_id, "Family", [user])
        self.chat.bot_is_admin = True

    @property
    def messages(self) -> dict[int, Message]:
        return self.chat.messages

    def send(self, text: str | None = None, kind: str = "message", **content: Any) -> None:
        """A message; of the kind edited_message, one that is not edited here but only told."""
        content |= {} if text is None else typed(text)
        more = {key: content.pop(key) for key in ("reply_to_message",) if key in content}
        if kind == "message" and not more:
            self.account.send(content, self.chat)
        else:
            self.emulator.push(kind, self.written(content) | more)

    def written(self, content: Json) -> Json:
        """A message of this person that the bot has not heard of."""
        return self.emulator.world.post(self.chat, self.account.user, content).to_json()

    async def ask(self, text: str | None = None, **content: Any) -> Shown:
        self.send(text, **content)
        return await self.sees()

    async def sees(self) -> Shown:
        """The next new or edited message."""
        return await asyncio.wait_for(self._shown.get(), PATIENCE)

    def tap(self, data: str, message_id: int) -> None:
        """Press a button, be it under a message that is gone or that never had one."""
        message = self.messages.get(message_id)
        if message and message.sender == self.emulator.world.bot:
            self.account.press(message, data)
        else:
            gone = Message(message_id, self.chat, self.emulator.world.bot, self.emulator.world.unix_time, {"text": "…"})
            self.account.tap(data, {"message": gone.to_json()}, self.chat_id)

    async def press(self, label: str, shown: Shown) -> Shown:
        self.tap(shown.data(label), shown.id)
        await self.answered()
        return await self.sees()

    async def answered(self) -> Json:
        """How the bot stopped the spinning of a pressed button."""
        return await asyncio.wait_for(self.answers.get(), PATIENCE)

    def sees_nothing_more(self) -> bool:
        return self._shown.empty()

    def hear(self, event: Event) -> None:
        world = self.emulator.world
        if event.kind == "answered":
            self.answers.put_nowait(event.content)
        elif event.kind in ("new", "edited") and event.message and event.message.sender == world.bot:
            self._shown.put_nowait(shown(world, event.message))


def shown(world: Telegram, message: Message) -> Shown:
    document, photo = message.content.get("document"), message.content.get("photo")
    return Shown(
        message.id,
        message.text,
        parts_of(message.text, message.entities),
        message.rows,
        (document["file_name"], world.files.get(document["file_id"]).data) if document else None,
        world.files.get(photo[-1]["file_id"]).data if photo else None,
        message.reply_to.id if message.reply_to else None,
    )
