"""What a message can ask of the reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.reminders.streams import Stream


class Action(StrEnum):
    SUBSCRIBE = "subscribe"
    CHANGE = "change"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    SHOW = "show"
    NONE = "none"


class Reason(StrEnum):
    """Why a wish for a reminder is none that we can grant, where that is known."""

    ONE_OFF = "one_off"
    MONTHLY = "monthly"
    FORTNIGHTLY = "fortnightly"
    MEDICINE = "medicine"
    OTHER = "other"


@dataclass(frozen=True)
class Command:
    """What was understood, before anything is confirmed. An empty field was not said."""

    action: Action
    streams: tuple[Stream, ...] = ()
    weekdays: tuple[int, ...] | None = None
    """ISO, in order."""
    minute: int | None = None
    """Of the day; None also if morning or evening is open."""
    place: str | None = None
    """Words that may name a place or a zone, as in "7pm New York time"."""
    until: date | None = None
    """The first day on which reminders come again after a pause; None if it has no end, or none that is known."""
    reason: Reason | None = None
    also: tuple[Command, ...] = ()
    """Further plans of the same message."""

    @property
    def is_none(self) -> bool:
        return self.action is Action.NONE


NOTHING = Command(Action.NONE)
