"""Who talks in the playground, and what the page is shown of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.dialogue.knowledge import Knowledge
from bot.ports.reminders import ReminderStore
from bot.shells.playground.clock import MovableClock
from bot.shells.playground.decisions import Decisions
from bot.shells.playground.telegram.errors import bad
from bot.shells.playground.telegram.people import Account, tell_membership
from bot.shells.playground.telegram.records import Chat, Json, Message, User
from bot.shells.playground.telegram.world import Event, Telegram
from bot.shells.playground.walk import walk

PEOPLE = (User(1001, "Ann"), User(1002, "Bob"))
GROUP_ID = -1003
MOST_EVENTS = 1000
"""Events that a page may be behind; one that is further behind is told how everything is now."""


class Stage:
    def __init__(self, telegram: Telegram, clock: MovableClock, decisions: Decisions, know: Knowledge) -> None:
        self.telegram = telegram
        self.clock = clock
        self.decisions = decisions
        self.know = know
        self.accounts = {user.id: Account(telegram, user) for user in PEOPLE}
        self.group = telegram.group(GROUP_ID, "Family", list(PEOPLE))
        tell_membership(telegram, self.group, PEOPLE[0])
        self.reminders: ReminderStore | None = None
        """The bot's own, while there is a bot."""
        self._audience: set[asyncio.Queue[Json]] = set()
        telegram.listeners += [decisions.hear, self._tell]

    def account(self, person_id: object) -> Account:
        account = self.accounts.get(person_id) if isinstance(person_id, int) else None
        if account is None:
            raise bad("nobody here has this number")
        return account

    def chat(self, account: Account, chat_id: object) -> Chat:
        chat = self.telegram.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or account.user not in chat.members:
            raise bad("this chat is not theirs")
        return chat

    def message(self, chat: Chat, message_id: object) -> Message:
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if message is None:
            raise bad("the message is gone")
        return message

    @contextmanager
    def watching(self) -> Iterator[asyncio.Queue[Json]]:
        """A queue of what happens; the first thing in it is how everything is now."""
        queue: asyncio.Queue[Json] = asyncio.Queue(MOST_EVENTS)
        queue.put_nowait(self._everything())
        self._audience.add(queue)
        try:
            yield queue
        finally:
            self._audience.discard(queue)

    async def move_clock(self, length: timedelta) -> None:
        if self.reminders:
            await walk(self.clock, self.reminders, length)
        else:
            self.clock.move_on(length)
        self.tell_time()

    def tell_time(self) -> None:
        self._tell(Event("clock"))

    def _tell(self, event: Event) -> None:
        told: Json = {"kind": event.kind, "chat": event.chat_id, "now": self.clock().isoformat()}
        if event.message:
            told["message"] = self._shown(event.message)
            told["keyboard"] = event.message.chat.reply_keyboard
        if event.kind == "menu":
            told["menus"] = self._menus()
        elif event.content:
            told["content"] = event.content
        for queue in self._audience:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                told = self._everything()
            queue.put_nowait(told)

    def _everything(self) -> Json:
        telegram = self.telegram
        return {
            "kind": "everything",
            "now": self.clock().isoformat(),
            "bot": telegram.bot.to_json(),
            "people": [user.to_json() for user in PEOPLE],
            "menus": self._menus(),
            "chats": [self._chat(chat) for chat in telegram.chats.values() if not chat.migrated_to],
        }

    def _menus(self) -> Json:
        return {kind: self.telegram.menu(f"all_{kind}_chats") for kind in ("private", "group")}

    def _chat(self, chat: Chat) -> Json:
        return {
            "id": chat.id,
            "title": chat.title,
            "members": [member.id for member in chat.members],
            "blocked": chat.blocked,
            "keyboard": chat.reply_keyboard,
            "messages": [self._shown(message) for message in chat.messages.values()],
        }

    def _shown(self, message: Message) -> Json:
        told = message.to_json()
        told["rows"] = message.rows
        told["is_bot"] = message.sender == self.telegram.bot
        return told
