"""Parts of the bot that have buttons of their own, and what such a button can tell them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Outcome
from bot.ports import Judged
from bot.shells.tgbot.addressed import question_in
from bot.shells.tgbot.presses import Kind, Press

Toast = tuple[str | None, bool]
"""What a button says at once, if anything, and whether that stays until it is read."""


@dataclass(frozen=True)
class Pressed:
    press: Press
    query: CallbackQuery
    chat_id: int

    @property
    def message(self) -> Message | None:
        """The message above the button; None if Telegram no longer shows it to us."""
        return self.query.message if isinstance(self.query.message, Message) else None

    @property
    def asked(self) -> Message | None:
        """The person's own message that the one above the button replies to, as Telegram has it now.

        None if it was deleted, or if there was none: the answer to a pressed button replies to nothing.
        """
        to = self.message.reply_to_message if self.message else None
        return to if to and to.from_user and not to.from_user.is_bot else None

    @property
    def words(self) -> str | None:
        """What the person asked there."""
        return question_in(self.asked, self.query.get_bot()) or None if self.asked else None


class Feature(Protocol):
    @property
    def kinds(self) -> Collection[Kind]:
        """The buttons that it answers."""

    def serves(self, query: CallbackQuery) -> bool:
        """Whether it works in the chat where the button was pressed."""

    def fits(self, press: Press) -> bool:
        """Whether the button still means something. What it says may have been made up."""

    def toast(self, press: Press) -> Toast: ...

    async def on_press(self, pressed: Pressed) -> None: ...


def is_private(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.type == ChatType.PRIVATE


def names_reply(press: Press, know: Knowledge) -> bool:
    """Whether it says of which reply the button speaks: an answer to an intent, or a refusal."""
    return press.level is not None and (not press.target or press.target in know.intents)


def judged_in(press: Press) -> Judged:
    """The reply that the button speaks of."""
    if press.level is None:
        raise TypeError("`names_reply` was not asked")
    outcome = Outcome.ANSWER if press.target else Outcome.OUT_OF_SCOPE
    return Judged(outcome, press.target or None, press.level)
