"""What people do in their chats with the bot."""

from __future__ import annotations

from bot.shells.playground.telegram.errors import bad
from bot.shells.playground.telegram.files import Upload
from bot.shells.playground.telegram.records import Chat, Json, Message, User
from bot.shells.playground.telegram.texts import typed
from bot.shells.playground.telegram.world import Event, Query, Telegram


class Account:
    """One person's Telegram."""

    def __init__(self, telegram: Telegram, user: User) -> None:
        self.user = user
        self.private = telegram.private_chat(user)
        self._telegram = telegram

    def say(self, text: str, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        return self.send(typed(text), chat, reply_to)

    def send(self, content: Json, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """A message of any content."""
        chat = chat or self.private
        if chat.is_private and chat.blocked:
            self.unblock()
        message = self._telegram.post(chat, self.user, content, reply_to=reply_to)
        self._push("message", message)
        return message

    def send_picture(self, picture: Upload, caption: str = "", chat: Chat | None = None) -> Message:
        content: Json = {"photo": self._telegram.files.photo(picture)}
        return self.send(content | ({"caption": caption} if caption else {}), chat)

    def send_location(self, latitude: float, longitude: float, chat: Chat | None = None) -> Message:
        return self.send({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    def edit(self, message: Message, text: str) -> None:
        """Change one's own text."""
        if message.sender != self.user or "text" not in message.content:
            raise bad("message can't be edited")
        self._telegram.edit(message, typed(text), None)
        self._push("edited_message", message)

    def press(self, message: Message, data: str) -> Query:
        """Press a button under a message, known by its data."""
        told: Json = {"inline_message_id": message.inline_id} if message.inline_id else {"message": message.to_json()}
        return self.tap(data, told, message.chat.id)

    def tap(self, data: str, about: Json, chat_id: int) -> Query:
        """Press a button that may no longer exist; `about` is what Telegram then tells of its message."""
        query = self._telegram.open_query(self.user, chat_id)
        told = {"id": query.id, "from": self.user.to_json(), "chat_instance": str(-chat_id), "data": data}
        self._telegram.updates.push("callback_query", told | about)
        return query

    def look_up(self, text: str, offset: str = "", chat: Chat | None = None) -> Query:
        """Type something behind the bot's name, in any chat."""
        query = self._telegram.open_query(self.user, text=text)
        kind = "sender" if chat is None or chat.is_private else str(chat.to_json()["type"])
        told = {"id": query.id, "from": self.user.to_json(), "query": text, "offset": offset, "chat_type": kind}
        self._telegram.updates.push("inline_query", told)
        return query

    def choose(self, query: Query, result_id: str, chat: Chat | None = None) -> Message:
        """Send one of the results that the bot offered."""
        if result_id not in query.results:
            raise bad("RESULT_ID_INVALID")
        content = dict(query.results[result_id])
        markup = content.pop("reply_markup", None)
        inline_id = f"inline-{self._telegram.next_id()}" if markup else None
        message = self._telegram.post(
            chat or self.private,
            self.user,
            content,
            markup=markup,
            via_bot=self._telegram.bot,
            inline_id=inline_id,
        )
        told: Json = {"result_id": result_id, "from": self.user.to_json(), "query": query.text}
        if inline_id:
            self._telegram.inline_messages[inline_id] = message
            told["inline_message_id"] = inline_id
        self._telegram.updates.push("chosen_inline_result", told)
        self._push("message", message)
        return message

    def block(self) -> None:
        """The bot cannot write any more, and learns of it."""
        self._set_blocked(True)

    def unblock(self) -> None:
        self._set_blocked(False)

    def _set_blocked(self, is_blocked: bool) -> None:
        if self.private.blocked == is_blocked:
            return
        self.private.blocked = is_blocked
        tell_membership(self._telegram, self.private, self.user)
        self._telegram.tell(Event("blocked", self.private.id, content={"blocked": is_blocked}))

    def _push(self, kind: str, message: Message) -> None:
        if message.chat.is_private or message.chat.bot_is_admin or heard(message, self._telegram.bot):
            self._telegram.updates.push(kind, message.to_json())


def heard(message: Message, bot: User) -> bool:
    """Whether a bot that is no administrator hears a message in a group: commands, its name, replies to it."""
    if message.via_bot == bot or (message.reply_to and message.reply_to.sender == bot):
        return True
    if not {"text", "caption", "photo", "location", "document", "voice", "sticker"} & message.content.keys():
        return True  # who came, who went, a new title
    named = f"@{bot.username}".lower()
    for word in message.text.lower().split():
        command, at, name = word.partition("@")
        if word.strip(".,:;!?") == named or (command.startswith("/") and (not at or f"@{name}" == named)):
            return True
    return False


def tell_membership(telegram: Telegram, chat: Chat, by: User) -> None:
    """Tell the bot that it was let in or shut out."""
    statuses = ("member", "kicked" if chat.is_private else "left")
    before, after = statuses if chat.blocked else statuses[::-1]
    telegram.updates.push(
        "my_chat_member",
        {
            "chat": chat.to_json(),
            "from": by.to_json(),
            "date": telegram.unix_time,
            "old_chat_member": _member(telegram, before),
            "new_chat_member": _member(telegram, after),
        },
    )


def upgrade(telegram: Telegram, group: Chat, new_id: int) -> Chat:
    """A group becomes a supergroup, with another number; both chats say so."""
    supergroup = telegram.group(new_id, group.title, group.members)
    supergroup.supergroup = True
    group.migrated_to = new_id
    by = group.members[0]
    for chat, content in ((group, {"migrate_to_chat_id": new_id}), (supergroup, {"migrate_from_chat_id": group.id})):
        telegram.updates.push("message", telegram.post(chat, by, content).to_json())
    return supergroup


def _member(telegram: Telegram, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": telegram.bot.to_json(), "status": status, **until}
