"""Telegram's side of everything: who there is, what was said, what the bot asked for, and what it did wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from bot.ports import Clock
from bot.shells.playground.telegram.errors import RefusedError, bad, blocked, migrated
from bot.shells.playground.telegram.faults import Fault
from bot.shells.playground.telegram.files import Files
from bot.shells.playground.telegram.records import Chat, Json, Message, User
from bot.shells.playground.telegram.updates import Updates
from bot.shells.playground.telegram.webhook import Webhook

BOT_ID = 123456
BOT_USERNAME = "osteon_bot"


@dataclass(frozen=True)
class Event:
    """Something that people see, as it happens.

    `new`, `edited`, `deleted` (a message), `typing`, `answered` (a pressed button), `inline` (an answer to what was
    typed behind the bot's name), `menu` (the bot's commands), `clock`.
    """

    kind: str
    chat_id: int = 0
    message: Message | None = None
    content: Json = field(default_factory=dict)
    """What the bot said, for events about no message."""


@dataclass
class Query:
    """A pressed button, or words typed behind the bot's name, until the bot answers or Telegram gives up."""

    id: str
    sender: User
    chat_id: int = 0
    text: str = ""
    results: dict[str, Json] = field(default_factory=dict)
    """What the bot offered, by result id, as the messages that they would be."""
    is_open: bool = True

    def close(self) -> None:
        """Raises RefusedError if it is answered already, or too old."""
        if not self.is_open:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.is_open = False


@dataclass
class Telegram:
    token: str
    now: Clock
    updates: Updates = field(default_factory=Updates)
    files: Files = field(default_factory=Files)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """By scope (as JSON) and language."""
    descriptions: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    """Methods and parameters, but for getUpdates."""
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    _ids: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.bot = User(BOT_ID, "Osteon", BOT_USERNAME, is_bot=True)
        self.webhook = Webhook(self.updates)

    async def close(self) -> None:
        """End what waits for the bot or brings it updates."""
        self.updates.end_poll(RefusedError(502, "Bad Gateway"))
        await self.webhook.delete()

    @property
    def unix_time(self) -> int:
        return int(self.now().timestamp())

    def next_id(self) -> int:
        return next(self._ids)

    def tell(self, event: Event) -> None:
        for listener in list(self.listeners):
            listener(event)

    def private_chat(self, user: User) -> Chat:
        return self.chats.setdefault(user.id, Chat(user.id, members=[user]))

    def group(self, chat_id: int, title: str, members: list[User]) -> Chat:
        return self.chats.setdefault(chat_id, Chat(chat_id, title, members))

    def writable(self, chat_id: object) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to:
            raise migrated(chat.migrated_to)
        if chat.blocked:
            raise blocked() if chat.is_private else RefusedError(403, "Forbidden: bot was kicked from the group chat")
        return chat

    def post(self, chat: Chat, sender: User, content: Json, **more: object) -> Message:
        """Put a message into a chat, where people see it. Whether the bot hears of it is another matter."""
        message = Message(self.next_id(), chat, sender, self.unix_time, content)
        message = replace(message, **more)  # type: ignore[arg-type]
        chat.messages[message.id] = message
        self.tell(Event("new", chat.id, message))
        return message

    def edit(self, message: Message, content: Json, markup: Json | None) -> None:
        message.content, message.markup, message.edited_at = content, markup, self.unix_time
        self.tell(Event("edited", message.chat.id, message))

    def open_query(self, sender: User, chat_id: int = 0, text: str = "") -> Query:
        query = Query(f"query-{self.next_id()}", sender, chat_id, text)
        self.queries[query.id] = query
        return query

    def query(self, query_id: str) -> Query:
        return self.queries.get(query_id) or Query(query_id, self.bot, is_open=False)
