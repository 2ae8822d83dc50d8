"""What Telegram keeps: people, chats and their messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    language_code: str = "en"

    def to_json(self) -> Json:
        told: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            told["username"] = self.username
        if not self.is_bot:
            told["language_code"] = self.language_code
        return told


@dataclass
class Chat:
    """A private chat with the bot, or a group (its number is below zero)."""

    id: int
    title: str = ""
    members: list[User] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    blocked: bool = False
    """A person blocked the bot, or a group removed it."""
    bot_is_admin: bool = False
    """Only then the bot reads everything in a group."""
    migrated_to: int | None = None
    supergroup: bool = False
    reply_keyboard: Json | None = None
    """The keyboard in place of the letters."""

    @property
    def is_private(self) -> bool:
        return self.id > 0

    def to_json(self) -> Json:
        if self.is_private:
            person = self.members[0].to_json()
            return {"id": self.id, "type": "private"} | {
                k: person[k] for k in ("first_name", "username") if k in person
            }
        return {"id": self.id, "type": "supergroup" if self.supergroup else "group", "title": self.title}


@dataclass
class Message:
    id: int
    chat: Chat
    sender: User
    sent_at: int
    """Unix time, in seconds."""
    content: Json
    """`text` and `entities`, or `photo` and `caption`, and so on, as the Bot API has them."""
    markup: Json | None = None
    """The inline keyboard."""
    reply_to: Message | None = None
    edited_at: int | None = None
    via_bot: User | None = None
    inline_id: str | None = None
    """What the bot edits it by when a person sent it out of an inline answer."""
    silent: bool = False

    @property
    def text(self) -> str:
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def rows(self) -> list[list[Json]]:
        """The buttons under it."""
        return self.markup["inline_keyboard"] if self.markup else []

    def to_json(self, *, with_reply: bool = True) -> Json:
        told = {
            "message_id": self.id,
            "date": self.sent_at,
            "chat": self.chat.to_json(),
            "from": self.sender.to_json(),
            **self.content,
        }
        if self.markup:
            told["reply_markup"] = self.markup
        if self.edited_at:
            told["edit_date"] = self.edited_at
        if self.via_bot:
            told["via_bot"] = self.via_bot.to_json()
        if self.reply_to and with_reply:
            told["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        return told
