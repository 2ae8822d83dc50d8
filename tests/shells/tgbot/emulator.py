"""The shipped emulator of the Bot API, driven by tests: people who ask, see, press and tap."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
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
from bot.shells.playground.telegram.records import Chat, Message, User
from bot.shells.playground.telegram.server import routes
from bot.shells.playground.telegram.texts import typed
from bot.shells.playground.telegram.world import Event, Telegram
from bot.shells.serving import listen, serving
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
        self.administrators: set[int] = set()
        """People who administrate every group."""
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
        if event.kind == "inline":
            for person in self._people.values():
                person.take_offer(event.content)
        elif event.chat_id in self._people:
            self._people[event.chat_id].hear(event)

    def _previews(self) -> list[str]:
        """Calls that would let a link show a preview, which this bot never wants."""
        return [
            name
            for name, parameters in self.calls
            if name in ("sendMessage", "editMessageText")
            and not (parameters.get("link_preview_options") or {}).get("is_disabled")
        ]


class OurMessages(MutableMapping[int, Shown]):
    """The bot's messages in a chat. One that is deleted here is gone for everybody."""

    def __init__(self, world: Telegram, chat: Chat) -> None:
        self._world, self._chat = world, chat

    def __iter__(self) -> Iterator[int]:
        return (id_ for id_, message in self._chat.messages.items() if message.sender == self._world.bot)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, message_id: int) -> Shown:
        return shown(self._world, self._chat.messages[message_id])

    def __delitem__(self, message_id: int) -> None:
        del self._chat.messages[message_id]

    def __setitem__(self, message_id: int, value: Shown) -> None:
        raise TypeError("only the bot puts messages there")


@dataclass
class Person:
    """Somebody in a private chat with the bot (or, below zero, in a group)."""

    emulator: Emulator
    chat_id: int
    answers: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    """Answers to pressed buttons."""
    typing: list[str] = field(default_factory=list)
    """Inline queries that wait for an answer."""
    offers: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    """Answers to inline queries."""
    _shown: asyncio.Queue[Shown] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        world = self.emulator.world
        user = User(abs(self.chat_id), "Ann")
        self.account = Account(world, user)
        self.chat = self.account.private if self.chat_id > 0 else world.group(self.chat_id, "Family", [user])
        self.chat.bot_is_admin, self.chat.administrators = True, self.emulator.administrators

    @property
    def messages(self) -> OurMessages:
        return OurMessages(self.emulator.world, self.chat)

    def send(self, text: str | None = None, kind: str = "message", **content: Any) -> int:
        """A message, or an update of another kind that looks like one; the message's number."""
        message = self.written(text, **content)
        self.emulator.push(kind, message)
        return int(message["message_id"])

    def written(self, text: str | None = None, **content: Any) -> Json:
        """A message that the bot has not heard of."""
        content = ({} if text is None else typed(text)) | content
        return self.emulator.world.post(self.chat, self.account.user, content).to_json()

    async def edit(self, message_id: int, text: str) -> Shown:
        if message_id in self.chat.messages:
            self.account.edit(self.chat.messages[message_id], text)
        else:  # written before the bot was there
            edited_at = self.emulator.world.unix_time
            self.send(text, kind="edited_message", message_id=message_id, edit_date=edited_at)
        return await self.sees()

    async def inline(self, text: str, offset: str = "") -> Json:
        """What is offered while the person types this behind the bot's name."""
        self.send_inline(text, offset)
        return await asyncio.wait_for(self.offers.get(), PATIENCE)

    def send_inline(self, text: str, offset: str = "") -> None:
        self.typing.append(self.account.look_up(text, offset).id)

    async def ask(self, text: str | None = None, **content: Any) -> Shown:
        self.send(text, **content)
        return await self.sees()

    async def sees(self) -> Shown:
        """The next new or edited message."""
        return await asyncio.wait_for(self._shown.get(), PATIENCE)

    def tap(self, data: str, message_id: int) -> None:
        """Press a button, be it under a message that is gone or that never had one."""
        if message_id in self.messages:
            self.account.press(self.chat.messages[message_id], data)
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

    def take_offer(self, answer: Json) -> None:
        if answer["inline_query_id"] in self.typing:
            self.typing.remove(answer["inline_query_id"])
            self.offers.put_nowait({key: value for key, value in answer.items() if value != ""})

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
