"""The message of an update that a filter has let through."""

from __future__ import annotations

from telegram import Message, Update


def incoming(update: Update) -> Message:
    """Narrows Telegram's optional field. Raises TypeError for an update without one, which no handler here takes."""
    if update.effective_message is None:
        raise TypeError("commands stand in messages, and the filters let nothing else through")
    return update.effective_message
