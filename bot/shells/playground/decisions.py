"""Which decision stands behind which message of the bot: overheard, since all of it is in one process here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.ports import ChatStore
from bot.shells.playground.telegram.records import User
from bot.shells.playground.telegram.world import Event
from bot.usecases import Conversations


@dataclass(frozen=True)
class Decision:
    """A turn: what was asked, and the state of the chat before it."""

    message: Message
    state: ChatState
    reply: Reply


class Decisions:
    def __init__(self, bot: User) -> None:
        self._bot = bot
        self._latest: dict[int, Decision] = {}
        self._behind: dict[tuple[int, int], Decision] = {}

    def begin(self, chat_id: int) -> None:
        """Somebody did something: what the bot says next is not about what was asked before."""
        self._latest.pop(chat_id, None)

    def add(self, chat_id: int, decision: Decision) -> None:
        self._latest[chat_id] = decision

    def hear(self, event: Event) -> None:
        """Tie what the bot shows to the turn that led to it."""
        if event.message is None or event.kind not in ("new", "edited"):
            return
        if event.message.sender != self._bot:
            self.begin(event.chat_id)
        elif event.chat_id in self._latest:
            self._behind[event.chat_id, event.message.id] = self._latest[event.chat_id]
        else:
            self._behind.pop((event.chat_id, event.message.id), None)

    def behind(self, chat_id: int, message_id: int) -> Decision | None:
        return self._behind.get((chat_id, message_id))


class OverheardConversations(Conversations):
    """The real ones, of which the inspector hears every turn."""

    def __init__(self, know: Knowledge, store: ChatStore, decisions: Decisions) -> None:
        super().__init__(know, store)
        self._decisions = decisions

    async def answer(self, chat_id: int, message: Message) -> Reply:
        before = await self.state(chat_id)
        reply = await super().answer(chat_id, message)
        self._decisions.add(chat_id, Decision(message, before, reply))
        return reply
