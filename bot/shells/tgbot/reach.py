"""What a failed call to Telegram says about whether it was done."""

from __future__ import annotations

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""PTB's NetworkError and TimedOut stand for these and for later faults alike; the cause tells them apart."""


def is_unreachable(error: Exception | None) -> bool:
    """Whether Telegram, or the way to it, is at fault, so that the same call may well be taken later."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


def is_surely_undone(error: Exception) -> bool:
    """Whether Telegram has certainly not done what it was asked; else it may have."""
    if isinstance(error, RetryAfter | BadRequest | Forbidden | ChatMigrated | Conflict | InvalidToken):
        return True
    return isinstance(error.__cause__, _BEFORE_SENDING)


def is_torn(error: Exception | None) -> bool:
    """Whether the request had left and no answer came that can be read: it was done, or it was not."""
    if error is None or is_surely_undone(error):
        return False
    return isinstance(error.__cause__, httpx.HTTPError | ValueError)  # the latter: an answer that is no JSON
