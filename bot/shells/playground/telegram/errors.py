"""Why a call is refused."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


class MistakeError(RefusedError):
    """A refusal that no sound bot ever meets; it is kept as a violation."""


def bad(description: str) -> RefusedError:
    """A refusal that may come to every bot: what it wanted to change is gone, or is as it should be already."""
    return RefusedError(400, f"Bad Request: {description}")


def mistake(description: str) -> MistakeError:
    return MistakeError(400, f"Bad Request: {description}")


def blocked() -> RefusedError:
    return RefusedError(403, "Forbidden: bot was blocked by the user")


def too_many(seconds: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(chat_id: int) -> RefusedError:
    """A group that became a supergroup, with its new number."""
    return RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat_id)
