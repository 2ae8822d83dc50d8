"""What stands in for Telegram, and for what the store does not need to know."""

from __future__ import annotations

from bot.ports.reminders import Fate, Outgoing, Receipt
from bot.reminders.records import Delivery
from bot.reminders.selection import Selection
from bot.shells.library import load_library


class AtOnce:
    """Takes every message at once."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:  # noqa: ARG002 - the port's signature
        self.sent += 1
        return Receipt(Fate.SENT, message_id=outgoing.subscription.id)

    async def ready(self) -> None:
        """Always."""

    async def close(self, delivery: Delivery) -> bool:  # noqa: ARG002
        return True


def selection() -> Selection:
    """Of the themes and the article that come with the bot."""
    library = load_library(None, None)
    return Selection(library.themes, library.article)
