"""What goes wrong between the bot and Telegram, on demand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from bot.shells.playground.telegram.errors import RefusedError
from bot.shells.playground.telegram.records import Json


class Broken(Enum):
    """An answer that is none."""

    RESET = "the connection ends, and nothing was done"
    RESET_AFTER = "the connection ends, and the call was performed"
    BAD_GATEWAY = "502 with a page of HTML"
    GARBAGE = "200 with half an answer"


@dataclass(frozen=True)
class Delay:
    """The call is performed when `until()` is over: a sleep, or an event that somebody sets."""

    until: Callable[[], Awaitable[object]]


@dataclass
class Fault:
    """What meets the next call of a method, in one chat or in any; "*" stands for any method but getUpdates."""

    method: str
    error: RefusedError | Broken | Delay
    chat_id: int | None = None

    def meets(self, method: str, parameters: Json) -> bool:
        named = self.method == method or (self.method == "*" and method != "getUpdates")
        return named and self.chat_id in (None, parameters.get("chat_id"))


def take(faults: list[Fault], method: str, parameters: Json) -> Fault | None:
    """The first fault that meets the call; it is gone then."""
    fault = next((fault for fault in faults if fault.meets(method, parameters)), None)
    if fault:
        faults.remove(fault)
    return fault
